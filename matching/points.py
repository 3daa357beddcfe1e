"""Whole points per million: how a budget is split and how a credit becomes points.

Everything is integer arithmetic, rounded down once per requirement, so that the reference, the
fast path and anybody who recomputes a score by hand get the same number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from domain.values import PER_POINT

MILLION = 100 * PER_POINT
"""Engine points of a candidate who meets everything."""

THOUSAND = 1_000
"""Credits and weights of the parameters are whole thousandths."""


def split_points(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split points in proportion to weights; largest remainders first, so the parts add up."""
    whole = sum(weights)
    if whole == 0:
        return tuple(0 for _ in weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


def in_months(years: float) -> int:
    """Years of work as whole months, the nearest: years are stated with a decimal."""
    return math.floor(years * 12 + 0.5)


@dataclass(frozen=True, slots=True)
class Gain:
    """What one requirement gives: at least `low`, at most `high` once the unknown is known."""

    low: int
    high: int

    def points(self, unknown_credit: int) -> int:
        """Points in between: the parameter's thousandths of what is still unknown."""
        return self.low + (self.high - self.low) * unknown_credit // THOUSAND
