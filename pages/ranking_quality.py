"""How good is the ranking? Agreement, places filled, time spent, and the files behind it."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.statistics.quality import get_quality
from ui import layout, messages
from ui.dashboard.filters import filters
from ui.dashboard.frame import show
from ui.language import _
from ui.navigation import page_link
from ui.quality import files, process, ranks


def render(officer: Officer) -> None:
    """One row of filters; what the commission made of the ranking, then what it rests on."""
    layout.header(
        _("How good is the ranking?"),
        stage=_("S14 · Reports and analysis"),
        subtitle=_(
            "Whether the ranking serves. Every figure says how it is counted, from how many cases, "
            "and how sure it is; where too little is known it says so."
        ),
    )
    with messages.refusals():
        wanted = filters(officer, area="quality", with_region=False)
        board = get_quality(wanted=wanted, by=officer)
        left, right = st.columns(2, gap="medium")
        with left:
            show(ranks.agreement, board, officer)
        with right:
            show(ranks.order, board, officer)
        left, right = st.columns(2, gap="medium")
        with left:
            show(process.filled, board, officer)
        with right:
            show(process.time, board, officer)
        left, right = st.columns(2, gap="medium")
        with left:
            show(files.unknown, board, officer, follow=_to_questions)
        with right:
            show(files.stale, board, officer)
            show(ranks.against, board, officer, follow=_to_log)


def _to_questions() -> None:
    page_link("questions", _("Ask what is unknown"))


def _to_log() -> None:
    page_link("ranking_log", _("Read each of them in the ranking log"))
