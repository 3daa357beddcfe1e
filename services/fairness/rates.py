"""Selection rates of groups, their intervals, and whether four fifths of the highest are reached.

Pure: counts in, verdicts out. A difference alerts only where the numbers support it: the interval
of the difference of the two rates lies above zero, widened for the number of pairs compared, so
that twelve regions don't alert by chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import NormalDist

from domain.enums import RateVerdict
from domain.records.fairness import FairnessRules, Group


@dataclass(frozen=True, slots=True)
class Count:
    """People of a group who came to a step, and who of them came through."""

    people: int
    selected: int

    @property
    def rate(self) -> float:
        """Share from 0 to 1; 0 of nobody."""
        return self.selected / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Compared:
    """A group's rate with its interval, and how it stands to the highest rate."""

    count: Count
    rate: float | None
    low: float | None
    high: float | None
    ratio: float | None
    verdict: RateVerdict
    against: Group = None
    missing: float = 0.0
    """How many more of the group would reach four fifths of the rate it is told against."""


def wilson(count: Count, confidence: float) -> tuple[float, float]:
    """The Wilson score interval of a rate (Wilson 1927), from 0 to 1; `people` of 1 at least."""
    z, n, p = _z(confidence), count.people, count.rate
    middle = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max((middle - half) / whole, 0.0), min((middle + half) / whole, 1.0)


def difference(one: Count, other: Count, confidence: float) -> tuple[float, float]:
    """The interval of `one.rate - other.rate` from both Wilson intervals (Newcombe 1998)."""
    low, high = wilson(one, confidence)
    other_low, other_high = wilson(other, confidence)
    between = one.rate - other.rate
    below = sqrt((one.rate - low) ** 2 + (other_high - other.rate) ** 2)
    above = sqrt((high - one.rate) ** 2 + (other.rate - other_low) ** 2)
    return between - below, between + above


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


def compare(counts: Mapping[Group, Count], rules: FairnessRules) -> dict[Group, Compared]:
    """How each group stands to the group with the highest rate.

    Whose group is not stated, and groups too small to be compared, are told, never compared.
    """
    known: dict[Group, Count] = {
        group: count
        for group, count in counts.items()
        if group is not None and count.people >= rules.least_compared
    }
    highest = max((count.rate for count in known.values()), default=0.0)
    if len(known) < 2 or not highest:
        known = {}
    pairs = len(list(combinations(known, 2)))
    confidence = 1 - (1 - rules.confidence) / max(pairs, 1)
    found: dict[Group, Compared] = {}
    for group, count in counts.items():
        rate = count.rate if count.people else None
        low, high = wilson(count, rules.confidence) if count.people else (None, None)
        ratio = None if rate is None or not known else rate / highest
        verdict, against = RateVerdict.NOT_COMPARED, None
        if group in known:
            against = _supported(group, known, rules.ratio_below, confidence)
            verdict = _verdict(count.rate, highest, against, rules.ratio_below)
        missing = 0.0
        if against is not None:
            missing = count.people * (rules.ratio_below * known[against].rate - count.rate)
        found[group] = Compared(count, rate, low, high, ratio, verdict, against, missing)
    return found


def _verdict(rate: float, highest: float, against: Group, ratio_below: float) -> RateVerdict:
    if rate == highest:
        return RateVerdict.HIGHEST
    if against is not None:
        return RateVerdict.ALERT
    return RateVerdict.UNSURE if rate < ratio_below * highest else RateVerdict.NEAR


def _supported(
    group: Group, known: Mapping[Group, Count], ratio_below: float, confidence: float
) -> Group:
    """The group of the highest rate that this one's is below four fifths of, beyond chance."""
    own = known[group]
    ahead = [
        other
        for other, count in known.items()
        if own.rate < ratio_below * count.rate and difference(count, own, confidence)[0] > 0
    ]
    return max(ahead, key=lambda other: (known[other].rate, str(other)), default=None)
