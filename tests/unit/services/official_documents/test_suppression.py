"""Published counts of whole sessions, tried with every session there can be.

The reader knows the rule, sees every item and the session's total, and computes. The least is 3
instead of 5 here, so that all sessions of two and three items can be gone through.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from domain.enums import DecisionOutcome, DecisionReason
from domain.records.statistics import Hidden
from services.official_documents.suppression import Counts, Shown, shown_item, shown_total

LEAST = 3
Published = tuple[object, ...]


def counts(outcomes: tuple[int, ...], reasons: tuple[int, ...] = ()) -> Counts:
    groups = list(DecisionReason)
    split = reasons or (outcomes[-1],)
    return Counts(
        dict(zip(DecisionOutcome, outcomes, strict=True)),
        {group: split[place] if place < len(split) else 0 for place, group in enumerate(groups)},
    )


def flat(shown: Shown) -> Published:
    return (shown.candidates, *shown.outcomes.values())


def sessions(items: int, most: int) -> Iterator[tuple[Counts, ...]]:
    every = [one for one in product(range(most + 1), repeat=3) if 0 < sum(one) <= most]
    made = {one: counts(one) for one in every}
    for chosen in product(every, repeat=items):
        yield tuple(made[one] for one in chosen)


@pytest.mark.parametrize(("items", "most"), [(1, 9), (2, 6), (3, 4)])
def test_nobody_can_read_or_compute_a_count_of_few(items: int, most: int) -> None:
    fitting: dict[Published, list[Published]] = defaultdict(list)
    for session in sessions(items, most):
        shown = [flat(shown_item(one, LEAST)) for one in session]
        total = flat(shown_total(session, LEAST))
        for column, whole in zip(zip(*shown, strict=True), total, strict=True):
            told = [figure for figure in column if isinstance(figure, int)]
            assert not any(0 < figure < LEAST for figure in told)
            if isinstance(whole, int):
                assert not 0 < whole < LEAST
                assert not 0 < whole - sum(told) < LEAST
        truth = tuple(n for one in session for n in (one.candidates, *one.outcomes.values()))
        fitting[(*(figure for one in shown for figure in one), *total)].append(truth)
    for figures, truths in fitting.items():
        for place, figure in enumerate(figures[: len(truths[0])]):
            possible = {truth[place] for truth in truths}
            if isinstance(figure, Hidden) and len(possible) == 1:
                # None at all, or many: of few people it tells nothing.
                assert possible.pop() not in range(1, LEAST), (figures, truths)


def test_reasons_are_split_only_where_each_group_is_large_enough() -> None:
    outcomes = (5, 0, 10)
    few = shown_item(counts(outcomes, (8, 2)), 5)
    many = shown_item(counts(outcomes, (5, 5)), 5)
    assert all(isinstance(figure, Hidden) for figure in few.reasons.values())
    assert many.reasons[DecisionReason.PERSON] == 5


def test_reasons_of_a_hidden_count_are_hidden() -> None:
    shown = shown_item(counts((9, 0, 1)), 5)
    assert all(isinstance(figure, Hidden) for figure in shown.reasons.values())


def test_session_of_large_items_shows_everything() -> None:
    session = (counts((5, 6, 7)), counts((8, 0, 9)))
    total = shown_total(session, 5)
    assert total.candidates == 35
    assert list(total.outcomes.values()) == [13, 6, 16]
