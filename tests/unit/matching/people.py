"""Invented people, vacancies and a vocabulary for the tests of the engine; seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.enums import Evidence
from matching.outside import outside_of
from matching.parameters import Parameters, load
from matching.points import in_months
from matching.pool import Pool
from matching.ranking import rank
from matching.types import (
    LanguageAsked,
    OccupationHeld,
    Profile,
    Ranking,
    Requirement,
    Verdict,
    Vocabulary,
)
from matching.vocabulary import build_vocabulary

PARAMETERS: Parameters = load("2026-01")
START = date(2027, 4, 1).toordinal()
END = date(2027, 8, 31).toordinal()
CODES = ("9211", "9212", "9213", "9214", "6111", "6112", "5322", "5321", "7212", "7112", "8332",
         "0110")  # fmt: skip
SKILLS = tuple(f"s{i}" for i in range(40))
LANGUAGES = ("ka", "en", "de", "ru", "he")
LICENCES = ("B", "C", "CE", "welding-111")
OUTSIDE = ("scheme_age", "held_elsewhere")


def _vocabulary() -> Vocabulary:
    """40 skills in 10 groups of 4 broader groups; a few stand alone, some are essential."""
    rng = random.Random(5)
    group = {skill: f"g{i % 10}" for i, skill in enumerate(SKILLS[:36])}
    broader = {f"g{i}": f"b{i % 4}" for i in range(9)}
    essential = {code: frozenset(rng.sample(SKILLS, 6)) for code in CODES[:9]}
    return build_vocabulary(group, broader, essential, PARAMETERS)


VOCABULARY = _vocabulary()


def synthetic_people(count: int, seed: int = 1) -> list[Profile]:
    """People with gaps everywhere and many ties."""
    rng = random.Random(seed)
    return [_person(rng, i) for i in rng.sample(range(1, count * 3), count)]


def _person(rng: random.Random, person: int) -> Profile:
    def some(chance: float, value: int) -> int | None:
        return value if rng.random() < chance else None

    def evidence() -> Evidence:
        return rng.choice(list(Evidence))

    return Profile(
        person=person,
        registered=START - rng.randint(100, 130),
        occupations=tuple(
            OccupationHeld(
                rng.choice(CODES), rng.choice([None, 0.0, 0.5, 1.0, 2.5, 3.3, 8.0]), evidence()
            )
            for _ in range(rng.choice([0, 1, 1, 2, 3]))
        ),
        skills={s: evidence() for s in rng.sample(SKILLS, rng.choice([0, 0, 1, 3, 6]))},
        languages={
            language: (rng.randint(1, 7), evidence())
            for language in rng.sample(LANGUAGES, rng.choice([0, 1, 2, 3]))
        },
        licences={code: evidence() for code in rng.sample(LICENCES, rng.choice([0, 1, 2]))},
        education=some(0.8, rng.randint(0, 8)),
        available_from=some(0.7, START + rng.randint(-60, 40)),
        available_to=some(0.5, END + rng.randint(-40, 60)),
        desired_countries=frozenset(rng.sample(("DE", "IL", "PL"), rng.choice([0, 1, 2, 3]))),
        passport_valid_until=some(0.7, END + rng.randint(-200, 400)),
        outside={gate: Verdict(rng.choice([0, 1, 2, 2, 2])) for gate in rng.sample(OUTSIDE, 1)},
    )


def synthetic_vacancies(count: int, seed: int = 2) -> list[Requirement]:
    """Vacancies that ask for anything from nothing to everything."""
    rng = random.Random(seed)
    return [_vacancy(rng, i) for i in range(count)]


def _vacancy(rng: random.Random, number: int) -> Requirement:
    skills = rng.sample((*SKILLS, "unheard-of"), 9)
    return Requirement(
        vacancy=f"VAC-{number}",
        country=rng.choice(["DE", "IL", "DE", ""]),
        occupations=tuple(rng.sample(CODES, rng.choice([0, 1, 1, 2]))),
        experience_years=rng.choice([None, 0.0, 1.0, 2.0, 4.5]),
        skills_essential=tuple(skills[: rng.choice([0, 2, 4])]),
        skills_optional=tuple(skills[4 : 4 + rng.choice([0, 2, 4])]),
        languages=tuple(
            LanguageAsked(language, rng.randint(1, 5), rng.random() < 0.3)
            for language in rng.sample(LANGUAGES, rng.choice([0, 1, 2]))
        ),
        licences_required=tuple(rng.sample(LICENCES, rng.choice([0, 0, 1]))),
        licences_preferred=tuple(rng.sample(LICENCES, rng.choice([0, 1]))),
        education_min=rng.choice([None, None, 2, 3]),
        start=rng.choice([None, START, START]),
        end=rng.choice([None, END, END]),
        outside_gates=OUTSIDE if rng.random() < 0.5 else (),
    )


def profile(person: int = 1, **facts: Any) -> Profile:
    """A person with these facts and nothing else known."""
    return Profile(**({"person": person, "registered": START - 100} | facts))


def requirement(**asked: Any) -> Requirement:
    """A vacancy that asks for this and nothing else."""
    return Requirement(**({"vacancy": "VAC-1", "country": ""} | asked))


def stated(level: int) -> tuple[int, Evidence]:
    """A language level as the person said it."""
    return level, Evidence.STATED


def worked(code: str, years: float | None) -> OccupationHeld:
    """An occupation and its years."""
    return OccupationHeld(code, years)


def said(*names: str) -> dict[str, Evidence]:
    """Skills or licences as the person said them."""
    return dict.fromkeys(names, Evidence.STATED)


def months(person: Profile) -> Profile:
    """The person as a pool gives them back: whole months, occupations in order."""

    def order(held: OccupationHeld) -> tuple[object, ...]:
        return (
            held.code,
            -1 if held.years is None else held.years,
            list(Evidence).index(held.evidence),
        )

    held = [
        replace(o, years=None if o.years is None else in_months(o.years) / 12)
        for o in person.occupations
    ]
    return replace(person, occupations=tuple(sorted(held, key=order)), outside={})


def ranked(people: Sequence[Profile], vacancy: Requirement, **options: Any) -> Ranking:
    """The fast ranking of these people, each with their own verdicts from outside."""
    gates = outside_of(people)
    return rank(Pool(people), vacancy, VOCABULARY, PARAMETERS, outside=gates, **options)
