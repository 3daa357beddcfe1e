"""S08: the commission's sessions: what waits for me, and planning the next one."""

from __future__ import annotations

import streamlit as st

from domain.enums import SessionStatus
from domain.records.commission import SessionSummary
from domain.records.officer import Officer
from services import commission
from services.permissions import Permission, can
from ui import layout, navigation, waiting
from ui.commission import planning
from ui.language import _, label, number
from ui.tables import Column, clear_selection, table

TABLE = "sessions.table"


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
        planning.plan(officer)


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
