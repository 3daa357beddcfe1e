"""Officers: who may sign in, in which role; new accounts, first-day passwords, disabling."""

from __future__ import annotations

import streamlit as st

from domain.enums import Role
from domain.records.account import AccountForm, AccountRecord
from domain.records.officer import Officer
from domain.texts import Term
from services.officers import accounts
from services.reference import reference
from ui import forms, layout, messages, waiting
from ui.language import _, label, language, moment, name
from ui.tables import Column, clear_selection, table

_KEY = "officers.list"
_HANDED = "officers.handed_over"


def render(officer: Officer) -> None:
    """The list on the left; on the right the chosen account, or a new one."""
    layout.header(_("Officers"), subtitle=_("Who may sign in, and in which role"))
    waiting.block(officer)
    _show_handed_over()
    known = {one.id: one for one in accounts.list_officers(by=officer)}
    left, right = layout.list_and_detail()
    with left:
        chosen = table(
            list(known.values()),
            _columns(),
            key=_KEY,
            selection="single",
            empty=_("There is no account yet. Create the first one on the right."),
            alt=_("Officers"),
        )
    with right, st.container(border=True):
        if chosen:
            _one_account(known[chosen[0]], officer)
        else:
            _new_account(officer)


def _columns() -> list[Column]:
    return [
        Column(_("Name"), lambda one: one.name(language())),
        Column(_("Username"), "username"),
        Column(_("Role"), "role"),
        Column(_("Organisation"), lambda one: name(Term("organisation", one.organisation_code))),
        Column(_("State"), _state),
        Column(_("Last seen"), "last_seen_at", kind="moment"),
    ]


def _state(one: AccountRecord) -> str:
    if one.disabled_at:
        return _("disabled")
    return _("password to be changed") if one.must_change_password else _("in use")


def _one_account(one: AccountRecord, officer: Officer) -> None:
    layout.section(one.name(language()))
    layout.facts(
        {
            _("Username"): one.username,
            _("Role"): label(one.role),
            _("Organisation"): name(Term("organisation", one.organisation_code)),
            _("State"): _state(one),
            _("Created"): moment(one.created_at),
            _("Last seen"): moment(one.last_seen_at),
        }
    )
    if one.id == officer.id:
        st.caption(_("This is your own account: another administrator changes it."))
        return
    role = forms.choose_member(_("Role"), Role, key=f"officers.role.{one.id}", value=one.role)
    with st.container(horizontal=True):
        if st.button(_("Change role"), disabled=role in (None, one.role)) and role:
            with messages.refusals():
                accounts.change_role(officer_id=one.id, role=role, by=officer)
                _done(_("The role is changed. It counts from the officer's next click."))
        if st.button(
            _("New first-day password"), help=_("The old one stops working; open sessions end.")
        ):
            with messages.refusals():
                password = accounts.reset_password(officer_id=one.id, by=officer)
                _hand_over(one.username, password)
        if one.disabled_at is None and st.button(
            _("Disable"),
            help=_("Nobody signs in with it any more; open sessions end. Nothing is deleted."),
        ):
            with messages.refusals():
                accounts.disable_officer(officer_id=one.id, by=officer)
                _done(_("The account is disabled, and signed out everywhere."))
        if one.disabled_at is not None and st.button(_("Enable")):
            with messages.refusals():
                accounts.enable_officer(officer_id=one.id, by=officer)
                _done(_("The account is open again."))


def _new_account(officer: Officer) -> None:
    layout.section(_("New account"))
    labels = {
        "username": _("Username"),
        "name_ka": _("Name in Georgian"),
        "name_en": _("Name in Latin letters"),
        "organisation_code": _("Organisation"),
    }
    with st.form("officers.new", border=False):
        name_ka = st.text_input(labels["name_ka"])
        name_en = st.text_input(labels["name_en"])
        username = st.text_input(labels["username"], placeholder="n.beridze")
        role = forms.choose_member(_("Role"), Role, key="officers.new.role", value=Role.RECRUITER)
        organisation = forms.choose(
            labels["organisation_code"],
            reference().names["organisation"],
            "organisation",
            key="officers.new.organisation",
        )
        if not st.form_submit_button(_("Create account"), type="primary"):
            return
    form = AccountForm(
        username=username,
        name_ka=name_ka,
        name_en=name_en,
        role=role or Role.RECRUITER,
        organisation_code=organisation or "",
    )
    with messages.refusals(labels):
        password = accounts.first_day_password()
        made = accounts.create_officer(form=form, password=password, by=officer)
        clear_selection(_KEY)
        _hand_over(made.username, password)


def _done(text: str) -> None:
    messages.success(text)
    st.rerun()


def _hand_over(one: str, password: str) -> None:
    st.session_state[_HANDED] = (one, password)
    st.rerun()


def _show_handed_over() -> None:
    if _HANDED not in st.session_state:
        return
    one, password = st.session_state.pop(_HANDED)
    with st.container(border=True):
        st.markdown(
            _("First-day password of **{name}**: hand it over now, it is not shown again.").format(
                name=messages.plain(one)
            )
        )
        st.code(password, language=None)
        st.caption(_("It must be changed at the first sign-in."))
