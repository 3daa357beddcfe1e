"""Twins that differ in one thing: what must not matter changes nothing, what helps never hurts.

Synthetic people and vacancies, seeded. These are promises, not measurements: 1.0 or broken. The
`ranked` below is the product's own; the same promises are tests of the suite.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import fields, replace

import numpy as np

from bench.quality.run import Row
from domain.enums import Evidence
from matching.parameters import Parameters, load
from matching.pool import Pool
from matching.ranking import rank
from matching.types import LanguageAsked, OccupationHeld, Profile, Requirement
from matching.vocabulary import build_vocabulary

PEOPLE, VACANCIES = 200, 40
PARAMETERS: Parameters = load("2026-01")
VOCABULARY = build_vocabulary({}, {}, {}, PARAMETERS)
LANGUAGES = ("de", "en", "pl", "ru")
CODES = ("9211", "6111", "5120", "7212", "8332")
Crowd = list[Profile]


def _crowd(rng: random.Random) -> Crowd:
    return [
        Profile(
            person=number,
            registered=739_000 + rng.randrange(300),
            occupations=(OccupationHeld(rng.choice(CODES), float(rng.randrange(8))),),
            languages={
                language: (rng.randrange(1, 8), Evidence.STATED)
                for language in rng.sample(LANGUAGES, rng.randrange(3))
            },
        )
        for number in rng.sample(range(1, 10 * PEOPLE), PEOPLE)
    ]


def _vacancy(rng: random.Random, number: int) -> Requirement:
    asked = tuple(
        LanguageAsked(language, rng.randrange(1, 6), must=rng.random() < 0.3)
        for language in rng.sample(LANGUAGES, rng.randrange(1, 3))
    )
    return Requirement(
        f"V{number}", "DE", occupations=(rng.choice(CODES),), experience_years=2.0, languages=asked
    )


def ranked(crowd: Sequence[Profile], vacancy: Requirement) -> dict[int, int]:
    """person → place."""
    found = rank(Pool(crowd), vacancy, VOCABULARY, PARAMETERS, explain_top=0)
    return {candidate.person: candidate.rank for candidate in found.candidates}


Check = Callable[[random.Random, Crowd, Requirement], bool]


def higher_level_never_lowers_the_rank(
    rng: random.Random, crowd: Crowd, vacancy: Requirement
) -> bool:
    before = ranked(crowd, vacancy)
    chosen = rng.choice([p for p in crowd if p.person in before])
    raised = {
        language: (min(7, level + 1), known)
        for language, (level, known) in chosen.languages.items()
    }
    others = [p for p in crowd if p.person != chosen.person]
    after = ranked([*others, replace(chosen, languages=raised)], vacancy)
    return after[chosen.person] <= before[chosen.person]


def lower_requirement_removes_nobody(
    rng: random.Random, crowd: Crowd, vacancy: Requirement
) -> bool:
    eased = tuple(replace(asked, level=max(1, asked.level - 1)) for asked in vacancy.languages)
    return ranked(crowd, vacancy).keys() <= ranked(crowd, replace(vacancy, languages=eased)).keys()


def harder_twin_never_scores_above(rng: random.Random, crowd: Crowd, vacancy: Requirement) -> bool:
    def points(level: int) -> dict[int, int]:
        asked = (LanguageAsked("de", level),)
        found = rank(Pool(crowd), replace(vacancy, languages=asked), VOCABULARY, PARAMETERS)
        return {candidate.person: candidate.points for candidate in found.candidates}

    easy, hard = points(3), points(5)
    return all(hard[person] <= easy[person] for person in hard)


def missing_level_is_neither_zero_nor_a_pass(
    rng: random.Random, crowd: Crowd, vacancy: Requirement
) -> bool:
    asked = replace(vacancy, languages=(LanguageAsked("de", 3, must=True),))
    silent = replace(crowd[0], languages={})
    place = ranked([silent, *crowd[1:]], asked)
    reached = replace(silent, languages={"de": (3, Evidence.STATED)})
    return silent.person in place and (
        ranked([reached, *crowd[1:]], asked)[silent.person] <= place[silent.person]
    )


def other_language_changes_nothing(rng: random.Random, crowd: Crowd, vacancy: Requirement) -> bool:
    swapped = [
        replace(p, languages={**p.languages, "he": (7, Evidence.STATED)}) if p.languages else p
        for p in crowd
    ]
    return ranked(swapped, vacancy) == ranked(crowd, vacancy)


def order_of_input_changes_nothing(rng: random.Random, crowd: Crowd, vacancy: Requirement) -> bool:
    return ranked(rng.sample(crowd, len(crowd)), vacancy) == ranked(crowd, vacancy)


def nobody_is_known_by_name_sex_or_age(
    rng: random.Random, crowd: Crowd, vacancy: Requirement
) -> bool:
    """The engine has no field to put them in: swapping them cannot reach it."""
    words = ("sex", "gender", "age", "birth", "name", "nation", "citizen", "family", "region")
    known = [field.name.replace("languages", "") for field in fields(Profile)]
    return not any(word in name for word in words for name in known)


CHECKS: tuple[Check, ...] = (
    higher_level_never_lowers_the_rank,
    lower_requirement_removes_nobody,
    harder_twin_never_scores_above,
    missing_level_is_neither_zero_nor_a_pass,
    other_language_changes_nothing,
    order_of_input_changes_nothing,
    nobody_is_known_by_name_sex_or_age,
)


def rows() -> list[Row]:
    """A row a promise and one for all."""
    rng = random.Random(20_08)
    crowd = _crowd(rng)
    vacancies = [_vacancy(rng, number) for number in range(VACANCIES)]
    found = []
    for check in CHECKS:
        passed = np.array([check(rng, crowd, vacancy) for vacancy in vacancies], float)
        found.append(_row(f"metamorphic {check.__name__.replace('_', ' ')}", passed))
    found.append(_row("metamorphic", np.array([row["value"] for row in found])))
    return found


def _row(name: str, passed: np.ndarray) -> Row:
    value = float(passed.mean())
    return {
        "set": name,
        "group": "metamorphic",
        "metric": "passed",
        "method": "ours",
        "value": value,
        "low": value,
        "high": value,
        "queries": len(passed),
    }
