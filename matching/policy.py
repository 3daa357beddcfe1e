"""What past decisions of the commission say about the weights: logistic regression, in the open.

    log odds of approval = level of the shortlist + sum over criteria b_c (x_c + w u_c)

x_c is the credit that was certain at the criterion when the shortlist was sent, u_c what was
unknown then, and w what an unknown credit counts for: it is estimated too, never taken for zero.
Each shortlist has its own level, so that only people of one shortlist are compared: a vacancy with
few places says nothing about weights. Credits are re-scaled over the criteria that a vacancy asks
for, as the ranking does. The weights are b_c / sum of b; their intervals come from the expected
Hessian by the delta method. Only people who were shortlisted are seen, so what kept others off a
shortlist is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
NORMAL_95 = 1.959963984540054
STEPS = 60
"""A dozen are enough, unless the coefficients run away to infinity."""
CLOSE, FLAT = 1e-7, 1e-9
REPEATS = 5
SPREAD = 1e-6
"""Less than this much difference within shortlists is none."""
ENOUGH = 0.05
"""A criterion at which fewer differ from the middle of their shortlist says nothing about weights:
two people would make it infinite."""
CONDITION = 1e8


class Finding(StrEnum):
    """Whether decisions give numbers."""

    READY = "ready"
    TOO_FEW = "too_few"
    """No shortlist has both approved and other people."""
    INSEPARABLE = "inseparable"
    """Criteria went together, or one of them decided alone: no finite estimate exists."""
    NO_RELATION = "no_relation"
    """The criteria together do not raise the odds of approval beyond chance."""


@dataclass(frozen=True, eq=False)
class Decisions:
    """One entry for each decided candidate in each array."""

    shortlist: npt.NDArray[np.int64]
    approved: npt.NDArray[np.bool_]
    credit: Floats
    """Candidates × criteria, 0 to 1: what was certain; NaN where the vacancy did not ask."""
    unknown: Floats
    """Candidates × criteria, 0 to 1: what was unknown; NaN where the vacancy did not ask."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the decisions say."""

    finding: Finding
    used: int = 0
    """Decisions on shortlists with both outcomes."""
    shortlists: int = 0
    shares: tuple[Interval | None, ...] = ()
    """Of the score, by criterion; None where hardly anybody of a shortlist differed. The others
    share what their weights have now."""
    unknown: Interval | None = None
    """What an unknown fact counted for, as a share of a certain one."""


def estimate(decisions: Decisions, weights: Sequence[float], unknown_credit: float) -> Estimate:
    """The weights that decisions follow; `weights` are those in force, in the same order.

    `unknown_credit` in force is where the search for its own value begins.
    """
    kept = _with_both_outcomes(decisions)
    if not kept.any():
        return Estimate(Finding.TOO_FEW)
    in_force = np.asarray(weights, float)
    told = _estimate(decisions, kept, in_force, in_force, unknown_credit)
    for _ in range(REPEATS):  # the scale is by weights: by those that were found
        if told.finding is not Finding.READY:
            break
        pairs = zip(told.shares, weights, strict=True)
        found = np.array([now if one is None else max(one.value, 0.0) for one, now in pairs])
        told = _estimate(decisions, kept, found, in_force, unknown_credit)
    return told


def _estimate(
    decisions: Decisions,
    kept: npt.NDArray[np.bool_],
    supposed: Floats,
    weights: Floats,
    unknown_credit: float,
) -> Estimate:
    """One fit, with credits scaled by the supposed weights."""
    _, place = np.unique(decisions.shortlist[kept], return_inverse=True)
    used, shortlists = int(kept.sum()), int(place.max()) + 1
    certain, unknown = _columns(decisions, kept, supposed)
    criteria = _differing(certain + unknown_credit * unknown, place) >= ENOUGH
    if not criteria.any():
        return Estimate(Finding.NO_RELATION, used, shortlists)
    facts = _Facts(certain[:, criteria], unknown[:, criteria], place)
    y = decisions.approved[kept].astype(float)
    if _is_tied(facts.certain + unknown_credit * facts.unknown, place):
        return Estimate(Finding.INSEPARABLE, used, shortlists)
    fitted = _fit(facts, y, unknown_credit)
    if fitted is not None and not _is_related(fitted):
        return Estimate(Finding.NO_RELATION, used, shortlists)
    if fitted is not None and (_differing(facts.unknown, place) >= ENOUGH).any():
        fitted = _fit(facts, y, unknown_credit, fitted)
    if fitted is None:
        return Estimate(Finding.INSEPARABLE, used, shortlists)
    return _told(fitted, criteria, weights, used, shortlists)


def _with_both_outcomes(decisions: Decisions) -> npt.NDArray[np.bool_]:
    """Shortlists where all or none were approved do not tell people apart."""
    _, place, sizes = np.unique(decisions.shortlist, return_inverse=True, return_counts=True)
    approved = np.bincount(place, decisions.approved, len(sizes))
    kept: npt.NDArray[np.bool_] = ((approved > 0) & (approved < sizes))[place]
    return kept


