"""The fast path, the plain reference and an independent oracle return the same list."""

from __future__ import annotations

import pytest

from matching.outside import outside_of
from matching.pool import Pool
from matching.ranking import rank
from matching.reference import rank_one_by_one
from matching.types import Ranking, Requirement
from tests.unit.matching import oracle
from tests.unit.matching.people import (
    PARAMETERS,
    VOCABULARY,
    requirement,
    synthetic_people,
    synthetic_vacancies,
)

PEOPLE = synthetic_people(2_000)
POOL = Pool(PEOPLE)
OUTSIDE = outside_of(PEOPLE)
VACANCIES = (*synthetic_vacancies(16), requirement())


def numbers(ranking: Ranking) -> list[tuple[object, ...]]:
    return [(c.rank, c.person, c.points, c.low, c.high, c.flags) for c in ranking.candidates]


def test_nobody_registered_gives_an_empty_ranking() -> None:
    for vacancy in VACANCIES:
        ranking = rank(Pool(), vacancy, VOCABULARY, PARAMETERS)
        assert (ranking.pool, len(ranking.candidates), len(ranking.excluded)) == (0, 0, 0)
        assert ranking.excluded_by_gate == {}


@pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda v: v.vacancy)
def test_fast_path_is_the_reference(vacancy: Requirement) -> None:
    fast = rank(POOL, vacancy, VOCABULARY, PARAMETERS, explain_top=30, outside=OUTSIDE)
    slow = rank_one_by_one(PEOPLE, vacancy, VOCABULARY, PARAMETERS)
    assert numbers(fast) == numbers(slow)
    assert tuple(fast.excluded) == slow.excluded
    assert fast.excluded_by_gate == slow.excluded_by_gate
    assert [c.criteria for c in fast.candidates[:30]] == [c.criteria for c in slow.candidates[:30]]


@pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda v: v.vacancy)
def test_fast_path_is_the_oracle(vacancy: Requirement) -> None:
    fast = rank(POOL, vacancy, VOCABULARY, PARAMETERS, explain_top=0, outside=OUTSIDE)
    ranked = {candidate.person for candidate in fast.candidates}
    expected = oracle.ranked(PEOPLE, vacancy, VOCABULARY, PARAMETERS)
    assert [(c.person, c.points, c.low, c.high) for c in fast.candidates] == [
        entry for entry in expected if entry[0] in ranked
    ]


def test_there_are_ties_to_break() -> None:
    points = [c.points for c in rank(POOL, VACANCIES[0], VOCABULARY, PARAMETERS).candidates]
    assert len(set(points)) < len(points)
