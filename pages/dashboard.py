"""Dashboard: where people are, where it is slow, what is filled, decided and changed."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services import statistics
from ui import layout, waiting
from ui.dashboard import abroad, openings, outcomes, process, register
from ui.dashboard.filters import filters
from ui.dashboard.frame import show
from ui.language import _


def render(officer: Officer) -> None:
    """One row of filters, then the figures two by two."""
    layout.header(_("Dashboard"), _("S14 · Reports and analysis"))
    waiting.block(officer)
    abroad.block(officer)
    board = statistics.get_dashboard(wanted=filters(officer), by=officer)
    left, right = st.columns(2, gap="medium")
    with left:
        show(process.funnel, board, officer)
    with right:
        show(process.waits, board, officer)
    left, right = st.columns(2, gap="medium")
    with left:
        show(register.regions, board, officer)
    with right:
        show(register.occupations, board, officer, register.choose_level)
    left, right = st.columns(2, gap="medium")
    with left:
        show(openings.positions, board, officer)
    with right:
        show(openings.quotas, board, officer)
    left, right = st.columns(2, gap="medium")
    with left:
        show(outcomes.decisions, board, officer, outcomes.choose_span)
        show(outcomes.reasons, board, officer)
    with right:
        show(outcomes.changes, board, officer)
