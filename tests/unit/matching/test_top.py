"""The best k are the head of the whole list, however the people are split, packed or changed."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import state
from matching.outside import NO_GATES, Outside, OutsideGate, outside_of
from matching.pool import Pool
from matching.ranking import rank
from matching.reference import rank_one_by_one
from matching.top import CRITERIA, Top, batch, merge_keys, scan_shards, top, tops_of
from matching.types import Profile, Requirement
from tests.unit.matching import oracle
from tests.unit.matching.people import (
    OUTSIDE,
    PARAMETERS,
    VOCABULARY,
    ranked,
    requirement,
    synthetic_people,
    synthetic_vacancies,
)

RULES = (VOCABULARY, PARAMETERS)
PEOPLE = synthetic_people(1_500, seed=21)
GATES = outside_of(PEOPLE)
VACANCIES = (*synthetic_vacancies(24, seed=22), requirement())


def best(people: Sequence[Profile], vacancy: Requirement, k: int) -> list[tuple[int, ...]]:
    return [(c.person, c.points, c.low, c.high) for c in ranked(people, vacancy).candidates[:k]]


def told(found: Top) -> list[tuple[int, ...]]:
    columns = (found.persons, found.points, found.low, found.high)
    return [tuple(row) for row in np.stack(columns, axis=1).tolist()]


@pytest.mark.parametrize("k", [1, 7, 100, 5_000])
def test_best_are_the_head_of_the_whole_list(k: int) -> None:
    pool = Pool(PEOPLE)
    for vacancy in VACANCIES:
        found = top(pool, vacancy, *RULES, k=k, outside=GATES)
        whole = rank(pool, vacancy, *RULES, explain_top=0, outside=GATES)
        assert told(found) == best(PEOPLE, vacancy, k)
        assert found.ranked == len(whole.candidates)
        assert found.excluded_by_gate == whole.excluded_by_gate


def test_parts_are_those_of_the_explanation_and_add_up() -> None:
    pool = Pool(PEOPLE)
    for vacancy in VACANCIES:
        found = top(pool, vacancy, *RULES, k=20, outside=GATES)
        explained = rank(pool, vacancy, *RULES, outside=GATES).candidates[:20]
        for part, candidate in zip(found.parts.tolist(), explained, strict=True):
            said = {c.name: [c.points, c.low, c.high] for c in candidate.criteria}
            assert part == [said.get(name, [0, 0, 0]) for name in CRITERIA]
        assert np.array_equal(
            found.parts.sum(axis=1), np.stack([found.points, found.low, found.high], axis=1)
        )


def test_three_ways_agree_on_ten_thousand_people_and_many_vacancies() -> None:
    people = synthetic_people(10_000, seed=23)
    pool, gates = Pool(people), outside_of(people)
    everybody = {person.person: person for person in people}
    vacancies = synthetic_vacancies(20, seed=24)
    many = batch(pool, vacancies, *RULES, k=200, outside=[gates] * len(vacancies))
    for vacancy, found in zip(vacancies, many, strict=True):
        # The oracle knows no gates: it ranks those whom the reference's gates let through.
        whole = rank(pool, vacancy, *RULES, explain_top=0, outside=gates)
        through = [everybody[c.person] for c in whole.candidates]
        assert told(found) == oracle.ranked(through, vacancy, *RULES)[:200]
        assert told(found) == [(c.person, c.points, c.low, c.high) for c in whole.candidates[:200]]
    fullest = max(vacancies, key=lambda v: len(v.skills_essential) + len(v.languages))
    for some, asked in ((people, [fullest]), (people[:600], vacancies)):
        for vacancy in asked:
            slow = rank_one_by_one(some, vacancy, *RULES).candidates
            fast = top(Pool(some), vacancy, *RULES, k=len(some), outside=outside_of(some))
            assert told(fast) == [(c.person, c.points, c.low, c.high) for c in slow]


def test_batch_is_one_vacancy_after_the_other_on_any_number_of_threads() -> None:
    pool = Pool(PEOPLE)
    gates: list[Outside] = [GATES if i % 2 else NO_GATES for i in range(len(VACANCIES))]
    single = [
        told(top(pool, v, *RULES, k=50, outside=o)) for v, o in zip(VACANCIES, gates, strict=True)
    ]
    for threads in (1, 2, 5):
        many = batch(pool, VACANCIES, *RULES, k=50, threads=threads, outside=gates)
        assert [told(found) for found in many] == single


def test_nobody_and_nothing_have_an_empty_answer() -> None:
    assert told(top(Pool(), VACANCIES[0], *RULES)) == []
    assert batch(Pool(PEOPLE), [], *RULES) == []
    with pytest.raises(ValueError, match="nobody"):
        top(Pool(), VACANCIES[0], *RULES, k=0)


def test_parts_of_the_people_merge_to_the_whole_in_any_order() -> None:
    rng = random.Random(4)
    for _ in range(3):
        place = [rng.randrange(4) for _ in PEOPLE]
        parts = [[p for p, i in zip(PEOPLE, place, strict=True) if i == of] for of in range(4)]
        keys = [
            scan_shards(Pool(some), VACANCIES, *RULES, k=30, outside=[GATES] * len(VACANCIES))
            for some in rng.sample(parts, 4)
        ]
        whole = scan_shards(Pool(PEOPLE), VACANCIES, *RULES, k=30, outside=[GATES] * len(VACANCIES))
        left = merge_keys([merge_keys(keys[:2]), merge_keys(keys[2:])])
        for merged in (left, merge_keys(keys)):
            assert np.array_equal(merged.key, whole.key)
            assert np.array_equal(merged.person, whole.person)
            found, expected = tops_of(merged, VACANCIES), tops_of(whole, VACANCIES)
            for a, b in zip(found, expected, strict=True):
                assert told(a) == told(b) and a.ranked == b.ranked
                assert np.array_equal(a.parts, b.parts)
                assert a.excluded_by_gate == b.excluded_by_gate


def test_many_ties_are_broken_by_registration_and_id() -> None:
    rng = random.Random(6)
    crowd = [
        Profile(person=i, registered=700_000 + rng.randrange(3))
        for i in rng.sample(range(900), 400)
    ]
    vacancy = requirement(occupations=("9211",))
    order = sorted(crowd, key=lambda p: (p.registered, p.person))
    for k in (1, 10, 399, 400):
        found = top(Pool(crowd), vacancy, *RULES, k=k)
        assert found.persons.tolist() == [p.person for p in order[:k]]


def changed(person: Profile, rng: random.Random) -> Profile:
    other = rng.choice(PEOPLE)
    return replace(other, person=person.person, registered=person.registered, outside={})


@settings(max_examples=12)
@given(st.integers(0, 10**6))
def test_changed_pool_answers_as_one_built_from_scratch(seed: int) -> None:
    rng = random.Random(seed)
    now = {p.person: replace(p, outside={}) for p in rng.sample(PEOPLE, 60)}
    pool = Pool(list(now.values()))
    vacancies = rng.sample(VACANCIES, 3)
    fresh = pool
    for _ in range(12):
        some = rng.sample(PEOPLE, rng.choice([1, 1, 5, 40]))
        if rng.random() < 0.3:
            pool.remove([p.person for p in some])
            now = {i: p for i, p in now.items() if i not in {p.person for p in some}}
        else:
            new = [changed(p, rng) for p in some]
            pool.replace(new)
            now |= {p.person: p for p in new}
        assert pool.persons == tuple(sorted(now))
        fresh = Pool(list(now.values()))
        for vacancy in vacancies:
            a, b = (top(each, vacancy, *RULES, k=25) for each in (pool, fresh))
            assert told(a) == told(b) and a.ranked == b.ranked
            assert a.excluded_by_gate == b.excluded_by_gate
    assert pool.blocks() == fresh.blocks() and pool.sha256() == fresh.sha256()
    assert [pool.profile(p) for p in pool.persons] == [fresh.profile(p) for p in fresh.persons]


def test_small_shards_are_joined_as_they_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "TAIL", 4)
    monkeypatch.setattr(state, "MIDDLE", 32)
    pool = Pool(PEOPLE[:200])
    for i in range(200, 500):
        pool.replace([PEOPLE[i], PEOPLE[i - 150]])
        assert len(pool.state.shards) <= 4
    fresh = Pool(PEOPLE[:500])
    assert pool.persons == fresh.persons and pool.blocks() == fresh.blocks()
    for vacancy in VACANCIES[:6]:
        a, b = (top(each, vacancy, *RULES, k=40) for each in (pool, fresh))
        assert told(a) == told(b)


def test_gate_from_outside_with_very_many_people_is_one_row() -> None:
    ids = [p.person for p in PEOPLE]
    vacancy = replace(VACANCIES[0], outside_gates=OUTSIDE)
    failed = ids[::2] + list(range(10**6, 10**6 + 40_000))
    gates = {"held_elsewhere": OutsideGate.of(failed=failed, unknown=ids[1::2])}
    pool = Pool(PEOPLE)
    pool.replace([PEOPLE[0]])  # a shard with ids from anywhere
    found = top(pool, vacancy, *RULES, k=len(ids), outside=gates)
    free = top(pool, vacancy, *RULES, k=len(ids))
    assert found.persons.tolist() == [p for p in free.persons.tolist() if p not in set(failed)]


def test_rankings_keep_their_state_while_others_write() -> None:
    pool = Pool(PEOPLE[:400])
    vacancies = VACANCIES[:4]
    stop, wrong = threading.Event(), []
    stable = [p.person for p in PEOPLE[:400]]

    def write() -> None:
        rng = random.Random(8)
        while not stop.is_set():
            guests = rng.sample(PEOPLE[400:], 5)
            pool.replace(guests)
            pool.remove([p.person for p in guests])

    def read() -> None:
        for _ in range(15):
            people = pool.copy()
            fresh = Pool([people.profile(p) for p in people.persons])
            for vacancy in vacancies:
                if told(top(people, vacancy, *RULES)) != told(top(fresh, vacancy, *RULES)):
                    wrong.append(vacancy.vacancy)
            if not set(stable) <= set(top(pool, requirement(), *RULES, k=900).persons.tolist()):
                wrong.append("somebody was away for a moment")

    writer = threading.Thread(target=write)
    readers = [threading.Thread(target=read) for _ in range(2)]
    writer.start()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    stop.set()
    writer.join()
    assert wrong == []


def test_person_takes_less_than_three_hundred_bytes() -> None:
    people = synthetic_people(4_000, seed=30)
    pool = Pool(people)
    for vacancy in VACANCIES:
        top(pool, vacancy, *RULES)
    assert pool.nbytes / len(people) < 300
