"""One account: its facts, and what an administrator can do with it."""

from __future__ import annotations

import streamlit as st

from domain.enums import AccountState, Role
from domain.records.account import AccountLimits, AccountRecord
from domain.records.officer import Officer
from domain.texts import Term
from services import clock
from services.officers import (
    accounts,
    enrolment,
    invitations,
    limiting,
    reviews,
    sessions,
    single_sign_on,
)
from ui import browsers, forms, layout, marks, messages
from ui.language import _, day, label, language, moment, name, number
from ui.messages import plain
from ui.officers import handing_over
from ui.officers.words import SIGNS, TONES, concerns, is_due, second_factor


def show(one: AccountRecord, officer: Officer) -> None:
    """The card of an account; one's own is changed by another administrator."""
    layout.section(plain(one.name(language())))
    marks.show(marks.tag(f"{SIGNS[one.state]} {label(one.state)}", TONES[one.state]))
    _facts(one)
    if one.id == officer.id:
        st.caption(_("This is your own account: another administrator changes it."))
        return
    for concern in concerns(one, clock.today()):
        st.warning(concern)
    _access(one, officer)
    _password(one, officer)
    _limits(one, officer)
    _second_factor(one, officer)
    _provider(one, officer)
    _browsers(one, officer)


def _facts(one: AccountRecord) -> None:
    limits = one.limits
    until = [day(limits.valid_from) if limits.valid_from else "", day(limits.valid_until)]
    layout.facts(
        {
            _("Username"): one.username,
            _("Role"): label(one.role),
            _("Organisation"): name(Term("organisation", one.organisation_code)),
            _("E-mail"): limits.email,
            _("Valid"): " – ".join(until) if any((limits.valid_from, limits.valid_until)) else "",
            _("Networks"): limits.networks,
            _("Second factor"): second_factor(one),
            _("Access renewed"): day(one.renewed_on),
            _("To be renewed by"): day(one.renewal_due_on),
            _("Created"): moment(one.created_at),
            _("Last seen"): moment(one.last_seen_at),
        }
    )


def done(text: str) -> None:
    """Say so, and draw anew."""
    messages.success(text)
    st.rerun()


def _access(one: AccountRecord, officer: Officer) -> None:
    role = forms.choose_member(_("Role"), Role, key=f"officers.role.{one.id}", value=one.role)
    with st.container(horizontal=True):
        if st.button(_("Change role"), disabled=role in (None, one.role)) and role:
            with messages.refusals():
                accounts.change_role(officer_id=one.id, role=role, by=officer)
                done(_("The role is changed. It counts from the officer's next click."))
        if st.button(
            _("Renew access"),
            type="primary" if is_due(one, clock.today()) else "secondary",
            help=_("Says that the officer still needs this account and this role."),
        ):
            with messages.refusals():
                reviews.renew_access(officer_id=one.id, by=officer)
                done(_("The access is renewed."))
        if one.waits_until and st.button(
            _("Forget wrong guesses"), help=_("The officer can try again at once.")
        ):
            with messages.refusals():
                accounts.unlock_officer(officer_id=one.id, by=officer)
                done(_("The wrong guesses are forgotten."))
        _opening(one, officer)


def _opening(one: AccountRecord, officer: Officer) -> None:
    if one.state is AccountState.DISABLED:
        if st.button(_("Enable"), help=_("This also renews the access.")):
            with messages.refusals():
                accounts.enable_officer(officer_id=one.id, by=officer)
                done(_("The account is open again."))
    elif st.button(
        _("Disable"),
        help=_("Nobody signs in with it any more; open sessions end. Nothing is deleted."),
    ):
        with messages.refusals():
            accounts.disable_officer(officer_id=one.id, by=officer)
            done(_("The account is disabled, and signed out everywhere."))


