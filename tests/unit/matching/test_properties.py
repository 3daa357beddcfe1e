"""What always holds of a ranking, whoever registers and whatever is asked."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.enums import Evidence
from matching.outside import outside_of
from matching.pool import Pool
from matching.ranking_rules import CRITERIA, points_by_criterion
from matching.reference import assess, failed_gates
from matching.top import top
from matching.types import (
    LanguageAsked,
    OccupationHeld,
    Profile,
    Requirement,
    Verdict,
)
from tests.unit.matching.people import (
    CODES,
    END,
    LANGUAGES,
    LICENCES,
    OUTSIDE,
    PARAMETERS,
    SKILLS,
    START,
    VOCABULARY,
    profile,
    ranked,
    requirement,
    said,
    stated,
    synthetic_people,
    synthetic_vacancies,
    worked,
)

evidence = st.sampled_from(list(Evidence))
levels = st.integers(1, 7)
years = st.none() | st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.3, 7.0])


def days(around: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(around - 120, around + 120)


def people() -> st.SearchStrategy[Profile]:
    return st.builds(
        Profile,
        person=st.integers(1, 10**6),
        registered=st.integers(START - 103, START - 100),
        occupations=st.lists(
            st.builds(OccupationHeld, st.sampled_from(CODES), years, evidence), max_size=3
        ).map(tuple),
        skills=st.dictionaries(st.sampled_from(SKILLS), evidence, max_size=5),
        languages=st.dictionaries(
            st.sampled_from(LANGUAGES), st.tuples(levels, evidence), max_size=3
        ),
        licences=st.dictionaries(st.sampled_from(LICENCES), evidence, max_size=2),
        education=st.none() | st.integers(0, 8),
        available_from=days(START),
        available_to=days(END),
        desired_countries=st.frozensets(st.sampled_from(["DE", "IL"])),
        passport_valid_until=days(END),
        outside=st.dictionaries(st.sampled_from(OUTSIDE), st.sampled_from(Verdict)),
    )


def crowds() -> st.SearchStrategy[list[Profile]]:
    return st.lists(people(), max_size=12, unique_by=lambda p: p.person)


def vacancies() -> st.SearchStrategy[Requirement]:
    return st.integers(0, 10**6).map(lambda seed: synthetic_vacancies(1, seed)[0])


def points(person: Profile, vacancy: Requirement) -> tuple[int, int, int]:
    """Low, points and high; gates aside."""
    criteria = assess(person, vacancy, VOCABULARY, PARAMETERS)
    return (
        sum(c.low for c in criteria),
        sum(c.points for c in criteria),
        sum(c.high for c in criteria),
    )


@settings(max_examples=150)
@given(people(), vacancies())
def test_scan_gives_the_points_that_the_rules_define(person: Profile, vacancy: Requirement) -> None:
    # What is said below of points and of ranks is so said of the compiled scan.
    found = top(Pool([person]), vacancy, VOCABULARY, PARAMETERS, k=1, outside=outside_of([person]))
    if failed_gates(person, vacancy, PARAMETERS):
        assert found.persons.size == 0
        return
    told = (int(found.low[0]), int(found.points[0]), int(found.high[0]))
    assert told == points(person, vacancy)


@given(people(), people(), vacancies())
def test_a_criterion_looks_at_its_own_facts_only(
    person: Profile, other: Profile, vacancy: Requirement
) -> None:
    # What is tried out on somebody assesses only the criteria whose facts it changes.
    budget = points_by_criterion(vacancy, PARAMETERS)
    for criterion in CRITERIA:
        if criterion.name in budget:
            own = {name: getattr(person, name) for name in criterion.facts}
            rules = (vacancy, budget[criterion.name], VOCABULARY, PARAMETERS)
            changed = criterion.assess(replace(other, **own), *rules)
            assert changed == criterion.assess(person, *rules)


@given(crowds(), people(), vacancies())
def test_newcomer_moves_the_best_down_and_never_past_each_other(
    crowd: list[Profile], newcomer: Profile, vacancy: Requirement
) -> None:
    pool = Pool([p for p in crowd if p.person != newcomer.person])
    gates = outside_of([*crowd, newcomer])
    rules = (vacancy, VOCABULARY, PARAMETERS)
    before = top(pool, *rules, k=5, outside=gates).persons.tolist()
    pool.replace([newcomer])
    after = top(pool, *rules, k=5, outside=gates).persons.tolist()
    others = [person for person in after if person != newcomer.person]
    assert others == before[: len(others)]


@given(crowds(), vacancies())
def test_score_lies_within_its_range(crowd: list[Profile], vacancy: Requirement) -> None:
    for candidate in ranked(crowd, vacancy).candidates:
        assert 0 <= candidate.low <= candidate.points <= candidate.high <= 1_000_000
        assert 0 <= candidate.score <= 100


@given(crowds(), vacancies())
def test_everybody_is_ranked_or_excluded_once(crowd: list[Profile], vacancy: Requirement) -> None:
    ranking = ranked(crowd, vacancy)
    seen = [c.person for c in ranking.candidates] + [e.person for e in ranking.excluded]
    assert sorted(seen) == sorted(p.person for p in crowd)
    assert sum(ranking.excluded_by_gate.values()) == len(ranking.excluded)
    assert [c.rank for c in ranking.candidates] == list(range(1, len(ranking.candidates) + 1))


@given(crowds(), vacancies(), st.randoms(use_true_random=False))
def test_order_of_input_changes_nothing(
    crowd: list[Profile], vacancy: Requirement, rng: random.Random
) -> None:
    shuffled = [
        replace(
            person,
            occupations=tuple(rng.sample(person.occupations, len(person.occupations))),
            skills=dict(rng.sample(list(person.skills.items()), len(person.skills))),
        )
        for person in rng.sample(crowd, len(crowd))
    ]
    a, b = (ranked(people, vacancy, explain_top=99) for people in (crowd, shuffled))
    assert tuple(a.candidates) == tuple(b.candidates)
    assert tuple(a.excluded) == tuple(b.excluded)


@given(crowds(), people(), vacancies())
def test_added_person_never_swaps_two_others(
    crowd: list[Profile], newcomer: Profile, vacancy: Requirement
) -> None:
    crowd = [p for p in crowd if p.person != newcomer.person]
    before = [(c.person, c.points) for c in ranked(crowd, vacancy).candidates]
    after = [(c.person, c.points) for c in ranked([*crowd, newcomer], vacancy).candidates]
    assert [entry for entry in after if entry[0] != newcomer.person] == before


@given(crowds(), vacancies())
def test_order_is_score_then_low_then_registration_then_id(
    crowd: list[Profile], vacancy: Requirement
) -> None:
    registered = {p.person: p.registered for p in crowd}
    keys = [
        (-c.points, -c.low, registered[c.person], c.person)
        for c in ranked(crowd, vacancy).candidates
    ]
    assert keys == sorted(keys)


def more_of_what_is_asked(person: Profile, vacancy: Requirement) -> list[Profile]:
    """The person with one thing more that the vacancy asks for; lists stay non-empty lists."""
    better = []
    for asked in vacancy.languages:
        held, known = person.languages.get(asked.language, (0, Evidence.STATED))
        if person.languages and held < 7:
            more = {**person.languages, asked.language: (held + 1, known)}
            better.append(replace(person, languages=more))
    if person.skills or person.occupations:
        for skill in (*vacancy.skills_essential, *vacancy.skills_optional):
            better.append(replace(person, skills={**person.skills, **said(skill)}))
    if person.licences:
        for code in (*vacancy.licences_required, *vacancy.licences_preferred):
            better.append(replace(person, licences={**person.licences, **said(code)}))
    if person.occupations:
        better += [
            replace(person, occupations=(*person.occupations, worked(code, 3.0)))
            for code in vacancy.occupations
        ]
        longer = tuple(
            replace(held, years=None if held.years is None else held.years + 1)
            for held in person.occupations
        )
        better.append(replace(person, occupations=longer))
    if person.passport_valid_until is not None:
        later = person.passport_valid_until + 50
        better.append(replace(person, passport_valid_until=later))
    if person.education is not None and person.education < 8:
        better.append(replace(person, education=person.education + 1))
    if person.desired_countries and vacancy.country:
        wished = person.desired_countries | {vacancy.country}
        better.append(replace(person, desired_countries=wished))
    return better


@settings(max_examples=60)
@given(crowds(), people(), vacancies())
def test_more_of_what_is_asked_never_lowers_a_rank(
    crowd: list[Profile], person: Profile, vacancy: Requirement
) -> None:
    others = [p for p in crowd if p.person != person.person]

    def place(one: Profile) -> int:
        candidates = ranked([*others, one], vacancy).candidates
        return next((c.rank for c in candidates if c.person == one.person), 10**6)

    now = place(person)
    for better in more_of_what_is_asked(person, vacancy):
        pairs = zip(points(person, vacancy), points(better, vacancy), strict=True)
        assert all(after >= before for before, after in pairs)
        assert place(better) <= now


@given(people(), vacancies())
def test_unknown_is_between_not_met_and_met(person: Profile, vacancy: Requirement) -> None:
    best = max(vacancy.languages, key=lambda a: a.level, default=None)
    triples = [
        (
            replace(person, languages={a.language: stated(7) for a in vacancy.languages}),
            replace(person, languages={}),
            replace(person, languages={"zz": stated(7)}),
        )
        if best
        else (person, person, person),
        (
            replace(person, licences=said(*LICENCES)),
            replace(person, licences={}),
            replace(person, licences=said("none-asked")),
        ),
        (
            replace(person, passport_valid_until=END + 1000),
            replace(person, passport_valid_until=None),
            replace(person, passport_valid_until=START - 500),
        ),
        (
            replace(person, available_from=1, available_to=END + 1000),
            replace(person, available_from=None, available_to=None),
            replace(person, available_from=END + 500, available_to=END + 900),
        ),
    ]
    asked = (*vacancy.skills_essential, *vacancy.skills_optional)
    bare = replace(person, occupations=())
    triples.append(
        (
            replace(bare, skills=said(*asked)),
            replace(bare, skills={}),
            replace(bare, skills=said("none-asked")),
        )
    )
    if vacancy.occupations:
        code = vacancy.occupations[0]
        skilled = replace(person, skills=said("none-asked"))
        alone = replace(vacancy, skills_essential=(), skills_optional=())
        many = [points(replace(skilled, occupations=o), alone)[1] for o in _held(code)]
        assert many == sorted(many, reverse=True)
    for met, unknown, not_met in triples:
        gained = [points(one, vacancy)[1] for one in (met, unknown, not_met)]
        assert gained == sorted(gained, reverse=True)


def _held(code: str) -> tuple[tuple[OccupationHeld, ...], ...]:
    """The occupation with all years, nothing known, and another one in its place."""
    return (worked(code, 40.0),), (), (worked("x" + code[1:], 40.0),)


def test_who_meets_everything_has_full_points() -> None:
    vacancy = requirement(
        country="DE",
        occupations=("9211",),
        experience_years=2.0,
        skills_essential=("s1",),
        skills_optional=("s2",),
        languages=(LanguageAsked("de", 3, must=True),),
        licences_preferred=("C",),
        start=START,
        end=END,
    )
    perfect = profile(
        occupations=(worked("9211", 2.0),),
        skills=said("s1", "s2"),
        languages={"de": stated(3)},
        licences=said("C"),
        available_from=START,
        available_to=END,
        passport_valid_until=END + 90,
        desired_countries=frozenset({"DE"}),
    )
    assert points(perfect, vacancy) == (1_000_000,) * 3
    assert ranked([perfect], vacancy).candidates[0].flags == ()


@given(vacancies())
def test_criteria_not_asked_drop_out_and_the_others_keep_their_proportion(
    vacancy: Requirement,
) -> None:
    shares = points_by_criterion(vacancy, PARAMETERS)
    assert set(shares) == {c.name for c in CRITERIA if c.is_asked(vacancy)}
    assert sum(shares.values()) in (0, 1_000_000)
    whole = sum(PARAMETERS.weights[name] for name in shares)
    for name, share in shares.items():
        assert abs(share - 1_000_000 * PARAMETERS.weights[name] / whole) < 1


def test_profile_has_no_protected_field() -> None:
    names = {field.name for field in fields(Profile)}
    for word in ("sex", "gender", "age", "birth", "name", "region", "municipality", "nation",
                 "citizen", "family", "marital", "children", "religion", "photo"):  # fmt: skip
        assert not any(word in name.replace("languages", "") for name in names), word


# Metamorphic: two vacancies or two people that differ in one thing.


@pytest.mark.parametrize("held", range(1, 8))
@pytest.mark.parametrize("asked", range(1, 7))
def test_harder_language_never_scores_above_its_easier_twin(held: int, asked: int) -> None:
    seeker = profile(languages={"de": stated(held)})
    easy = requirement(languages=(LanguageAsked("de", asked), LanguageAsked("en", 2)))
    for harder in range(asked + 1, 7):
        hard = requirement(languages=(LanguageAsked("de", harder), LanguageAsked("en", 2)))
        assert points(seeker, hard)[1] <= points(seeker, easy)[1]


@given(crowds(), vacancies())
def test_lower_requirement_never_removes_a_candidate(
    crowd: list[Profile], vacancy: Requirement
) -> None:
    lower = replace(
        vacancy,
        languages=tuple(replace(a, level=max(1, a.level - 1)) for a in vacancy.languages),
        education_min=vacancy.education_min and vacancy.education_min - 1,
        licences_required=(),
    )
    before = {c.person for c in ranked(crowd, vacancy).candidates}
    assert before <= {c.person for c in ranked(crowd, lower).candidates}


def test_missing_level_is_neither_zero_nor_a_pass() -> None:
    vacancy = requirement(languages=(LanguageAsked("de", 1, must=True),))
    silent, reached, other = (
        profile(languages=languages) for languages in ({}, {"de": stated(1)}, {"en": stated(7)})
    )
    assert points(other, vacancy)[1] < points(silent, vacancy)[1] < points(reached, vacancy)[1]
    assert failed_gates(silent, vacancy, PARAMETERS) == ()
    assert failed_gates(other, vacancy, PARAMETERS) == ("language_below_must",)
    (candidate,) = ranked([silent], vacancy).candidates
    assert candidate.flags == ("languages_unknown",)
    assert (candidate.low, candidate.points, candidate.high) == (0, 400_000, 1_000_000)


def test_language_changes_only_the_vacancies_that_name_it() -> None:
    crowd = synthetic_people(60, seed=8)
    for vacancy in synthetic_vacancies(12, seed=8):
        if any(asked.language == "ru" for asked in vacancy.languages):
            continue
        swapped = [
            replace(p, languages={**p.languages, "ru": stated(7)}) if p.languages else p
            for p in crowd
        ]
        assert ranked(swapped, vacancy).candidates == ranked(crowd, vacancy).candidates


@given(people(), vacancies())
def test_asking_for_a_skill_twice_changes_nothing(person: Profile, vacancy: Requirement) -> None:
    twice = replace(
        vacancy,
        skills_essential=vacancy.skills_essential * 2,
        skills_optional=(*vacancy.skills_optional, *vacancy.skills_essential),
    )
    assert points(person, twice) == points(person, vacancy)


@given(people(), vacancies())
def test_how_a_fact_is_known_changes_no_points(person: Profile, vacancy: Requirement) -> None:
    proven = replace(
        person,
        skills=dict.fromkeys(person.skills, Evidence.CERTIFICATE),
        languages={k: (v[0], Evidence.TESTED) for k, v in person.languages.items()},
    )
    assert points(proven, vacancy) == points(person, vacancy)
