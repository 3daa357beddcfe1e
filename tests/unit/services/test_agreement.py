"""Agreement of commission and engine, counted by hand."""

import pytest

from services.statistics.agreement import Item, Judged, correlation, correlation_interval


def item(*judged: tuple[bool, int]) -> Item:
    return Item("2026-03", tuple(Judged(*one) for one in judged))


def test_hits_are_the_approved_among_as_many_first_ones() -> None:
    # Approved: first, third and fourth of five. Of the first three, two were approved.
    one = item((True, 3), (False, -1), (True, 2), (True, 3), (False, 0))
    assert (one.approved, one.hits) == (3, 2)
    assert one.hits_by_chance == pytest.approx(9 / 5)


@pytest.mark.parametrize("approved", [True, False])
def test_a_list_without_a_choice_says_nothing_about_agreement(approved: bool) -> None:
    assert not item((approved, 3), (approved, 2)).has_choice


def test_pairs_with_equal_votes_count_for_neither_order() -> None:
    # Balances 3, 1, 3: the pairs are (3, 1) in order, (3, 3) equal, (1, 3) against.
    assert item((True, 3), (True, 1), (True, 3)).pairs() == (1, 1)


@pytest.mark.parametrize(
    ("same", "opposite", "value"), [(4, 0, 1.0), (0, 4, -1.0), (3, 1, 0.5), (0, 0, None)]
)
def test_correlation_goes_from_reversed_to_the_same_order(
    same: int, opposite: int, value: float | None
) -> None:
    assert correlation(same, opposite) == value


def test_the_interval_contains_the_value_and_is_the_same_for_everybody() -> None:
    pairs = [(5, 1), (4, 2), (6, 0), (3, 3), (5, 2), (0, 0)]
    low, high = correlation_interval(pairs, 0.95) or (0.0, 0.0)
    assert -1 <= low < (23 - 8) / 31 < high <= 1
    assert correlation_interval(pairs, 0.95) == (low, high)
    narrow = correlation_interval(pairs, 0.5) or (0.0, 0.0)
    assert narrow[1] - narrow[0] < high - low


def test_nothing_to_compare_has_no_interval() -> None:
    assert correlation_interval([(0, 0)], 0.95) is None
