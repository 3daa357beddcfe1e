"""The own second factor: set up with a telephone, codes on paper, given up."""

from __future__ import annotations

import io

import segno
import streamlit as st

from domain.records.account import Enrolment
from domain.records.officer import Officer
from services.officers import enrolment
from services.officers.rules import needs_second_factor
from ui import layout, marks, messages, session
from ui.language import _, number

_CODES = "account.recovery_codes"


def show(officer: Officer) -> None:
    """What there is, and the next step."""
    layout.section(
        _("Second factor"),
        _("A code from your telephone besides the password: a stolen password opens nothing."),
    )
    _show_codes()
    if enrolment.has_second_factor(by=officer):
        _set_up(officer)
        return
    pending = enrolment.pending_enrolment(by=officer)
    if pending is None:
        _begin(officer)
    else:
        _confirm(pending, officer)


def _password(officer: Officer, key: str) -> str:
    """The officer's password; who signs in through a provider only has none."""
    if not enrolment.has_password(by=officer):
        return ""
    return st.text_input(
        _("Current password"), type="password", autocomplete="current-password", key=key
    )


def _begin(officer: Officer) -> None:
    with st.form("account.second_factor.begin", width=480):
        st.write(_("You need an authenticator on your telephone, any that shows six digits."))
        password = _password(officer, "account.second_factor.password")
        if not st.form_submit_button(_("Set up a second factor")):
            return
    with messages.refusals({"password": _("Current password")}):
        enrolment.begin_enrolment(password=password, by=officer)
        st.rerun()


def _confirm(pending: Enrolment, officer: Officer) -> None:
    st.write(_("1. Take a picture of this square with the authenticator, or type the letters."))
    st.image(_square(pending.uri), width=220)
    st.code(" ".join(pending.secret[i : i + 4] for i in range(0, len(pending.secret), 4)), None)
    with st.form("account.second_factor.confirm", width=480):
        code = st.text_input(_("2. The code that it shows now"), max_chars=12)
        if not st.form_submit_button(_("Confirm"), type="primary"):
            return
    with messages.refusals({"code": _("Code")}):
        st.session_state[_CODES] = enrolment.confirm_enrolment(
            code=code, session=session.session_id(), by=officer
        )
        messages.success(_("The second factor is set up. Other browsers were signed out."))
        st.rerun()


def _square(uri: str) -> str:
    """The QR code as SVG, black on white also in the dark."""
    drawn = io.BytesIO()
    segno.make(uri, error="m").save(drawn, kind="svg", scale=5, border=3, light="#fff")
    return drawn.getvalue().decode().partition("?>")[2].strip()


def _set_up(officer: Officer) -> None:
    marks.show(marks.tag("✓ " + _("set up"), "met"))
    left = enrolment.count_recovery_codes(by=officer)
    said = _("Recovery codes left on paper: {count}.").format(count=number(left))
    (st.warning if left < 3 else st.caption)(said)
    with st.expander(_("New recovery codes, or give the second factor up")):
        _renew(officer)
        _give_up(officer)


def _renew(officer: Officer) -> None:
    with st.form("account.recovery", border=False):
        password = _password(officer, "account.recovery.password")
        if not st.form_submit_button(
            _("New recovery codes"), help=_("The former ones stop working.")
        ):
            return
    with messages.refusals({"password": _("Current password")}):
        st.session_state[_CODES] = enrolment.renew_recovery_codes(password=password, by=officer)
        st.rerun()


def _give_up(officer: Officer) -> None:
    if needs_second_factor(officer.role):
        st.caption(_("Your role needs a second factor."))
        return
    with st.form("account.give_up", border=False):
        password = _password(officer, "account.give_up.password")
        code = st.text_input(_("Code"), max_chars=40)
        if not st.form_submit_button(_("Give the second factor up")):
            return
    with messages.refusals({"password": _("Current password"), "code": _("Code")}):
        enrolment.give_up_second_factor(password=password, code=code, by=officer)
        messages.success(_("From now on your password alone opens your account."))
        st.rerun()


def _show_codes() -> None:
    codes = st.session_state.pop(_CODES, None)
    if not codes:
        return
    with st.container(border=True):
        st.markdown(
            _(
                "**Recovery codes**: write them on paper now, they are not shown again. Each opens "
                "your account once when the telephone is not at hand."
            )
        )
        st.code("\n".join(codes), language=None)
