"""Parts of a shown total: tried with every set of numbers, against a reader who knows the rule."""

from collections import defaultdict
from itertools import product

import pytest

from domain.records.statistics import Hidden
from services.small_numbers import hide_parts

LEAST = 5


def shown(counts: tuple[int, ...]) -> tuple[object, ...]:
    return tuple(hide_parts(dict(enumerate(counts)), LEAST).values())


@pytest.mark.parametrize(("parts", "most"), [(2, 24), (3, 17), (4, 12), (5, 10)])
def test_no_hidden_part_follows_from_the_total_and_the_rule(parts: int, most: int) -> None:
    published = defaultdict(list)
    for counts in product(range(most + 1), repeat=parts):
        if LEAST <= sum(counts) <= most:
            published[sum(counts), shown(counts)].append(counts)
    for (_, figures), fitting in published.items():
        for place, figure in enumerate(figures):
            if isinstance(figure, Hidden):
                assert len({counts[place] for counts in fitting}) > 1, (figures, fitting)


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_no_small_part_is_ever_shown(parts: int) -> None:
    for counts in product(range(9), repeat=parts):
        assert not any(isinstance(one, int) and 0 < one < LEAST for one in shown(counts))


def test_safe_parts_are_shown_as_they_are() -> None:
    assert shown((5, 0, 7)) == (5, 0, 7)
    assert shown((0, 0, 0)) == (0, 0, 0)


def test_one_small_part_hides_the_others_and_the_empty_ones() -> None:
    assert shown((2, 0, 9)) == (Hidden.PROTECTING,) * 3
