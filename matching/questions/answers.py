"""Answers to try: the best and the worst for a vacancy, and what others of the register said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from domain.enums import AskedFact, Evidence
from domain.values import NO_LICENCE
from matching.criteria import occupation, readiness
from matching.engine.jit import Array
from matching.engine.plan_layout import FLAG_NAMES
from matching.parameters import Parameters
from matching.pool import Pool
from matching.types import OccupationHeld, Profile, Requirement, Vocabulary
from matching.vocabulary import broader_of, group_of

FACTS: tuple[AskedFact, ...] = tuple(AskedFact(n.removesuffix("_unknown")) for n in FLAG_NAMES)
"""The fact behind each bit of `Standing.unknown`."""

OUTSIDE_FACTS: Mapping[str, AskedFact] = {
    "scheme_age": AskedFact.BIRTH_DATE,
    "scheme_citizenship": AskedFact.CITIZENSHIP,
}
"""Gates decided outside the engine that wait for a fact of the file."""

LOOKED_AT, ANSWERS = 600, 100
"""People of the register who are looked at, and most of their answers that are tried."""
_UNRELATED = ("2111", "5111", "8111", "3111", "1120", "4110")
_MOTHER_TONGUES = ("ka", "ru", "en")


@dataclass(frozen=True)
class Said:
    """What people of the register said about one fact, each answer with how many said it."""

    answers: Sequence[tuple[Any, int]]

    @cached_property
    def counts(self) -> Array:
        """How many said each."""
        return np.array([count for _, count in self.answers], np.int64)


def answer_of(profile: Profile, fact: AskedFact) -> Any:
    """What is known of this fact; None where it is not."""
    if fact is AskedFact.YEARS:
        return next((held.years for held in profile.occupations if held.years is not None), None)
    if fact is AskedFact.AVAILABILITY:
        dates = (profile.available_from, profile.available_to)
        return None if dates == (None, None) else dates
    value = getattr(profile, FIELDS[fact])
    return value if isinstance(value, int) else value or None


FIELDS = {
    AskedFact.OCCUPATIONS: "occupations",
    AskedFact.SKILLS: "skills",
    AskedFact.LANGUAGES: "languages",
    AskedFact.LICENCES: "licences",
    AskedFact.EDUCATION: "education",
    AskedFact.COUNTRIES: "desired_countries",
    AskedFact.PASSPORT: "passport_valid_until",
}


def said_in(pool: Pool) -> dict[AskedFact, Said]:
    """Known answers of a fixed part of the pool: every n-th person by id."""
    persons = pool.persons
    chosen = [persons[i] for i in _spread(len(persons), LOOKED_AT)]
    profiles = pool.profiles(chosen)
    found = {}
    for fact in FACTS:
        known = [answer_of(profiles[person], fact) for person in chosen]
        known = [answer for answer in known if answer is not None]
        some = [known[i] for i in _spread(len(known), ANSWERS)]
        counts = Counter(repr(_in_order(answer)) for answer in some)
        by_text = {repr(_in_order(answer)): answer for answer in some}
        found[fact] = Said([(by_text[text], n) for text, n in sorted(counts.items())])
    return found


def _spread(size: int, most: int) -> list[int]:
    return sorted(set(np.linspace(0, size - 1, min(size, most)).astype(int).tolist()))


def _in_order(answer: Any) -> Any:
    if isinstance(answer, Mapping):
        return sorted(answer.items())
    return sorted(answer) if isinstance(answer, frozenset) else answer


def extremes(
    fact: AskedFact, requirement: Requirement, vocabulary: Vocabulary, parameters: Parameters
) -> tuple[Any, ...]:
    """Answers that this vacancy would like best, and least, as they could really be given."""
    return tuple(_EXTREMES[fact](requirement, vocabulary, parameters))


def _occupations(asked: Requirement, words: Vocabulary, rules: Parameters) -> Iterator[Any]:
    years = asked.experience_years or 1.0
    for code in asked.occupations or _UNRELATED[:1]:
        yield (OccupationHeld(code, years),)
    for code in _UNRELATED:
        if not any(occupation.kinship(code, each, rules) for each in asked.occupations):
            yield (OccupationHeld(code, 1.0),)
            return


def _years(asked: Requirement, words: Vocabulary, rules: Parameters) -> Iterator[Any]:
    yield from (asked.experience_years or 1.0, 0.0)


def _skills(asked: Requirement, words: Vocabulary, rules: Parameters) -> Iterator[Any]:
    named = (*asked.skills_essential, *asked.skills_optional)
    yield dict.fromkeys(named, Evidence.STATED)
    near = {broader_of(group_of(skill, words), words) for skill in named}
    for skill in words.group:
        if broader_of(group_of(skill, words), words) not in near:
            yield {skill: Evidence.STATED}
            return


def _languages(asked: Requirement, words: Vocabulary, rules: Parameters) -> Iterator[Any]:
    by_level = sorted(asked.languages, key=lambda one: one.level)
    yield {one.language: (one.level, Evidence.STATED) for one in by_level}
    wanted = {one.language for one in by_level}
    for language in _MOTHER_TONGUES:
        if language not in wanted:
            yield {language: (7, Evidence.STATED)}
            return


def _licences(asked: Requirement, words: Vocabulary, rules: Parameters) -> Iterator[Any]:
    every = (*asked.licences_required, *asked.licences_preferred)
    yield dict.fromkeys(every, Evidence.STATED)
    yield {NO_LICENCE: Evidence.STATED}


def _education(asked: Requirement, words: Vocabulary, rules: Parameters) -> Iterator[Any]:
    yield from (asked.education_min or 0, 0)


def _availability(asked: Requirement, words: Vocabulary, rules: Parameters) -> Iterator[Any]:
    season = readiness.season(asked, rules)
    yield (season.start, season.end)
    yield (season.end + 1, None)


def _countries(asked: Requirement, words: Vocabulary, rules: Parameters) -> Iterator[Any]:
    yield frozenset({asked.country})
    yield frozenset({"DE" if asked.country != "DE" else "PL"})


def _passport(asked: Requirement, words: Vocabulary, rules: Parameters) -> Iterator[Any]:
    season = readiness.season(asked, rules)
    yield from (season.passport_until, season.start - 1)


_EXTREMES: Mapping[AskedFact, Callable[[Requirement, Vocabulary, Parameters], Iterable[Any]]] = {
    AskedFact.OCCUPATIONS: _occupations,
    AskedFact.YEARS: _years,
    AskedFact.SKILLS: _skills,
    AskedFact.LANGUAGES: _languages,
    AskedFact.LICENCES: _licences,
    AskedFact.EDUCATION: _education,
    AskedFact.AVAILABILITY: _availability,
    AskedFact.COUNTRIES: _countries,
    AskedFact.PASSPORT: _passport,
}
