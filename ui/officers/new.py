"""A new account: by invitation, or with a password for the first day."""

from __future__ import annotations

import streamlit as st

from domain.enums import Role
from domain.records.account import AccountForm, AccountLimits
from domain.records.officer import Officer
from services.officers import accounts, invitations
from services.reference import reference
from ui import forms, layout, messages
from ui.language import _
from ui.officers import handing_over, one
from ui.tables import clear_selection

_MADE = "officers.made"


def show(officer: Officer, list_key: str) -> None:
    """The form; what is typed stays where a refusal says why."""
    layout.section(_("New account"))
    key = _key()
    with st.form(key, border=False):
        form = _inputs(key)
        with st.container(horizontal=True):
            is_invited = st.form_submit_button(
                _("Invite"),
                type="primary",
                help=_("A one-time link, behind which the officer chooses the password."),
            )
            is_made = st.form_submit_button(
                _("Create account"), help=_("With a password for the first day.")
            )
    if not (is_invited or is_made):
        return
    with messages.refusals(_labels()):
        if is_invited:
            made = invitations.invite_new_officer(form=form, by=officer)
            _begin_anew(list_key)
            handing_over.keep_invitation(made)
        password = accounts.first_day_password()
        account = accounts.create_officer(form=form, password=password, by=officer)
        _begin_anew(list_key)
        handing_over.keep_password(account.username, password)


def _key() -> str:
    """Of the form; another one after each account that was made, so that the fields are empty."""
    made = st.session_state.get(_MADE, 0)
    return f"officers.new.{made}" if made else "officers.new"


def _begin_anew(list_key: str) -> None:
    clear_selection(list_key)
    st.session_state[_MADE] = st.session_state.get(_MADE, 0) + 1


def _inputs(key: str) -> AccountForm:
    labels = _labels()
    name_ka = st.text_input(labels["name_ka"], key=f"{key}.name_ka")
    name_en = st.text_input(labels["name_en"], key=f"{key}.name_en")
    username = st.text_input(labels["username"], key=f"{key}.username", placeholder="n.beridze")
    role = forms.choose_member(_("Role"), Role, key=f"{key}.role", value=Role.RECRUITER)
    organisation = forms.choose(
        labels["organisation_code"],
        reference().names["organisation"],
        "organisation",
        key=f"{key}.organisation",
    )
    with st.expander(_("Days, networks, e-mail")):
        limits = one.limit_inputs(AccountLimits(), key)
    return AccountForm(
        username=username,
        name_ka=name_ka,
        name_en=name_en,
        role=role or Role.RECRUITER,
        organisation_code=organisation or "",
        limits=limits,
    )


def _labels() -> dict[str, str]:
    return {
        "username": _("Username"),
        "name_ka": _("Name in Georgian"),
        "name_en": _("Name in Latin letters"),
        "organisation_code": _("Organisation"),
        **one.limit_labels(),
    }
