"""Headings of tables: never cut by a width, and written alike."""

from __future__ import annotations

import pytest

from ui.tables import heading, wide_enough


@pytest.mark.parametrize("title", ["Shortlist places", "გამოცდილება", "Candidates to send"])
def test_a_fixed_width_makes_room_for_its_heading(title: str) -> None:
    assert wide_enough(title, 64) >= 7 * len(title)  # type: ignore[operator]


def test_a_georgian_heading_gets_more_room_than_a_latin_one() -> None:
    assert wide_enough("დიაპაზონი", 10) > wide_enough("diapasoni", 10)  # type: ignore[operator]


def test_a_width_that_is_enough_stays() -> None:
    assert wide_enough("Rank", 170) == 170
    assert wide_enough("Rank", "large") == "large"
    assert wide_enough("Rank", None) is None


def test_headings_begin_alike_and_georgian_has_no_capitals() -> None:
    assert heading("of them lacking people") == "Of them lacking people"
    assert heading("ადგილები") == "ადგილები"
