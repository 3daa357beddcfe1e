"""S08: the commission's sessions: what waits for me, and planning the next one."""

from __future__ import annotations

import streamlit as st

from domain.enums import SessionStatus
from domain.records.commission import SessionSummary
from domain.records.officer import Officer
from services import commission
from ui import layout, navigation, waiting
from ui.commission import planning
from ui.language import _, label, language, number
from ui.tables import Column, clear_selection, table

TABLE = "sessions.table"
OVER = (SessionStatus.CLOSED, SessionStatus.CANCELLED)


def render(officer: Officer) -> None:
    """What waits for me on top, all sessions below, planning last."""
    sessions = commission.list_sessions(by=officer)
    layout.header(_("Commission sessions"), _("S08 · Commission review of résumés"))
    waiting.block(officer)
    _waiting(sessions)
    chosen = table(
        sessions,
        [
            Column(_("Number"), "number", pinned=True),
            Column(_("Date and time"), "planned_at", "moment"),
            Column(_("Status"), "status"),
            Column(_("Commission"), lambda one: one.commission(language())),
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
    planning.plan(officer)


def _waiting(sessions: tuple[SessionSummary, ...]) -> None:
    """One line and one button for each session in which something waits for the reader."""
    for one in sessions:
        if one.status in OVER or not (one.waits_for_me or one.i_am_chair or one.awaits_my_answer):
            continue
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            text = _("**{session}** ({status}): agenda items that wait for you: {count}")
            said = text.format(
                session=one.number, status=label(one.status), count=number(one.waits_for_me)
            )
            if one.awaits_my_answer:
                said += " · " + _("answer the invitation")
            st.markdown(said)
            if st.button(_("Open"), key=f"sessions.open.{one.number}", type="primary"):
                navigation.open_page("commission", session=one.number)
