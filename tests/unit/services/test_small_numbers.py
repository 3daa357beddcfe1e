"""Small counts of a line are hidden, and others with them where the sum would tell."""

from domain.records.statistics import Hidden
from services.small_numbers import hide_few


def test_small_counts_that_follow_from_the_sum_hide_another_one() -> None:
    for few in (1, 4):
        found = hide_few({"a": few, "b": few, "c": 20, "d": 30}, 5)
        assert found == {"a": Hidden.FEW, "b": Hidden.FEW, "c": Hidden.PROTECTING, "d": 30}


def test_small_counts_of_which_the_sum_tells_nothing_hide_no_other() -> None:
    found = hide_few({"a": 1, "b": 2, "c": 20, "d": 0}, 5)
    assert found == {"a": Hidden.FEW, "b": Hidden.FEW, "c": 20, "d": 0}
    assert hide_few({"a": 3, "c": 20}, 5) == {"a": Hidden.FEW, "c": Hidden.PROTECTING}
