"""What an officer is told adds up, and what is promised comes true."""

from __future__ import annotations

from typing import Any

import pytest

from domain.texts import Sentence
from matching import improvement
from matching.explanation import (
    exclusion_reasons,
    is_failed_gate,
    requirement_table,
    strongest_reasons,
    why_above,
)
from matching.gates import GATE_SENTENCES
from matching.improvement import proposed_changes, what_would_raise
from matching.outside import outside_of
from matching.pool import Pool
from matching.ranking import rank
from matching.reference import failed_gates
from matching.types import Improvement, LanguageAsked, Profile, Requirement, RequirementRow, Verdict
from tests.unit.matching.people import (
    END,
    PARAMETERS,
    START,
    VOCABULARY,
    profile,
    ranked,
    requirement,
    stated,
    synthetic_people,
    synthetic_vacancies,
    worked,
)

PEOPLE = synthetic_people(300, seed=4)
POOL = Pool(PEOPLE)
OUTSIDE = outside_of(PEOPLE)
BY_ID = {person.person: person for person in PEOPLE}
VACANCIES = synthetic_vacancies(10, seed=5)


def raises(people: list[Profile], person: int, vacancy: Requirement) -> tuple[Improvement, ...]:
    return what_would_raise(
        Pool(people), person, vacancy, VOCABULARY, PARAMETERS, outside=outside_of(people)
    )


def table(person: int, vacancy: Requirement) -> tuple[RequirementRow, ...]:
    return requirement_table(BY_ID[person], vacancy, VOCABULARY, PARAMETERS)


@pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda v: v.vacancy)
def test_rows_add_up_to_the_candidate(vacancy: Requirement) -> None:
    for candidate in rank(POOL, vacancy, VOCABULARY, PARAMETERS, outside=OUTSIDE).candidates:
        rows = table(candidate.person, vacancy)
        assert sum(row.points for row in rows) == candidate.points
        assert sum(row.low for row in rows) == candidate.low
        assert sum(row.high for row in rows) == candidate.high
        assert sum(row.points_max for row in rows) in (0, 1_000_000)


@pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda v: v.vacancy)
def test_rows_of_a_vacancy_are_the_same_for_everybody(vacancy: Requirement) -> None:
    shapes = {
        tuple((row.criterion, row.kind, row.points_max) for row in table(p.person, vacancy))
        for p in PEOPLE
    }
    assert len(shapes) == 1


@pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda v: v.vacancy)
def test_red_rows_are_exactly_the_failed_gates(vacancy: Requirement) -> None:
    for person in PEOPLE:
        rows = table(person.person, vacancy)
        failed = failed_gates(person, vacancy, PARAMETERS)
        assert any(is_failed_gate(row) for row in rows) == bool(failed)
        reasons = exclusion_reasons(person, vacancy, VOCABULARY, PARAMETERS)
        assert len(reasons) >= len(failed)


@pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda v: v.vacancy)
def test_there_is_always_a_reason_to_stand_above(vacancy: Requirement) -> None:
    order = rank(POOL, vacancy, VOCABULARY, PARAMETERS, outside=OUTSIDE).candidates
    for above, below in zip(order[:-1], order[1:], strict=True):
        said = why_above(table(above.person, vacancy), table(below.person, vacancy))
        assert 1 <= len(said) <= 4
        assert sum(line.points for line in said) == above.points - below.points
        is_tie = above.points == below.points
        assert is_tie == str(said[0].sentence).startswith("Equal points")
        assert is_tie or said[0].points > 0
        if is_tie:
            assert ("certain" in str(said[0].sentence)) == (above.low > below.low)


def test_sentence_about_a_language_is_the_officers() -> None:
    vacancy = requirement(languages=(LanguageAsked("de", 2),))
    german = profile(languages={"de": stated(3)})
    (row,) = requirement_table(german, vacancy, VOCABULARY, PARAMETERS)
    assert (str(row.asked), str(row.has), row.status.value) == ("de A2", "de B1", "met")
    (candidate,) = rank(Pool([german]), vacancy, VOCABULARY, PARAMETERS).candidates
    assert str(candidate.criteria[0].sentence) == "de B1, A2 asked"


def test_strongest_reasons_are_those_with_most_points() -> None:
    for candidate in rank(POOL, VACANCIES[0], VOCABULARY, PARAMETERS).candidates[:20]:
        said = strongest_reasons(candidate.criteria)
        others = [c.points for c in candidate.criteria if c not in said and c.credit is not None]
        assert len(said) <= 2
        assert all(c.points >= max(others, default=0) for c in said)
        assert all(isinstance(c.sentence, Sentence) for c in said)


@pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda v: v.vacancy)
def test_promised_score_and_rank_come_true(vacancy: Requirement) -> None:
    before = {c.person: c.points for c in ranked(PEOPLE, vacancy).candidates}
    for person in PEOPLE[:25]:
        changes = proposed_changes(person, vacancy, VOCABULARY, PARAMETERS)
        promised = raises(PEOPLE, person.person, vacancy)
        assert [p.change for p in promised] == [c.sentence for c in changes]
        for change, promise in zip(changes, promised, strict=True):
            people = [change.profile if p is person else p for p in PEOPLE]
            after = ranked(people, vacancy, explain_top=0).candidates
            found = next((c for c in after if c.person == person.person), None)
            if found is None:
                assert promise.rank is None
                continue
            assert (found.points, found.rank) == (promise.score, promise.rank)
            if person.person in before:
                assert promise.score > before[person.person]