def _password(one: AccountRecord, officer: Officer) -> None:
    is_disabled = one.state is AccountState.DISABLED
    with st.container(horizontal=True):
        if st.button(
            _("New invitation link"),
            disabled=is_disabled,
            help=_("The account is disabled. Enable it first.")
            if is_disabled
            else _("For a forgotten password: the officer chooses a new one, you never see it."),
        ):
            with messages.refusals():
                made = invitations.invite_again(officer_id=one.id, by=officer)
                handing_over.keep_invitation(made)
        if st.button(
            _("New first-day password"), help=_("The old one stops working; open sessions end.")
        ):
            with messages.refusals():
                password = accounts.reset_password(officer_id=one.id, by=officer)
                handing_over.keep_password(one.username, password)


def limit_inputs(limits: AccountLimits, key: str) -> AccountLimits:
    """The fields of an account's limits."""
    email = st.text_input(_("E-mail"), limits.email, key=f"{key}.email", max_chars=254)
    with st.container(horizontal=True):
        first = forms.date_input(_("First day"), limits.valid_from, key=f"{key}.from")
        last = forms.date_input(_("Last day"), limits.valid_until, key=f"{key}.until")
    networks = st.text_input(
        _("Networks"),
        limits.networks,
        key=f"{key}.networks",
        placeholder="203.0.113.0/24",
        max_chars=1000,
        help=_("For partners: the account opens from these networks only. Empty = from anywhere."),
    )
    return AccountLimits(email, first, last, networks)


def limit_labels() -> dict[str, str]:
    """What the fields of the limits are called."""
    return {
        "email": _("E-mail"),
        "valid_from": _("First day"),
        "valid_until": _("Last day"),
        "networks": _("Networks"),
    }


def _limits(one: AccountRecord, officer: Officer) -> None:
    with (
        st.expander(_("Days, networks, e-mail")),
        st.form(f"officers.limits.{one.id}", border=False),
    ):
        limits = limit_inputs(one.limits, f"officers.limits.{one.id}")
        st.caption(_("Other days or networks sign the officer out everywhere."))
        if not st.form_submit_button(_("Save limits")):
            return
        with messages.refusals(limit_labels()):
            limiting.change_limits(officer_id=one.id, limits=limits, by=officer)
            done(_("The limits are saved."))


def _second_factor(one: AccountRecord, officer: Officer) -> None:
    if not one.has_second_factor:
        return
    with st.expander(_("Second factor")):
        st.write(
            _(
                "Take it away only when telephone and recovery codes are lost, and you know that "
                "it is the officer who asks: call them back."
            )
        )
        sure = st.checkbox(_("I have spoken to the officer"), key=f"officers.sure.{one.id}")
        if st.button(_("Take the second factor away"), disabled=not sure):
            with messages.refusals():
                enrolment.reset_second_factor(officer_id=one.id, by=officer)
                done(_("The second factor is gone, and the officer signed out everywhere."))


def _provider(one: AccountRecord, officer: Officer) -> None:
    if not one.is_linked:
        return
    with st.expander(_("Identity provider")):
        st.write(_("This account also opens through the identity provider."))
        if st.button(_("Take the link away"), key=f"officers.provider.{one.id}"):
            with messages.refusals():
                single_sign_on.forget_provider(officer_id=one.id, by=officer)
                done(_("The link is gone; a verified e-mail address makes it anew."))


def _browsers(one: AccountRecord, officer: Officer) -> None:
    if not one.sessions:
        return
    with st.expander(_("Signed-in browsers ({count})").format(count=number(one.sessions))):
        ended = browsers.table_of(
            sessions.list_sessions(officer_id=one.id, by=officer), f"officers.browsers.{one.id}"
        )
        with messages.refusals():
            if ended:
                sessions.end_session(officer_id=one.id, session_id=ended, by=officer)
                done(_("The browser is signed out."))
            if st.button(_("Sign out everywhere"), key=f"officers.everywhere.{one.id}"):
                sessions.end_sessions(officer_id=one.id, by=officer)
                done(_("The officer is signed out everywhere."))
