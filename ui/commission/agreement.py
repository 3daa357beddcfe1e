"""How far the commission's choice and the engine's order agree on one item: a figure, no target."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.records.decisions import DecisionRecord
from services import commission
from ui.language import _, number
from ui.messages import plain


def show(decisions: Sequence[DecisionRecord]) -> None:
    """Of the approved, how many stood first in the ranking too, and where they differ."""
    found = commission.agreement_of(decisions)
    if found is None:
        return
    st.markdown(
        "**"
        + _("Commission and ranking agree on {same} of {approved}").format(
            same=number(found.same), approved=number(found.approved)
        )
        + "**"
    )
    parts = []
    if found.chosen_instead:
        parts.append(
            _("Approved from further down: {people}.").format(people=_people(found.chosen_instead))
        )
    if found.passed_over:
        parts.append(
            _("Ranked among the first, not among the approved: {people}.").format(
                people=_people(found.passed_over)
            )
        )
    parts.append(
        _(
            "Counted of the candidates decided on here: those approved who are also among as many "
            "best ranked. A figure, not a target: the commission knows what no ranking knows."
        )
    )
    st.caption(plain(" ".join(parts)))


def _people(people: Sequence[tuple[int, int | None]]) -> str:
    return ", ".join(
        _("{candidate} (rank {rank})").format(candidate=f"{one:02d}", rank=number(rank))
        for one, rank in people
    )
