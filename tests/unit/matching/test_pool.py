"""A pool follows its people, and a stored one comes back the same."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from domain.exceptions import InvalidInput, NotFound
from matching.engine.blocks import BLOCK
from matching.engine.columns import FactColumn
from matching.engine.numbering import LISTS
from matching.engine.profiles import columns_of
from matching.outside import OutsideGate
from matching.pool import Pool
from matching.ranking import rank
from tests.unit.matching.people import (
    PARAMETERS,
    VOCABULARY,
    months,
    profile,
    synthetic_people,
    synthetic_vacancies,
)

PEOPLE = synthetic_people(300, seed=9)
MANY = synthetic_people(3_000, seed=10)
VACANCY = synthetic_vacancies(1)[0]


def test_profile_comes_back_as_it_went_in() -> None:
    pool = Pool(PEOPLE)
    assert pool.persons == tuple(sorted(p.person for p in PEOPLE))
    for person in PEOPLE:
        assert pool.profile(person.person) == months(person)


def test_columns_in_any_order_make_the_same_pool() -> None:
    people = columns_of(PEOPLE)
    rng = np.random.default_rng(3)

    def shuffled(facts: FactColumn) -> FactColumn:
        order = rng.permutation(len(facts))
        names = (*(f"unused-{i}" for i in range(3)), *facts.names[::-1])
        return FactColumn(
            facts.row[order],
            (len(names) - 1 - facts.name[order]).astype(np.int32),
            names,
            facts.value[order],
            facts.evidence[order],
        )

    lists: dict[str, Any] = {name: shuffled(getattr(people, name)) for name in LISTS}
    pool = Pool.from_columns(replace(people, **lists))
    assert pool.sha256() == Pool(PEOPLE).sha256()
    assert [pool.profile(p) for p in pool.persons] == [
        Pool(PEOPLE).profile(p) for p in pool.persons
    ]


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


def test_blocks_come_back_and_do_not_depend_on_the_order() -> None:
    pool, shuffled = Pool(MANY), Pool(random.Random(1).sample(MANY, len(MANY)))
    assert len(pool.blocks()) > 1
    assert pool.blocks() == shuffled.blocks() and pool.sha256() == shuffled.sha256()
    stored = [pool.block_bytes(block) for block in pool.blocks()]
    assert stored == [shuffled.block_bytes(block) for block in shuffled.blocks()]
    back = Pool.from_blocks(reversed(stored))
    assert back.blocks() == pool.blocks()
    assert [back.profile(p) for p in back.persons] == [pool.profile(p) for p in pool.persons]


def test_only_the_block_of_a_changed_person_gets_another_name() -> None:
    pool = Pool(MANY)
    before = pool.blocks()
    someone = MANY[7]
    pool.replace([replace(someone, education=8 if someone.education != 8 else 7)])
    after = pool.blocks()
    assert [b for b in before if before[b] != after[b]] == [someone.person // BLOCK]
    pool.replace([someone])
    assert pool.blocks() == before
    alone = [p.person for p in MANY if p.person // BLOCK == someone.person // BLOCK]
    pool.remove(alone)
    assert set(before) - set(pool.blocks()) == {someone.person // BLOCK}


def test_nobody_has_no_blocks() -> None:
    assert Pool().blocks() == {} and len(Pool.from_blocks([])) == 0


@pytest.mark.parametrize("at", [0, 10, 60, -1])
def test_damaged_block_is_refused(at: int) -> None:
    pool = Pool(PEOPLE)
    (block,) = pool.blocks()
    stored = bytearray(pool.block_bytes(block))
    stored[at] ^= 1
    with pytest.raises(InvalidInput):
        Pool.from_blocks([bytes(stored)])


def test_block_that_is_there_twice_is_refused() -> None:
    pool = Pool(PEOPLE)
    stored = [pool.block_bytes(block) for block in pool.blocks()]
    with pytest.raises(InvalidInput):
        Pool.from_blocks(stored * 2)


def test_unknown_person_is_not_found() -> None:
    with pytest.raises(NotFound):
        Pool([profile(3)]).profile(4)


def test_person_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        Pool([profile(3), profile(3)])


def test_gate_decided_outside_excludes_whom_it_names_and_changes_no_state() -> None:
    vacancy = replace(VACANCY, outside_gates=("held_elsewhere", "scheme_age"))
    pool = Pool(PEOPLE)
    name = pool.sha256()
    free = rank(pool, vacancy, VOCABULARY, PARAMETERS).candidates
    held, unclear = free[0].person, free[1].person
    gates = {
        "held_elsewhere": OutsideGate.of(failed=[held, 10**9]),
        "scheme_age": OutsideGate.of(unknown=[unclear]),
    }
    ranking = rank(pool, vacancy, VOCABULARY, PARAMETERS, outside=gates)
    assert (held, ("held_elsewhere",)) in [(e.person, e.gates) for e in ranking.excluded]
    assert [c.person for c in ranking.candidates] == [c.person for c in free[1:]]
    assert "scheme_age_unknown" in ranking.candidates[0].flags
    assert pool.sha256() == name
