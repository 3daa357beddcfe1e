"""Planning a session of a commission: its seats of that day are invited, its rules hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import streamlit as st

from domain.enums import SessionMode
from domain.records.commissions import CommissionSummary
from domain.records.officer import Officer
from services import clock, commission
from services.permissions import Permission, can
from ui import forms, messages, navigation
from ui.commission import desk
from ui.language import _, label, language, number, say
from ui.messages import plain


@dataclass(frozen=True)
class Plan:
    """What stands in the form."""

    code: str
    day: date | None
    hour: time
    mode: SessionMode
    place: str


def plan(officer: Officer) -> None:
    """The form, folded, for who plans sessions; a planned session is offered to be opened."""
    known = commission.list_commissions(by=officer)
    possible = {one.code: one for one in known if one.plan_refusal is None}
    if not possible and not can(officer, Permission.SESSIONS_PLAN):
        return
    with st.expander(_("Plan a session")):
        if not possible:
            _why_not(known)
            return
        with st.form("sessions.plan", border=False):
            wanted = _inputs(possible)
            if not st.form_submit_button(_("Plan the session"), type="primary"):
                return
    if wanted.day is None:
        st.error(_("Give the day of the session."))
        return
    with messages.refusals():
        planned = commission.plan_session(
            commission=wanted.code,
            planned_at=datetime.combine(wanted.day, wanted.hour, clock.TBILISI),
            mode=wanted.mode,
            place=wanted.place,
            by=officer,
        )
        messages.success(
            _("Session {number} is planned. Recruiters can send shortlists to it.").format(
                number=planned.number
            ),
            _("Open the session"),
            "commission",
            session=planned.number,
        )
        st.rerun()


def _why_not(known: tuple[CommissionSummary, ...]) -> None:
    """What has to happen before anybody can plan."""
    if not known:
        st.info(_("There is no commission yet: a manager or an administrator founds it."))
    for one in known:
        if one.plan_refusal is not None:
            st.caption(plain(f"{one.name(language())}: {say(one.plan_refusal)}"))
    navigation.page_link("commissions", _("To the register of commissions"))


def _inputs(possible: dict[str, CommissionSummary]) -> Plan:
    names = {code: one.name(language()) for code, one in possible.items()}
    today = clock.today()
    code = st.selectbox(
        _("Commission"), list(possible), format_func=names.__getitem__, key="sessions.commission"
    )
    left, right = st.columns(2)
    with left:
        day = forms.date_input(
            _("Day"), today + timedelta(days=1), key="sessions.day", earliest=today
        )
    hour = right.time_input(_("Time"), time(10, 0), key="sessions.time", step=900)
    mode: SessionMode | None = st.radio(
        _("How it meets"),
        list(SessionMode),
        format_func=desk.named(SessionMode, label),
        horizontal=True,
        key="sessions.mode",
    )
    place = st.text_input(_("Place or link"), key="sessions.place", max_chars=200)
    for one in possible.values():
        if not one.is_composed:
            st.warning(plain(f"{one.name(language())}: {say(one.composition)}"))
    st.caption(
        _(
            "Everybody who has a seat that day is invited ({seats} today). The rules in force that "
            "day are kept with the session."
        ).format(seats=", ".join(number(one.seats) for one in possible.values()))
    )
    return Plan(code, day, hour, mode or SessionMode.ON_SITE, place)
