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
PLANNED = SessionStatus.PLANNED


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
    """One line and one button for each session with something to do, those under way first."""
    for one in sorted(sessions, key=lambda one: (one.status is PLANNED, one.planned_at)):
        if one.status in OVER or not (one.waits_for_me or one.i_am_chair or one.awaits_my_answer):
            continue
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_said(one))
            if st.button(_("Open"), key=f"sessions.open.{one.number}", type="primary"):
                navigation.open_page("commission", session=one.number)


def _said(one: SessionSummary) -> str:
    """Which session it is, and what waits there."""
    parts = []
    if one.waits_for_me:
        text = _("**{session}** ({status}): agenda items that wait for you: {count}")
        count = number(one.waits_for_me)
        parts.append(text.format(session=one.number, status=label(one.status), count=count))
    else:
        parts.append(f"**{one.number}** ({label(one.status)})")
    if one.awaits_my_answer:
        parts.append(_("answer the invitation"))
    return " · ".join(parts)
