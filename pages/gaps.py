"""Gap board: which single course would open how many positions to how many people."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services import gaps
from ui import layout, messages
from ui.gaps import board as drawing
from ui.gaps.detail import detail
from ui.gaps.filters import filters
from ui.language import _
from ui.navigation import page_link


def render(officer: Officer) -> None:
    """Filters, the finding, the picture with its table, and what stands behind one line."""
    layout.header(_("Gap board"), _("S03 · Vocational and language courses"))
    with st.spinner(_("Trying every course on everybody…")):
        wanted = filters(officer)
        board = gaps.get_gap_board(wanted=wanted, by=officer)
    drawing.finding(board)
    if not board.rows:
        _nothing(bool(board.vacancies))
        return
    left, right = st.columns([2, 3], gap="medium")
    with left:
        drawing.bars(board)
    with right:
        chosen = drawing.table(board, officer)
    drawing.definitions(board)
    if chosen is None:
        st.caption(_("Select a line of the table to see regions, countries and people behind it."))
        return
    split = gaps.get_gap_split(change=chosen, wanted=wanted, by=officer)
    detail(split, wanted, board.least or 0, officer)


def _nothing(has_vacancies: bool) -> None:
    if has_vacancies:
        messages.empty(
            _(
                "Nobody is one course away from a place. Take a filter away, or ask people about "
                "languages and licences that nobody has stated."
            )
        )
        return
    messages.empty(_("Publish a vacancy, or take a filter away: the board counts open vacancies."))
    page_link("vacancies", _("Vacancies"), icon="📋")
