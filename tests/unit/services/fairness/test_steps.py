"""Groups at each step: small numbers are kept back, and so is what would give them away."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from domain.enums import RateVerdict, SelectionStep, Sex, Trait
from domain.records.fairness import FairnessRules, Group
from domain.records.statistics import Hidden
from services.fairness.groups import groups_of
from services.fairness.rates import Count
from services.fairness.steps import step_rates, steps_of

RULES = FairnessRules(0.8, 0.95, 10, 0.2, (18, 25, 35), frozenset({"GE-TB-01"}), 5, "-")
TODAY = date(2026, 11, 22)


def rows(counts, **more):
    found = step_rates(SelectionStep.GATE, Trait.REGION, counts, RULES, **more)
    return {row.group: row for row in found.groups}


def test_a_rate_made_of_few_people_is_not_shown_and_nor_is_its_complement() -> None:
    found = rows({"GE-KA": Count(100, 3), "GE-IM": Count(100, 40), "GE-TB": Count(100, 50)})
    assert (found["GE-KA"].selected, found["GE-KA"].rate) == (Hidden.FEW, None)
    assert found["GE-IM"].selected is Hidden.PROTECTING  # 93 - 50 would leave the 3 visible
    assert (found["GE-TB"].selected, found["GE-TB"].rate) == (50, 0.5)
    assert found["GE-KA"].verdict is RateVerdict.ALERT  # kept back, and still an alert
    assert found["GE-KA"].ratio is None


def test_few_who_did_not_come_through_are_kept_back_too() -> None:
    found = rows({"GE-KA": Count(100, 98), "GE-IM": Count(100, 40), "GE-TB": Count(100, 50)})
    assert isinstance(found["GE-KA"].selected, Hidden)
    assert found["GE-KA"].rate is None


def test_a_group_of_few_people_is_kept_back_as_a_whole() -> None:
    found = rows({"GE-KA": Count(3, 0), "GE-IM": Count(100, 40), "GE-TB": Count(120, 50)})
    assert found["GE-KA"].people is Hidden.FEW
    assert found["GE-IM"].people is Hidden.PROTECTING
    assert found["GE-KA"].rate is None and found["GE-IM"].rate is None
    assert (found["GE-TB"].people, found["GE-TB"].selected) == (120, 50)


def test_a_sum_that_would_give_the_only_hidden_group_away_is_kept_back() -> None:
    counts: dict[Group, Count] = {"GE-KA": Count(100, 3), "GE-IM": Count(100, 0)}
    found = step_rates(SelectionStep.GATE, Trait.REGION, counts, RULES)
    assert (found.people, found.selected) == (200, Hidden.PROTECTING)


def test_several_small_counts_that_follow_from_their_sum_are_kept_back() -> None:
    counts: dict[Group, Count] = {"GE-KA": Count(1, 0), "GE-IM": Count(1, 0)}
    found = step_rates(SelectionStep.GATE, Trait.REGION, counts, RULES)
    assert found.people is Hidden.PROTECTING  # 2 of two groups are 1 and 1
    full = rows({"GE-KA": Count(60, 4), "GE-IM": Count(60, 4), "GE-TB": Count(60, 30)})
    assert full["GE-TB"].selected is Hidden.PROTECTING  # 38 - 30 are 4 and 4
    open_ = rows({"GE-KA": Count(60, 4), "GE-IM": Count(60, 3), "GE-TB": Count(60, 30)})
    assert open_["GE-TB"].selected == 30


def test_an_empty_group_that_was_kept_back_is_no_missing_row() -> None:
    """Four of the one met the requirements, nobody of the other: both are kept back."""
    people = [("f", 4), ("m", 1)]
    rows_of = [(n, None, None, region, None) for n, region in enumerate(_regions_of(people))]
    groups = groups_of(rows_of, TODAY, RULES)
    everybody, eligible = groups.rows(np.arange(5)), groups.rows(np.arange(4))
    came = {
        SelectionStep.GATE: (everybody, eligible),
        SelectionStep.RANK: (eligible, eligible[:2]),
    }
    (rank,) = (
        step
        for step in steps_of(groups, came, RULES)[0]
        if (step.step, step.trait) == (SelectionStep.RANK, Trait.REGION)
    )
    told = {row.group: row.people for row in rank.groups}
    assert told == {"f": Hidden.FEW, "m": Hidden.PROTECTING}


def _regions_of(people: list[tuple[str, int]]) -> list[str]:
    return [region for region, count in people for _ in range(count)]


def test_nobody_selected_is_a_number_that_is_shown() -> None:
    found = rows({"GE-KA": Count(60, 0), "GE-IM": Count(100, 40)})
    assert (found["GE-KA"].selected, found["GE-KA"].rate, found["GE-KA"].ratio) == (0, 0.0, 0.0)


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), min_size=1, max_size=8))
def test_no_small_count_can_be_read_or_computed(pairs: list[tuple[int, int]]) -> None:
    counts: dict[Group, Count] = {
        f"GE-{place}": Count(people, min(selected, people))
        for place, (people, selected) in enumerate(pairs)
    }
    found = step_rates(SelectionStep.GATE, Trait.REGION, counts, RULES)
    for row in found.groups:
        if not isinstance(row.people, Hidden):
            assert row.people not in range(1, 5)
        if not isinstance(row.selected, Hidden) and not isinstance(row.people, Hidden):
            assert row.selected not in range(1, 5)
            assert row.people - row.selected not in range(1, 5)
        else:
            assert (row.rate, row.low, row.ratio) == (None, None, None)
    for total, figures in (
        (found.people, [row.people for row in found.groups]),
        (found.selected, [row.selected for row in found.groups]),
    ):
        hidden = [figure for figure in figures if isinstance(figure, Hidden)]
        if isinstance(total, Hidden):
            assert hidden
            continue
        assert len(hidden) != 1
        if hidden and set(hidden) == {Hidden.FEW}:
            rest = total - sum(figure for figure in figures if not isinstance(figure, Hidden))
            assert len(hidden) < rest < 4 * len(hidden)  # neither all 1 nor all 4


def test_what_one_step_keeps_back_the_next_does_not_tell() -> None:
    """Who meets the requirements are the people of the next step."""
    sexes = [Sex.FEMALE] * 40 + [Sex.MALE] * 40 + [None] * 40
    people = [(i, sex, None, None, None) for i, sex in enumerate(sexes)]
    groups = groups_of(people, TODAY, RULES)
    everybody, eligible = np.arange(120), np.array([*range(3), *range(40, 60), *range(80, 110)])
    came = {
        SelectionStep.GATE: (everybody, eligible),
        SelectionStep.RANK: (eligible, eligible[::2]),
    }
    steps, _ = steps_of(groups, came, RULES)
    rank = next(s for s in steps if (s.step, s.trait) == (SelectionStep.RANK, Trait.SEX))
    shown = {row.group: row.people for row in rank.groups}
    assert shown == {"f": Hidden.FEW, "m": Hidden.PROTECTING, None: 30}


def test_groups_are_read_from_the_file_and_what_is_not_stated_is_one() -> None:
    groups = groups_of(
        [
            (4, Sex.FEMALE, date(2008, 11, 22), "GE-TB", "GE-TB-01"),
            (7, Sex.MALE, date(2008, 11, 23), "GE-KA", "GE-KA-04"),
            (9, None, None, None, None),
            (11, Sex.MALE, date(1991, 11, 22), "GE-KA", None),
        ],
        TODAY,
        RULES,
    )
    every = groups.rows(np.array([4, 7, 9, 11, 8]))  # nobody has the number 8 any more
    some = groups.rows(np.array([7, 9]))
    assert groups.count(Trait.SEX, every, some) == {
        "f": Count(1, 0),
        "m": Count(2, 1),
        None: Count(2, 1),
    }
    assert groups.count(Trait.AGE, every, some) == {
        "-17": Count(1, 1),
        "18-24": Count(1, 0),
        "35-": Count(1, 0),
        None: Count(2, 1),
    }
    assert groups.count(Trait.REGION, every, some) == {
        "GE-KA": Count(2, 1),
        "GE-TB": Count(1, 0),
        None: Count(2, 1),
    }
    assert groups.count(Trait.SETTLEMENT, every, some) == {
        "city": Count(1, 0),
        "municipality": Count(1, 1),
        None: Count(3, 1),
    }


def test_an_empty_register_has_no_groups() -> None:
    groups = groups_of([], TODAY, RULES)
    nobody = np.zeros(0, np.int64)
    steps, alerts = steps_of(groups, {SelectionStep.GATE: (nobody, nobody)}, RULES)
    assert alerts == ()
    assert all(rates.groups == () for rates in steps)


def test_the_gravest_alert_comes_first() -> None:
    people = [
        (i, Sex.FEMALE if i < 100 else Sex.MALE, None, "GE-KA" if i % 2 else "GE-IM", None)
        for i in range(200)
    ]
    groups = groups_of(people, TODAY, RULES)
    men = [i for i in range(100, 200) if i % 2 or i % 4 == 0]
    women = [i for i in range(100) if i % 10 == 1]
    came = {SelectionStep.GATE: (np.arange(200), np.array([*women, *men]))}
    _, alerts = steps_of(groups, came, RULES)
    assert [(a.trait, a.row.group) for a in alerts] == [
        (Trait.SEX, "f"),
        (Trait.REGION, "GE-IM"),
    ]
    assert [round(a.missing) for a in alerts] == [50, 23]  # 0.8 × 75 − 10 and 0.8 × 60 − 25
