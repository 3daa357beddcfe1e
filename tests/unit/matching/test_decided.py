"""Decisions and labels are joined, and coders are compared fairly."""

from __future__ import annotations

import numpy as np
import pytest

from matching.texts.decided import accuracy, certainty, is_held_out, together


def test_certainty_lies_between_0_and_1_and_grows_with_the_margin() -> None:
    found = certainty(np.array([-3.0, -0.5, 0.0, 0.5, 3.0], np.float32))
    assert found.tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_decisions_and_labels_both_count_and_neither_is_left_out() -> None:
    score = together({"7212": 0.9, "5120": 0.4}, {"5120": 0.6, "9412": 0.5})
    assert score.keys() == {"7212", "5120", "9412"}
    assert score["7212"] > score["5120"] > score["9412"]
    assert all(0 <= value <= 1 for value in score.values())


def test_a_label_that_fits_well_counts_more_than_two_that_fit_half() -> None:
    score = together({}, {"7212": 0.9, "5120": 0.45})
    assert score["7212"] > 2 * score["5120"] > 0


def test_the_same_title_is_held_out_however_it_is_written() -> None:
    assert is_held_out("Welder (m/w/d)") == is_held_out("welder")
    share = sum(is_held_out(f"title number {i}") for i in range(2000)) / 2000
    assert 0.07 < share < 0.13


def test_an_accuracy_comes_with_an_interval_that_narrows() -> None:
    few, many = accuracy([True] * 6 + [False] * 4), accuracy([True] * 600 + [False] * 400)
    assert few[0] == many[0] == pytest.approx(0.6)
    assert few[1] < many[1] < 0.6 < many[2] < few[2]
    assert accuracy([]) == (0.0, 0.0, 1.0)
