"""A pool follows its people, and a stored one comes back the same."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from domain.exceptions import InvalidInput, NotFound
from matching.pool import Pool
from matching.ranking import rank
from matching.types import OccupationHeld, Profile, Verdict
from tests.unit.matching.people import (
    PARAMETERS,
    VOCABULARY,
    profile,
    synthetic_people,
    synthetic_vacancies,
)

PEOPLE = synthetic_people(300, seed=9)
VACANCY = synthetic_vacancies(1)[0]


def as_stored(one: Profile) -> Profile:
    """Occupations are a set of facts: their order carries nothing."""

    def order(held: OccupationHeld) -> tuple[object, ...]:
        return held.code, -1 if held.years is None else held.years, held.evidence

    return replace(one, occupations=tuple(sorted(one.occupations, key=order)))


def test_profile_comes_back_as_it_went_in() -> None:
    pool = Pool(PEOPLE)
    assert pool.persons == tuple(sorted(p.person for p in PEOPLE))
    for person in PEOPLE:
        assert as_stored(pool.profile(person.person)) == as_stored(person)


def test_columns_of_a_database_make_the_same_pool() -> None:
    people = PEOPLE[:50]
    stranger = (10**9, "s1", "stated")
    pool = Pool.from_columns(
        person=[p.person for p in people],
        registered=[p.registered for p in people],
        education=[p.education for p in people],
        available_from=[p.available_from for p in people],
        available_to=[p.available_to for p in people],
        passport_valid_until=[p.passport_valid_until for p in people],
        occupations=[
            (p.person, o.code, o.years, o.evidence.value) for p in people for o in p.occupations
        ],
        skills=[(p.person, s, e.value) for p in people for s, e in p.skills.items()] + [stranger],
        languages=[
            (p.person, code, level, e.value)
            for p in people
            for code, (level, e) in p.languages.items()
        ],
        licences=[(p.person, code, e.value) for p in people for code, e in p.licences.items()],
        desired_countries=[(p.person, c) for p in people for c in p.desired_countries],
        outside=[(p.person, gate, int(v)) for p in people for gate, v in p.outside.items()],
    )
    assert pool.sha256() == Pool(people).sha256()


def test_changed_pool_equals_a_new_one() -> None:
    pool = Pool(PEOPLE[:200])
    rank(pool, VACANCY, VOCABULARY, PARAMETERS)
    changed = [replace(p, skills={}, education=8) for p in PEOPLE[150:200]]
    pool.replace([*changed, *PEOPLE[200:]])
    pool.remove([PEOPLE[0].person, PEOPLE[1].person, 10**9])
    expected = Pool([*PEOPLE[2:150], *changed, *PEOPLE[200:]])
    assert pool.sha256() == expected.sha256()
    fast, slow = (rank(p, VACANCY, VOCABULARY, PARAMETERS) for p in (pool, expected))
    assert fast.candidates == slow.candidates


def test_ranking_keeps_its_people_when_the_pool_changes() -> None:
    pool = Pool(PEOPLE)
    before = rank(pool, VACANCY, VOCABULARY, PARAMETERS)
    seen = tuple(before.candidates)
    pool.remove(pool.persons)
    assert tuple(before.candidates) == seen and len(pool) == 0


def test_snapshot_comes_back_and_does_not_depend_on_the_order() -> None:
    shuffled = random.Random(1).sample(PEOPLE, len(PEOPLE))
    snapshot = Pool(PEOPLE).to_bytes()
    assert Pool(shuffled).to_bytes() == snapshot
    back = Pool.from_bytes(snapshot)
    assert back.to_bytes() == snapshot
    a, b = (rank(p, VACANCY, VOCABULARY, PARAMETERS) for p in (back, Pool(PEOPLE)))
    assert a.candidates == b.candidates and a.excluded == b.excluded


def test_empty_pool_has_a_snapshot_too() -> None:
    assert len(Pool.from_bytes(Pool().to_bytes())) == 0


@pytest.mark.parametrize("at", [0, 10, 60, -1])
def test_damaged_snapshot_is_refused(at: int) -> None:
    snapshot = bytearray(Pool(PEOPLE).to_bytes())
    snapshot[at] ^= 1
    with pytest.raises(InvalidInput):
        Pool.from_bytes(bytes(snapshot))


def test_unknown_person_is_not_found() -> None:
    with pytest.raises(NotFound):
        Pool([profile(3)]).profile(4)


def test_person_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        Pool([profile(3), profile(3)])


def test_other_verdicts_change_only_the_gates_decided_outside() -> None:
    vacancy = replace(VACANCY, outside_gates=("held_elsewhere",))
    pool = Pool(PEOPLE)
    before = rank(pool, vacancy, VOCABULARY, PARAMETERS)
    held = before.candidates[0].person
    other = pool.with_outside([(held, "held_elsewhere", int(Verdict.FAILED))])
    expected = [
        replace(p, outside={"held_elsewhere": Verdict.FAILED} if p.person == held else {})
        for p in PEOPLE
    ]
    assert other.sha256() == Pool(expected).sha256()
    assert pool.sha256() == Pool(PEOPLE).sha256()
    assert held in [e.person for e in rank(other, vacancy, VOCABULARY, PARAMETERS).excluded]
