"""The clock of a notification on every screen of those who act on it."""

from __future__ import annotations

import streamlit as st

from domain.enums import NotificationClock
from domain.records.officer import Officer
from services.incidents.register import list_running_clocks
from services.permissions import Permission, can
from ui import marks
from ui.incidents import words
from ui.language import _
from ui.navigation import page_link


def draw(officer: Officer) -> None:
    """Called by the router: the most urgent clock, and how many more run."""
    if not can(officer, Permission.INCIDENTS_HANDLE):
        return
    running = list_running_clocks(by=officer)
    if not running:
        return
    first = running[0]
    with st.container(key="incident_clocks", horizontal=True, vertical_alignment="center"):
        tone = words.CLOCK[first.clock][1]
        marks.show(marks.tag(f"{first.number} · {words.clock_text(first)}", tone))
        page_link("incident", _("Open it"), icon="⏱️", incident=first.number)
        if len(running) > 1:
            overdue = sum(1 for one in running if one.clock is NotificationClock.OVERDUE)
            more = _("{count} incidents in all, {overdue} overdue").format(
                count=len(running), overdue=overdue
            )
            page_link("incidents", more, icon="🚨")
