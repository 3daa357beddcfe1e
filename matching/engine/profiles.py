"""Profiles as columns, and one person of the columns as a profile again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from domain.enums import Evidence
from matching.engine.columns import (
    NUMBER_TYPES,
    NUMBERS,
    UNKNOWN,
    FactColumn,
    PeopleColumns,
    tidy,
)
from matching.engine.numbering import LISTS
from matching.points import in_months
from matching.types import OccupationHeld, Profile

EVIDENCE = tuple(Evidence)
_STRENGTH = {evidence: place for place, evidence in enumerate(EVIDENCE)}


def columns_of(profiles: Sequence[Profile]) -> PeopleColumns:
    """The same people as columns; gates decided outside the engine are left out."""
    people = sorted(profiles, key=lambda profile: profile.person)
    numbers: dict[str, Any] = {
        name: np.array(
            [UNKNOWN if v is None else v for v in (getattr(p, name) for p in people)],
            NUMBER_TYPES[name],
        )
        for name in NUMBERS
    }
    lists: dict[str, Any] = {name: _facts(name, people) for name in LISTS}
    return tidy(PeopleColumns(**numbers, **lists))


def _facts(name: str, people: Sequence[Profile]) -> FactColumn:
    rows = [(row, *fact) for row, profile in enumerate(people) for fact in _named(name, profile)]
    names = tuple(sorted({row[1] for row in rows}))
    place = {text: i for i, text in enumerate(names)}
    return FactColumn(
        np.array([row[0] for row in rows], np.int32),
        np.array([place[row[1]] for row in rows], np.int32),
        names,
        np.array([row[2] for row in rows], np.int32),
        np.array([_STRENGTH[row[3]] for row in rows], np.uint8),
    )


def _named(name: str, profile: Profile) -> Iterable[tuple[str, int, Evidence]]:
    if name == "occupations":
        for held in profile.occupations:
            months = UNKNOWN if held.years is None else in_months(held.years)
            yield held.code, months, held.evidence
    elif name == "languages":
        for language, (level, evidence) in profile.languages.items():
            yield language, level, evidence
    elif name == "desired_countries":
        for country in profile.desired_countries:
            yield country, 0, EVIDENCE[0]
    else:
        for code, evidence in getattr(profile, name).items():
            yield code, 0, evidence


def profile_in(people: PeopleColumns, row: int) -> Profile:
    """One person again; facts in the order of their names."""

    def number(name: str) -> int | None:
        value = int(getattr(people, name)[row])
        return None if value == UNKNOWN else value

    facts = {name: sorted(_facts_of(getattr(people, name), row)) for name in LISTS}
    return Profile(
        person=int(people.person[row]),
        registered=int(people.registered[row]),
        occupations=tuple(
            OccupationHeld(code, None if months == UNKNOWN else months / 12, EVIDENCE[strength])
            for code, months, strength in facts["occupations"]
        ),
        skills={name: EVIDENCE[strength] for name, _, strength in facts["skills"]},
        languages={name: (level, EVIDENCE[e]) for name, level, e in facts["languages"]},
        licences={name: EVIDENCE[strength] for name, _, strength in facts["licences"]},
        education=number("education"),
        available_from=number("available_from"),
        available_to=number("available_to"),
        desired_countries=frozenset(name for name, _, _ in facts["desired_countries"]),
        passport_valid_until=number("passport_valid_until"),
    )


def _facts_of(column: FactColumn, row: int) -> Iterable[tuple[str, int, int]]:
    begin, end = np.searchsorted(column.row, [row, row + 1])
    for i in range(int(begin), int(end)):
        yield column.names[column.name[i]], int(column.value[i]), int(column.evidence[i])
