"""Two to four people side by side, requirement by requirement."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import CandidateExplanation, RankingSummary
from ui import marks, messages, requirements
from ui.language import _, label, language, number
from ui.ranking import opened
from ui.ranking.detail import bars
from ui.ranking.people import Shown

COMPARED = "ranking.compared"
MOST_COMPARED = 4


def compare_button(shown: Shown) -> None:
    """Opens the comparison of the ticked people."""
    count = len(shown.ticked)
    fits = 2 <= count <= MOST_COMPARED
    if st.button(
        _("Compare {count}").format(count=count) if fits else _("Compare"),
        disabled=not fits,
        help=None if fits else _("Tick two to four people to see them side by side."),
    ):
        st.session_state[COMPARED] = shown.ticked


def draw_comparison(ranked: RankingSummary, officer: Officer) -> None:
    """Two to four people side by side, requirement by requirement."""
    people = st.session_state.get(COMPARED)
    if not people:
        return
    with st.container(border=True, key="ranking_comparison"):
        with messages.refusals():
            compared = opened.comparison(ranked, tuple(people), officer)
            st.html(_side_by_side(compared))
        if st.button(_("Close the comparison")):
            st.session_state.pop(COMPARED, None)
            st.rerun()


def _side_by_side(people: tuple[CandidateExplanation, ...]) -> str:
    scores = [marks.score_bar(p.score, p.low, p.high) for p in people]
    places = [escape(_("rank {rank}").format(rank=number(p.rank))) for p in people]
    return requirements.side_by_side_html(
        {f"{p.name(language())} ({p.external_id})": p.table for p in people},
        above={
            _("Rank"): places,
            _("Score"): scores,
            _("Points per criterion"): [bars(p.bars) for p in people],
            _("Status"): [escape(label(p.status)) for p in people],
        },
    )
