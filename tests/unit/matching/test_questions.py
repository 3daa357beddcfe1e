"""Questions worth asking: each promise holds when it is tried out one by one."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.enums import AskedFact
from domain.records.questions import PossibleMove
from matching import gates
from matching.outside import outside_of
from matching.pool import Pool
from matching.questions.answers import FACTS, OUTSIDE_FACTS, extremes, said_in
from matching.questions.trials import fields_of
from matching.questions.worth import OpenList, Question, questions_worth_asking
from matching.reference import assess, failed_gates
from matching.types import Profile, Requirement
from tests.unit.matching.people import (
    PARAMETERS,
    VOCABULARY,
    profile,
    requirement,
    synthetic_people,
    synthetic_vacancies,
)

PEOPLE = synthetic_people(45)
VACANCIES = synthetic_vacancies(4)
PLACES = 4
Key = tuple[int, int, int, int]


def with_answer(person: Profile, fact: AskedFact, answer: Any) -> Profile:
    if fact is AskedFact.YEARS:
        held = tuple(replace(o, years=answer) if o.years is None else o for o in person.occupations)
        return replace(person, occupations=held)
    values = answer if fact is AskedFact.AVAILABILITY else (answer,)
    return replace(person, **dict(zip(fields_of(fact), values, strict=True)))


def key_of(person: Profile, asked: Requirement) -> Key | None:
    """Smaller is better; None behind a gate."""
    if failed_gates(person, asked, PARAMETERS):
        return None
    criteria = assess(person, asked, VOCABULARY, PARAMETERS)
    points, low = sum(c.points for c in criteria), sum(c.low for c in criteria)
    return -points, -low, person.registered, person.person


def lists(vacancies: list[Requirement], people: list[Profile]) -> list[OpenList]:
    return [OpenList(each, PLACES, outside_of(people)) for each in vacancies]


def asked_of(people: list[Profile], vacancies: list[Requirement]) -> tuple[Question, ...]:
    return questions_worth_asking(Pool(people), lists(vacancies, people), VOCABULARY, PARAMETERS)


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    found = asked_of(PEOPLE, VACANCIES)
    assert len(found) > 15
    return found


NOW = {asked.vacancy: {p.person: key_of(p, asked) for p in PEOPLE} for asked in VACANCIES}
SAID = said_in(Pool(PEOPLE))


def rank_among_others(key: Key | None, person: int, asked: Requirement) -> int | None:
    others = NOW[asked.vacancy].items()
    return key and 1 + sum(k is not None and k < key and p != person for p, k in others)


def ranks(
    person: Profile, fact: AskedFact, asked: Requirement, answers: Sequence[Any]
) -> list[int | None]:
    """Tried out one by one."""
    keys = [key_of(with_answer(person, fact, answer), asked) for answer in answers]
    return [rank_among_others(key, person.person, asked) for key in keys]


def test_each_promise_holds_when_the_answer_is_given(questions: tuple[Question, ...]) -> None:
    people = {person.person: person for person in PEOPLE}
    asked = {vacancy.vacancy: vacancy for vacancy in VACANCIES}
    seen = {True: 0, False: 0}
    for question in questions:
        if question.fact in OUTSIDE_FACTS.values():
            continue
        for move in question.moves:
            person = people[question.person]
            vacancy, fact = asked[move.vacancy], question.fact
            now = rank_among_others(NOW[move.vacancy][person.person], person.person, vacancy)
            assert move.rank == now
            ideal = extremes(fact, vacancy, VOCABULARY, PARAMETERS)
            tried = ranks(person, fact, vacancy, [*ideal, *(a for a, _ in SAID[fact].answers)])
            inside = [rank for rank in tried if rank is not None]
            assert move.best == min(inside, default=None)
            assert move.worst == (None if len(inside) < len(tried) else max(inside))
            crosses = [(r is None or r > PLACES) != (now > PLACES) for r in tried[len(ideal) :]]
            share = int(SAID[fact].counts[crosses].sum())
            assert move.share == pytest.approx(share / question.said)
            seen[move.enters] += 1
    assert min(seen.values()) > 5


def test_nothing_that_could_change_a_place_is_left_out(questions: tuple[Question, ...]) -> None:
    listed = {(q.person, q.fact, m.vacancy) for q in questions for m in q.moves}
    for asked in VACANCIES:
        ranked = [person for person in PEOPLE if NOW[asked.vacancy][person.person]]
        for person in ranked:
            now = rank_among_others(NOW[asked.vacancy][person.person], person.person, asked)
            assert now is not None
            flags = gates.flags(person, asked, PARAMETERS)
            for fact in (f for f in FACTS if f"{f.value}_unknown" in flags):
                ideal = extremes(fact, asked, VOCABULARY, PARAMETERS)
                tried = ranks(person, fact, asked, ideal)
                if any((rank is None or rank > PLACES) != (now > PLACES) for rank in tried):
                    assert (person.person, fact, asked.vacancy) in listed


def test_nobody_is_asked_what_is_known(questions: tuple[Question, ...]) -> None:
    people = {person.person: person for person in PEOPLE}
    asked = {vacancy.vacancy: vacancy for vacancy in VACANCIES}
    gate_of = {fact: gate for gate, fact in OUTSIDE_FACTS.items()}
    for question in questions:
        flag = f"{gate_of.get(question.fact, question.fact.value)}_unknown"
        for move in question.moves:
            known = gates.flags(people[question.person], asked[move.vacancy], PARAMETERS)
            assert flag in known


def test_the_order_of_input_leaves_no_trace(questions: tuple[Question, ...]) -> None:
    people, vacancies = list(PEOPLE), list(VACANCIES)
    random.Random(3).shuffle(people)
    random.Random(4).shuffle(vacancies)
    assert asked_of(people, vacancies) == questions


def test_the_worthiest_comes_first(questions: tuple[Question, ...]) -> None:
    worth = [-1.0 if q.worth is None else q.worth for q in questions]
    assert worth == sorted(worth, reverse=True)
    for question in questions:
        shares = [move.share for move in question.moves if move.share is not None]
        assert question.worth is None or question.worth == pytest.approx(sum(shares), abs=1e-6)


def test_nobody_is_asked_where_all_is_decided() -> None:
    asked = replace(VACANCIES[0], outside_gates=())
    everybody = frozenset(person.person for person in PEOPLE)
    settled = OpenList(asked, PLACES, settled=everybody)
    assert questions_worth_asking(Pool(PEOPLE), [settled], VOCABULARY, PARAMETERS) == ()
    assert questions_worth_asking(Pool(), [OpenList(asked, 3)], VOCABULARY, PARAMETERS) == ()
    assert questions_worth_asking(Pool(PEOPLE), [], VOCABULARY, PARAMETERS) == ()


def test_without_known_answers_no_share_is_invented() -> None:
    asked = requirement(education_min=3, country="")
    people = [profile(person=i, desired_countries=frozenset({"DE"})) for i in (1, 2, 3)]
    found = questions_worth_asking(Pool(people), [OpenList(asked, 2)], VOCABULARY, PARAMETERS)
    assert [(q.person, q.fact, q.worth) for q in found] == [
        (1, AskedFact.EDUCATION, None),
        (2, AskedFact.EDUCATION, None),
    ]
    assert found[0].moves == (PossibleMove("VAC-1", 2, 1, 1, None, None),)
