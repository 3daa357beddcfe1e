"""Explanations that are open in this session: a file is opened, and logged, once, not per click."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import CandidateExplanation, RankingSummary
from services.rankings import ranking
from ui.navigation import visit

KEPT = "ranking.explanations"


def explanation(ranked: RankingSummary, external_id: str, officer: Officer) -> CandidateExplanation:
    """One person's explanation, kept for this visit of the screen or until something is done."""
    kept: dict[tuple[int, int, str], CandidateExplanation] = st.session_state.setdefault(KEPT, {})
    key = (visit(), ranked.run_id, external_id)
    if key not in kept:
        kept[key] = ranking.explain_candidate(
            run_id=ranked.run_id, external_id=external_id, by=officer
        )
    return kept[key]


def comparison(
    ranked: RankingSummary, external_ids: tuple[str, ...], officer: Officer
) -> tuple[CandidateExplanation, ...]:
    """Two to four people side by side, read once."""
    kept: dict[tuple[int, int, tuple[str, ...]], tuple[CandidateExplanation, ...]]
    kept = st.session_state.setdefault(f"{KEPT}.compared", {})
    key = (visit(), ranked.run_id, external_ids)
    if key not in kept:
        kept[key] = ranking.compare_candidates(
            run_id=ranked.run_id, external_ids=external_ids, by=officer
        )
    return kept[key]


def forget() -> None:
    """Something was done: read anew."""
    st.session_state.pop(KEPT, None)
    st.session_state.pop(f"{KEPT}.compared", None)
