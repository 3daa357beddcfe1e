"""A ranking as columns says what its lists say."""

from __future__ import annotations

import pytest

from domain.exceptions import NotFound
from matching.improvement import what_would_raise
from matching.outside import outside_of
from matching.pool import Pool
from matching.ranking import rank
from matching.reference import rank_one_by_one
from matching.types import Ranking, Requirement
from tests.unit.matching.people import (
    PARAMETERS,
    VOCABULARY,
    requirement,
    synthetic_people,
    synthetic_vacancies,
)

PEOPLE = synthetic_people(600)
POOL = Pool(PEOPLE)
OUTSIDE = outside_of(PEOPLE)
VACANCIES = (*synthetic_vacancies(5), requirement())


def check(ranking: Ranking) -> None:
    places = ranking.places
    listed = [(c.person, c.points, c.low, c.high, bool(c.flags)) for c in ranking.candidates]
    columns = (places.person, places.points, places.low, places.high, places.has_questions)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == listed
    first = [places.gates[gate] for gate in places.first_gate.tolist()]
    behind = [(e.person, e.gates[0]) for e in ranking.excluded]
    assert list(zip(places.excluded.tolist(), first, strict=True)) == behind
    for i in (0, len(listed) - 1) if listed else ():
        assert places.place_of(listed[i][0]) == i
    assert places.place_of(-5) is None


@pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda v: v.vacancy)
def test_columns_and_lists_agree(vacancy: Requirement) -> None:
    fast = rank(POOL, vacancy, VOCABULARY, PARAMETERS, explain_top=0, outside=OUTSIDE)
    check(fast)
    check(rank_one_by_one(PEOPLE, vacancy, VOCABULARY, PARAMETERS))


def test_several_profiles_are_those_of_each() -> None:
    pool = POOL.copy()
    pool.remove([PEOPLE[3].person])
    some = [person.person for person in PEOPLE[4:400:7]]
    assert pool.profiles(some) == {person: pool.profile(person) for person in some}
    assert PEOPLE[4].person in pool and PEOPLE[3].person not in pool
    with pytest.raises(NotFound):
        pool.profiles([PEOPLE[3].person])


def test_advice_is_the_same_with_the_ranking_at_hand() -> None:
    asked = (VACANCIES[0], VOCABULARY, PARAMETERS)
    ranking = rank(POOL, *asked, explain_top=0, outside=OUTSIDE)
    for candidate in ranking.candidates[5:8]:
        alone = what_would_raise(POOL, candidate.person, *asked, outside=OUTSIDE)
        assert alone == what_would_raise(
            POOL, candidate.person, *asked, outside=OUTSIDE, standing=ranking.standing
        )
