"""How far a commission and the engine agree. Pure: what was decided in, shares out.

An item is what one commission decided on one shortlist: its candidates in the engine's order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

RESAMPLES = 2_000
SEED = 20260101
"""The same interval for the same decisions, whoever asks."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One candidate: approved or not, and votes for minus votes against."""

    is_approved: bool
    balance: int


@dataclass(frozen=True, slots=True)
class Item:
    """One shortlist, the best ranked first, and the month of the decision."""

    month: str
    candidates: tuple[Judged, ...]

    @property
    def approved(self) -> int:
        """How many were approved."""
        return sum(one.is_approved for one in self.candidates)

    @property
    def has_choice(self) -> bool:
        """Whether some were approved and some were not: else any order would agree."""
        return 0 < self.approved < len(self.candidates)

    @property
    def hits(self) -> int:
        """Of the approved, those whom the engine would have taken for the same places."""
        return sum(one.is_approved for one in self.candidates[: self.approved])

    @property
    def hits_by_chance(self) -> float:
        """How many hits picking blindly gives on average."""
        return self.approved**2 / len(self.candidates)

    def pairs(self) -> tuple[int, int]:
        """Pairs with different votes: those in the engine's order, and those against it."""
        same = opposite = 0
        for higher, lower in combinations(self.candidates, 2):
            same += higher.balance > lower.balance
            opposite += higher.balance < lower.balance
        return same, opposite


def correlation(same: int, opposite: int) -> float | None:
    """Goodman and Kruskal's gamma: 1 all in one order, -1 all reversed, 0 as by chance."""
    pairs = same + opposite
    return (same - opposite) / pairs if pairs else None


def correlation_interval(
    pairs: Sequence[tuple[int, int]], confidence: float
) -> tuple[float, float] | None:
    """Percentile bootstrap over items: candidates of one item are judged by the same people."""
    counted = np.array([one for one in pairs if sum(one)], dtype=float).reshape(-1, 2)
    if not len(counted):
        return None
    rng = np.random.default_rng(SEED)
    sums = counted[rng.integers(0, len(counted), (RESAMPLES, len(counted)))].sum(axis=1)
    values = (sums[:, 0] - sums[:, 1]) / sums.sum(axis=1)
    tail = (1 - confidence) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)
