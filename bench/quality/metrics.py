"""Measures of a ranked list, intervals and comparisons over queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SEED = 20_08


def reciprocal_rank(ranked: Sequence[int], relevant: Mapping[int, float]) -> float:
    for place, document in enumerate(ranked, start=1):
        if document in relevant:
            return 1.0 / place
    return 0.0


def average_precision(ranked: Sequence[int], relevant: Mapping[int, float]) -> float:
    hits, total = 0, 0.0
    for place, document in enumerate(ranked, start=1):
        if document in relevant:
            hits += 1
            total += hits / place
    return total / len(relevant) if relevant else 0.0


def recall_at(ranked: Sequence[int], relevant: Mapping[int, float], top: int) -> float:
    return sum(d in relevant for d in ranked[:top]) / len(relevant) if relevant else 0.0


def r_precision_at(ranked: Sequence[int], relevant: Mapping[int, float], top: int) -> float:
    """Hits among the first `top` over what could be hit there."""
    possible = min(top, len(relevant))
    return sum(d in relevant for d in ranked[:top]) / possible if possible else 0.0


def ndcg_at(ranked: Sequence[int], relevant: Mapping[int, float], top: int) -> float:
    """Gain 2^grade − 1, discounted by log2 of the place, over the best order's."""

    def gained(grades: Sequence[float]) -> float:
        return float(sum((2**g - 1) / np.log2(i + 2) for i, g in enumerate(grades)))

    best = gained(sorted(relevant.values(), reverse=True)[:top])
    return gained([relevant.get(d, 0.0) for d in ranked[:top]]) / best if best else 0.0


def hit_at(ranked: Sequence[int], relevant: Mapping[int, float], top: int) -> float:
    return float(any(d in relevant for d in ranked[:top]))


def interval(values: Floats, draws: int = 1000) -> tuple[float, float]:
    """95 % of the means of samples drawn with replacement from the queries."""
    if len(values) < 2:
        return float(values.mean()), float(values.mean())
    rng = np.random.default_rng(SEED)
    means = np.array(
        [values[rng.integers(0, len(values), len(values))].mean() for _ in range(draws)]
    )
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def pooled_interval(parts: Sequence[Floats], draws: int = 1000) -> tuple[float, float]:
    """The same for a mean of set means: queries are drawn within each set."""
    rng = np.random.default_rng(SEED)
    means = [
        np.mean([part[rng.integers(0, len(part), len(part))].mean() for part in parts])
        for _ in range(draws)
    ]
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def p_value(ours: Floats, theirs: Floats, draws: int = 2000) -> float:
    """Paired permutation test: how often random signs make a difference this large."""
    difference = ours - theirs
    if not difference.any():
        return 1.0
    rng = np.random.default_rng(SEED)
    signs = rng.choice((-1.0, 1.0), size=(draws, len(difference)))
    at_random = np.abs(signs @ difference)
    return float((np.sum(at_random >= abs(difference.sum()) - 1e-12) + 1) / (draws + 1))