def _columns(
    decisions: Decisions, kept: npt.NDArray[np.bool_], weights: Floats
) -> tuple[Floats, Floats]:
    """Certain and unknown credits by criterion, 0 where it was not asked."""
    credit, unknown = decisions.credit[kept], decisions.unknown[kept]
    asked = ~np.isnan(credit)
    share = asked @ weights
    scale = np.where(share > 0, share, 1.0)[:, None]
    return np.where(asked, credit, 0.0) / scale, np.where(asked, unknown, 0.0) / scale


def _within(x: Floats, place: npt.NDArray[np.int64]) -> Floats:
    """Differences from the mean of one's shortlist."""
    sizes = np.bincount(place)
    means = np.column_stack([np.bincount(place, column) / sizes for column in x.T])
    centred: Floats = x - means[place]
    return centred


def _differing(x: Floats, place: npt.NDArray[np.int64]) -> Floats:
    """By column: the share of people who are not where the middle of their shortlist is."""
    sizes = np.bincount(place)
    middles = np.cumsum(sizes) - sizes + sizes // 2
    found = []
    for column in x.T:
        in_order = column[np.lexsort((column, place))]
        found.append((np.abs(column - in_order[middles][place]) > SPREAD).mean())
    return np.array(found)


def _is_tied(x: Floats, place: npt.NDArray[np.int64]) -> bool:
    """Whether some columns always move together within shortlists."""
    centred = _within(x, place)
    scaled = centred / centred.std(axis=0)
    return bool(np.linalg.cond(scaled.T @ scaled) > CONDITION)


@dataclass(frozen=True, eq=False)
class _Facts:
    certain: Floats
    unknown: Floats
    place: npt.NDArray[np.int64]
    """Number of each one's shortlist."""


@dataclass(frozen=True, eq=False)
class _Fit:
    levels: Floats
    slopes: Floats
    counts: float
    """What an unknown credit counts for."""
    is_free: bool
    """Whether that was estimated: then it is the last in the covariance."""
    covariance: Floats


def _fit(facts: _Facts, y: Floats, counts: float, begin: _Fit | None = None) -> _Fit | None:
    """Fisher scoring; None where the coefficients have no bound.

    What unknown counts is free where the fit begins with one in which it was not.

    The levels of the shortlists are solved for within each step (Schur complement), so that their
    number costs nothing.
    """
    place = facts.place
    levels, slopes = np.zeros(int(place.max()) + 1), np.zeros(facts.certain.shape[1])
    if begin is not None:
        levels, slopes = begin.levels, begin.slopes
    is_free = begin is not None
    for _ in range(STEPS):
        x = facts.certain + counts * facts.unknown
        chance = 1 / (1 + np.exp(-np.clip(levels[place] + x @ slopes, -500, 500)))
        moving = np.column_stack([x, facts.unknown @ slopes]) if is_free else x
        solved = _step(moving, chance, y - chance, place)
        if solved is None:
            return None
        step, step_of_levels, covariance = solved
        slopes, levels = slopes + step[: len(slopes)], levels + step_of_levels
        counts += float(step[-1]) if is_free else 0.0
        if np.abs(step).max() < CLOSE * (1 + np.abs(slopes).max()):
            return _Fit(levels, slopes, counts, is_free, covariance)
    return None


def _step(
    x: Floats, chance: Floats, rest: Floats, place: npt.NDArray[np.int64]
) -> tuple[Floats, Floats, Floats] | None:
    curve = chance * (1 - chance)
    of_level = np.bincount(place, curve)
    if of_level.min() < FLAT:
        return None
    across = np.column_stack([np.bincount(place, curve * column) for column in x.T])
    inner = (x * curve[:, None]).T @ x - across.T @ (across / of_level[:, None])
    pull = np.bincount(place, rest)
    try:
        covariance: Floats = np.asarray(np.linalg.inv(inner))
    except np.linalg.LinAlgError:
        return None
    step = covariance @ (x.T @ rest - across.T @ (pull / of_level))
    return np.asarray(step), (pull - across @ step) / of_level, covariance


def _is_related(fit: _Fit) -> bool:
    """Whether more credit raises the odds, beyond chance."""
    number = len(fit.slopes)
    spread = float(np.sqrt(fit.covariance[:number, :number].sum()))
    return bool(fit.slopes.sum() > NORMAL_95 * spread)


def _told(
    fit: _Fit, criteria: npt.NDArray[np.bool_], weights: Floats, used: int, shortlists: int
) -> Estimate:
    if not _is_related(fit):
        return Estimate(Finding.NO_RELATION, used, shortlists)
    number, total = len(fit.slopes), float(fit.slopes.sum())
    to_share = float(weights[criteria].sum())
    slopes_only = np.arange(len(fit.covariance)) < number

    def share(place: int) -> Interval:
        value = fit.slopes[place] / total
        gradient = to_share * (np.eye(len(fit.covariance))[place] - value * slopes_only) / total
        return _interval(to_share * value, gradient, fit.covariance)

    places = iter(range(number))
    shares = tuple(share(next(places)) if one else None for one in criteria)
    unknown = None
    if fit.is_free:
        unknown = _interval(fit.counts, (~slopes_only).astype(float), fit.covariance)
    return Estimate(Finding.READY, used, shortlists, shares, unknown)


def _interval(value: Any, gradient: Floats, covariance: Floats) -> Interval:
    half = NORMAL_95 * float(np.sqrt(gradient @ covariance @ gradient))
    return Interval(float(value), float(value) - half, float(value) + half)
