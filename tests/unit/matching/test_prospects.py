"""One person and many vacancies: to the point what each vacancy's own ranking says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matching.improvement import proposed_changes, what_would_raise
from matching.outside import outside_of, with_verdicts
from matching.pool import Pool
from matching.prospects import prospects
from matching.ranking import rank
from matching.types import Profile, Requirement
from tests.unit.matching.people import PARAMETERS, VOCABULARY, synthetic_people, synthetic_vacancies
from tests.unit.matching.test_promises import some_people
from tests.unit.matching.test_properties import vacancies

RULES = (VOCABULARY, PARAMETERS)
several = st.lists(vacancies(), max_size=4)


@given(some_people, several)
def test_a_person_stands_where_the_ranking_of_each_vacancy_has_them(
    crowd: list[Profile], asked: list[Requirement]
) -> None:
    pool, who, outside = Pool(crowd), crowd[0].person, outside_of(crowd)
    found = prospects(pool, who, asked, *RULES, outside=[outside] * len(asked)).vacancies
    for vacancy, prospect in zip(asked, found, strict=True):
        ranking = rank(pool, vacancy, *RULES, outside=outside)
        place = {c.person: (c.rank, c.points, c.low, c.high) for c in ranking.candidates}.get(who)
        assert prospect.ranked == len(ranking.candidates)
        if place is None:
            assert (who, prospect.failed) in [(e.person, e.gates) for e in ranking.excluded]
            assert prospect.rank is None
        else:
            assert place == (prospect.rank, prospect.points, prospect.low, prospect.high)
        raises = what_would_raise(pool, who, vacancy, *RULES, outside=outside)
        assert prospect.raises == raises


def test_a_change_tried_on_all_vacancies_brings_its_rank_in_each() -> None:
    crowd = synthetic_people(80, seed=11)
    asked, pool, seen = synthetic_vacancies(8, seed=12), Pool(crowd), 0
    for person in crowd[:6]:
        outside = outside_of(crowd)
        found = prospects(pool, person.person, asked, *RULES, outside=[outside] * len(asked))
        known = with_verdicts(pool.profile(person.person), outside)
        by_name = {  # every vacancy has the same gates from outside here
            repr(change.sentence): change.profile
            for vacancy in asked
            for change in reversed(proposed_changes(known, vacancy, *RULES))
        }
        for everywhere in found.changes:
            changed, after_it = pool.copy(), by_name[repr(everywhere.change)]
            changed.replace([after_it])
            outside = outside_of([after_it, *(p for p in crowd if p is not person)])
            for vacancy, promised in zip(asked, everywhere.ranks, strict=True):
                after = rank(changed, vacancy, *RULES, outside=outside).candidates
                assert {c.person: c.rank for c in after}.get(person.person) == promised
                seen += 1
    assert seen > 100


def test_without_vacancies_there_are_no_prospects() -> None:
    crowd = synthetic_people(3)
    found = prospects(Pool(crowd), crowd[0].person, [], *RULES)
    assert (found.vacancies, found.changes) == ((), ())
