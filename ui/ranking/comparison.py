"""Two to four people side by side, requirement by requirement."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import CandidateExplanation, RankingSummary
from ui import marks, messages, requirements
from ui.language import _, label, language, number
from ui.ranking import opened
from ui.ranking.people import Shown
from ui.ranking.reasons import bars

MOST_COMPARED = 4


def compare_button(ranked: RankingSummary, shown: Shown, officer: Officer) -> None:
    """Opens the comparison of the ticked people over the list, wherever the reader stands."""
    count = len(shown.ticked)
    fits = 2 <= count <= MOST_COMPARED
    if st.button(
        _("Compare {count}").format(count=count) if fits else _("Compare"),
        disabled=not fits,
        help=None if fits else _("Tick two to four people to see them side by side."),
    ):
        title = _("Side by side: {vacancy}").format(vacancy=ranked.vacancy_number)
        st.dialog(title, width="large")(_draw_comparison)(ranked, shown.ticked, officer)


def _draw_comparison(ranked: RankingSummary, people: tuple[str, ...], officer: Officer) -> None:
    with st.container(key="ranking_comparison"):
        with messages.refusals():
            compared = opened.comparison(ranked, people, officer)
            st.html(_side_by_side(compared))
        if st.button(_("Close the comparison")):
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
