"""Rates and intervals are those of the textbooks; an alert needs numbers that support it."""

from dataclasses import replace
from random import Random

import pytest

from domain.enums import RateVerdict as V
from domain.records.fairness import FairnessRules, Group
from services.fairness.rates import Count, compare, difference, wilson

RULES = FairnessRules(0.8, 0.95, 10, 0.2, (18, 25, 35), frozenset({"GE-TB-01"}), 5, "-")


@pytest.mark.parametrize(
    ("selected", "people", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_published(selected, people, low, high) -> None:
    assert wilson(Count(people, selected), 0.95) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10.
        (Count(70, 56), Count(80, 48), 0.0524, 0.3339),
        (Count(10, 9), Count(10, 3), 0.1705, 0.8090),
    ],
)
def test_differences_have_the_published_intervals(one, other, low, high) -> None:
    assert difference(one, other, 0.95) == pytest.approx((low, high), abs=6e-5)


def test_below_four_fifths_alerts_and_says_how_many_are_missing() -> None:
    found = compare({"m": Count(80, 48), "f": Count(40, 12)}, RULES)
    assert found["m"].verdict is V.HIGHEST
    assert found["f"].ratio == pytest.approx(0.5)
    assert (found["f"].verdict, found["f"].against) == (V.ALERT, "m")
    assert found["f"].missing == pytest.approx(40 * 0.48 - 12)


def test_four_fifths_exactly_is_no_alert_however_many_people_there_are() -> None:
    assert compare({"m": Count(10**6, 500_000), "f": Count(10**6, 400_000)}, RULES)[
        "f"
    ].verdict is (V.NEAR)


def test_few_people_are_not_enough_to_tell() -> None:
    found = compare({"m": Count(20, 4), "f": Count(20, 2)}, RULES)
    assert (found["f"].ratio, found["f"].verdict) == (0.5, V.UNSURE)


def test_a_few_lucky_people_don_t_hide_a_difference_between_large_groups() -> None:
    """The highest rate is of ten people; the alert is told against the group that carries it."""
    found = compare(
        {"GE-GU": Count(10, 8), "GE-KA": Count(900, 500), "GE-IM": Count(900, 250)}, RULES
    )
    assert found["GE-GU"].verdict is V.HIGHEST
    assert found["GE-IM"].verdict is V.ALERT
    assert found["GE-IM"].ratio == pytest.approx(250 / 900 / 0.8)


def test_the_more_groups_are_compared_the_more_a_difference_must_show() -> None:
    two: dict[Group, Count] = {"GE-KA": Count(100, 30), "GE-IM": Count(100, 17)}
    assert compare(two, RULES)["GE-IM"].verdict is V.ALERT
    many: dict[Group, Count] = {f"GE-{place}": Count(100, 28) for place in range(10)}
    many |= two
    assert compare(many, RULES)["GE-IM"].verdict is V.UNSURE


def test_what_is_not_stated_is_told_and_never_compared() -> None:
    found = compare({"f": Count(50, 25), "m": Count(50, 25), None: Count(40, 0)}, RULES)
    assert (found[None].rate, found[None].ratio) == (0.0, 0.0)
    assert found[None].verdict is V.NOT_COMPARED
    found = compare({"f": Count(50, 5), "m": Count(50, 5), None: Count(40, 40)}, RULES)
    assert found["f"].verdict is V.HIGHEST


def test_small_groups_and_groups_alone_are_not_compared() -> None:
    found = compare({"f": Count(9, 9), "m": Count(50, 5)}, RULES)
    assert {row.verdict for row in found.values()} == {V.NOT_COMPARED}
    assert found["m"].ratio is None
    nobody = compare({"f": Count(50, 0), "m": Count(50, 0)}, RULES)
    assert {row.verdict for row in nobody.values()} == {V.NOT_COMPARED}
    empty = compare({"f": Count(0, 0), "m": Count(50, 5)}, RULES)
    assert empty["f"].rate is None and empty["f"].low is None


def test_the_order_of_groups_changes_nothing() -> None:
    random = Random(4)
    counts: dict[Group, Count] = {
        f"GE-{i}": Count(100 + i, random.randint(0, 100)) for i in range(8)
    }
    counts |= {None: Count(7, 3)}
    for _ in range(5):
        mixed = list(counts.items())
        random.shuffle(mixed)
        assert compare(dict(mixed), RULES) == compare(counts, RULES)


def test_the_threshold_is_the_rule_s() -> None:
    counts: dict[Group, Count] = {"m": Count(1000, 500), "f": Count(1000, 380)}
    assert compare(counts, RULES)["f"].verdict is V.ALERT
    assert compare(counts, replace(RULES, ratio_below=0.7))["f"].verdict is V.NEAR
