"""S08: the commission's sessions: what waits for me, and planning the next one."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import streamlit as st

from domain.enums import SessionStatus
from domain.records.commission import SessionSummary
from domain.records.officer import Officer
from services import clock, commission
from services.commission.rules import rules_on
from services.permissions import Permission, can
from ui import forms, layout, messages, navigation
from ui.commission.desk import person_text
from ui.language import _, label, number
from ui.tables import Column, clear_selection, table

TABLE = "sessions.table"


def render(officer: Officer) -> None:
    """What waits for me on top, all sessions below, planning last."""
    sessions = commission.list_sessions(by=officer)
    layout.header(_("Commission sessions"), _("S08 · Commission review of résumés"))
    _waiting(sessions)
    chosen = table(
        sessions,
        [
            Column(_("Number"), "number", pinned=True),
            Column(_("Date and time"), "planned_at", "moment"),
            Column(_("Status"), "status"),
            Column(_("Waits for me"), lambda one: number(one.waits_for_me or None)),
            Column(_("Decided"), lambda one: f"{one.decided} / {one.items}"),
            Column(_("Members"), "members", "number"),
            Column(_("Place"), "place"),
        ],
        key=TABLE,
        selection="single",
        row_id="number",
        empty=_("There is no session yet. A recruiter or the chair plans one."),
        alt=_("Commission sessions, the latest first; select one to open it"),
    )
    if chosen:
        clear_selection(TABLE)
        navigation.open_page("commission", session=chosen[0])
    if can(officer, Permission.SESSIONS_PLAN):
        _plan(officer)


def _waiting(sessions: tuple[SessionSummary, ...]) -> None:
    """One line and one button for each session in which something waits for the reader."""
    for one in sessions:
        if one.status is SessionStatus.CLOSED or not (one.waits_for_me or one.i_am_chair):
            continue
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            text = _("**{session}** ({status}): agenda items that wait for you: {count}")
            st.markdown(
                text.format(
                    session=one.number, status=label(one.status), count=number(one.waits_for_me)
                )
            )
            if st.button(_("Open"), key=f"sessions.open.{one.number}", type="primary"):
                navigation.open_page("commission", session=one.number)


def _plan(officer: Officer) -> None:
    people = {one.officer_id: one for one in commission.list_possible_members(by=officer)}
    names = {one: person_text(people[one]) for one in people}
    chairs = [one for one in people if people[one].may_chair]
    with st.expander(_("Plan a session")), st.form("sessions.plan", border=False):
        if not chairs:
            st.info(_("Nobody has the role of a commission chair. An administrator gives it."))
        today = clock.today()
        rules = rules_on(today)
        left, right = st.columns(2)
        with left:
            day = forms.date_input(
                _("Day"), today + timedelta(days=1), key="sessions.day", earliest=today
            )
        hour = right.time_input(_("Time"), time(10, 0), key="sessions.time", step=900)
        place = st.text_input(_("Place or link"), key="sessions.place", max_chars=200)
        chair_id = st.selectbox(
            _("Chair"),
            chairs,
            index=chairs.index(officer.id) if officer.id in chairs else 0 if chairs else None,
            format_func=names.__getitem__,
            key="sessions.chair",
        )
        members = st.multiselect(
            _("Members"),
            list(people),
            default=list(people),
            format_func=names.__getitem__,
            key="sessions.members",
            placeholder=_("choose or type"),
        )
        st.caption(
            _(
                "To open, {kinds} kinds of organisation and more than {share} of the members "
                "must be present."
            ).format(kinds=rules.organisation_kinds_min, share=rules.quorum_more_than)
        )
        if not st.form_submit_button(_("Plan the session"), type="primary", disabled=not chairs):
            return
    if day is None or chair_id is None:
        st.error(_("Give the day and the chair of the session."))
        return
    with messages.refusals():
        planned = commission.plan_session(
            planned_at=datetime.combine(day, hour, clock.TBILISI),
            place=place,
            member_ids=members,
            chair_id=chair_id,
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
