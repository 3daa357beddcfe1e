"""The quality measurement counts as its protocol says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.quality import metrics
from bench.quality.files import Files, Missing
from bench.quality.task import ranked

RELEVANT = {2: 3.0, 5: 1.0}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (metrics.reciprocal_rank([7, 2, 5], RELEVANT), 1 / 2),
        (metrics.reciprocal_rank([7, 8], RELEVANT), 0),
        (metrics.average_precision([7, 2, 5], RELEVANT), (1 / 2 + 2 / 3) / 2),
        (metrics.average_precision([2, 7, 8], RELEVANT), 1 / 2),
        (metrics.recall_at([7, 2, 5], RELEVANT, 2), 1 / 2),
        (metrics.r_precision_at([2, 5, 7], RELEVANT, 10), 1),
        (metrics.hit_at([7, 2], RELEVANT, 1), 0),
        (metrics.ndcg_at([2, 5], RELEVANT, 10), 1),
        (metrics.ndcg_at([5, 2], RELEVANT, 10), (1 + 7 / np.log2(3)) / (7 + 1 / np.log2(3))),
    ],
)
def test_measure_is_the_published_one(value: float, expected: float) -> None:
    assert value == pytest.approx(expected)


def test_what_scores_nothing_is_not_found_and_equals_keep_their_order() -> None:
    scores = np.array([0.0, 0.5, 0.9, 0.5, -1.0], np.float32)
    assert ranked(scores, 10) == [2, 1, 3]
    assert ranked(scores, 2) == [2, 1]


def test_interval_holds_the_mean_and_the_same_values_differ_by_chance_only() -> None:
    values = np.random.default_rng(1).random(200)
    low, high = metrics.interval(values)
    assert low < values.mean() < high
    assert metrics.p_value(values, values) == 1.0
    assert metrics.p_value(values + 0.2, values) < 0.01


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="quality/other.csv"):
        Files(tmp_path).rows("quality/other.csv")