SEASON = requirement(
    country="DE",
    occupations=("9211",),
    experience_years=2.0,
    skills_essential=("s1", "s2"),
    languages=(LanguageAsked("de", 3, must=True), LanguageAsked("en", 2)),
    licences_required=("B",),
    licences_preferred=("C",),
    education_min=3,
    start=START,
    end=END,
    outside_gates=("held_elsewhere", "scheme_age"),
)


def test_each_failed_gate_says_what_opens_it() -> None:
    out = profile(
        languages={"de": stated(1)},
        licences={"C": stated(1)[1]},
        education=2,
        available_from=START + 60,
        desired_countries=frozenset({"IL"}),
        outside={"held_elsewhere": Verdict.FAILED},
    )
    opened = raises([out], 1, SEASON)
    gates = [found.opens_gate for found in opened]
    assert gates == [
        "language_below_must",
        "licence_missing",
        "education_below_min",
        "not_available",
        "country_not_wished",
        "held_elsewhere",
        None,
    ]
    assert all(found.rank is None for found in opened[:-1])  # five other gates stay shut
    assert (str(opened[-1].change), opened[-1].rank) == ("All of this together", 1)
    for found in opened:
        assert "{" not in str(found.change)


def test_single_failed_gate_opens_to_a_rank() -> None:
    out = profile(desired_countries=frozenset({"IL"}))
    (found,) = what_would_raise(Pool([out]), 1, requirement(country="DE"), VOCABULARY, PARAMETERS)
    assert (found.opens_gate, found.rank) == ("country_not_wished", 1)


def test_nobody_is_told_to_change_their_age() -> None:
    out = profile(outside={"scheme_age": Verdict.FAILED})
    assert raises([out], 1, SEASON) == ()


def test_unknown_facts_are_asked_for_first() -> None:
    vacancy = requirement(languages=(LanguageAsked("de", 3), LanguageAsked("en", 2)))
    (found,) = what_would_raise(Pool([profile()]), 1, vacancy, VOCABULARY, PARAMETERS)
    assert str(found.change).startswith("Ask about languages")
    assert (found.score, found.rank) == (1_000_000, 1)


@pytest.mark.parametrize(
    ("facts", "asked", "said"),
    [
        ({"languages": {"de": stated(2)}}, {"languages": (LanguageAsked("de", 4),)}, "Reach de B1"),
        ({"licences": {"B": stated(1)[1]}}, {"licences_preferred": ("C",)}, "Obtain: C"),
        ({}, {"licences_preferred": ("C",)}, "Ask about licences"),
        ({"occupations": (worked("9211", 1.0),)}, {"occupations": ("9211",),
         "experience_years": 2.0}, "One more year of work as: 9211"),
        ({"occupations": (worked("9211", None),)}, {"occupations": ("9211",),
         "experience_years": 2.0}, "Ask about years of work: if 2"),
        ({"occupations": (worked("5120", 1.0),)}, {"occupations": ("9211",),
         "experience_years": 2.0}, "One more year of work as: 9211"),
        ({}, {"occupations": ("9211",)}, "Ask about work: if 9211"),
        ({}, {"skills_essential": ("s1",)}, "Ask about skills"),
        ({"skills": {"s3": stated(1)[1]}}, {"skills_essential": ("s1",)}, "Ask about the skill"),
        ({"available_from": START, "available_to": END}, {"start": START, "end": END},
         "Ask for the passport"),
        ({"available_from": START, "available_to": END, "passport_valid_until": END},
         {"start": START, "end": END}, "Renew the passport"),
        ({"passport_valid_until": END + 90, "available_from": START + 9},
         {"start": START, "end": END}, "Is available"),
        ({"passport_valid_until": END + 90}, {"start": START, "end": END}, "Ask about availab"),
    ],
)  # fmt: skip
def test_change_is_the_smallest_real_one(
    facts: dict[str, Any], asked: dict[str, Any], said: str
) -> None:
    pool = Pool([profile(**facts)])
    found = what_would_raise(pool, 1, requirement(**asked), VOCABULARY, PARAMETERS)
    assert str(found[0].change).startswith(said)


def test_who_meets_everything_needs_no_change() -> None:
    perfect = profile(languages={"de": stated(5)}, occupations=(worked("9211", 9.0),))
    vacancy = requirement(
        languages=(LanguageAsked("de", 3),), occupations=("9211",), experience_years=2.0
    )
    assert what_would_raise(Pool([perfect]), 1, vacancy, VOCABULARY, PARAMETERS) == ()


def test_no_more_changes_are_shown_than_the_parameters_say() -> None:
    counts = [
        len(what_would_raise(POOL, p.person, v, VOCABULARY, PARAMETERS))
        for p in PEOPLE[:20]
        for v in VACANCIES
        if not failed_gates(p, v, PARAMETERS)
    ]
    assert max(counts) == PARAMETERS.improvements_shown


def test_every_opening_belongs_to_a_known_gate() -> None:
    assert set(improvement.OUTSIDE_OPENINGS) <= set(GATE_SENTENCES)


def test_a_fact_of_the_process_excludes_in_its_own_words() -> None:
    held = profile(1, outside={"held_elsewhere": Verdict.FAILED})
    vacancy = requirement(outside_gates=("held_elsewhere",))
    reasons = exclusion_reasons(held, vacancy, VOCABULARY, PARAMETERS)
    assert "Held for another employer" in [str(reason) for reason in reasons]
    assert not any("asked: Not held" in str(reason) for reason in reasons)
