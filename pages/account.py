"""The officer's own account: who I am, my password, my second factor, my browsers."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.texts import Term
from services.officers import accounts, enrolment
from services.officers.passwords import rules
from ui import layout, messages, session
from ui.account import browsers, second_factor
from ui.language import _, label, language, name, number


def render(officer: Officer) -> None:
    """One card; below it what the officer can change."""
    layout.header(_("My account"))
    if officer.must_change_password:
        st.warning(
            _("Your password was given to you by somebody else. Choose your own to start working.")
        )
    if officer.must_enrol:
        st.warning(_("Your role needs a second factor. Set it up below to start working."))
    layout.facts(
        {
            _("Name"): officer.name(language()),
            _("Username"): officer.username,
            _("Role"): label(officer.role),
            _("Organisation"): name(Term("organisation", officer.organisation_code)),
        }
    )
    if officer.must_change_password:
        layout.section(_("New password"))
        _change_password(officer)
        return
    second_factor.show(officer)
    if enrolment.has_password(by=officer):
        layout.section(_("New password"))
        _change_password(officer)
    browsers.show(officer)


def _change_password(officer: Officer) -> None:
    """The form; what is typed stays where a refusal says why."""
    labels = {
        "current_password": _("Current password"),
        "new_password": _("New password"),
    }
    with st.form("account.password", width=480):
        current = st.text_input(
            labels["current_password"], type="password", autocomplete="current-password"
        )
        new = st.text_input(
            labels["new_password"],
            type="password",
            autocomplete="new-password",
            help=_("Do not reuse a password: it can't be compared with lists of stolen ones here."),
        )
        st.caption(
            _("At least {count} characters; a short sentence is easy to remember.").format(
                count=number(rules().password_min_length)
            )
        )
        again = st.text_input(_("New password again"), type="password", autocomplete="new-password")
        if not st.form_submit_button(_("Change password"), type="primary"):
            return
    if new != again:
        st.error(_("The two new passwords differ. Type them again."))
        return
    with messages.refusals(labels):
        accounts.change_password(current=current, new=new, session=session.session_id(), by=officer)
        messages.success(_("Your password is changed. Other browsers were signed out."))
        st.rerun()
