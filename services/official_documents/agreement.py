"""How far a commission's choice and the engine's first places are the same: a figure, no target."""

from __future__ import annotations

from collections.abc import Sequence

from domain.enums import DecisionOutcome

Decided = tuple[int, int | None, DecisionOutcome | None]
"""Number on the shortlist, rank, and what was decided."""


def agreement(decided: Sequence[Decided]) -> tuple[int, int]:
    """How many were approved, and how many of them the engine had among its first so many."""
    order = sorted(decided, key=lambda one: (one[1] is None, one[1] or 0, one[0]))
    approved = sum(outcome is DecisionOutcome.APPROVED for _, _, outcome in order)
    same = sum(outcome is DecisionOutcome.APPROVED for _, _, outcome in order[:approved])
    return approved, same
