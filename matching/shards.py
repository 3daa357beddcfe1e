"""A shard: up to 65,536 people as packed rows, never changed once built.

The unit of cache, of update and of distribution: row numbers fit two bytes, and the sums of all
its people fit the processor's own cache while a vacancy is scanned.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matching.columns import LISTS, FactColumn, Int64s, PeopleColumns, take
from matching.jit import Array
from matching.numbering import Names, local_names, width
from matching.plan_layout import Facts, Inverted

MOST = 1 << 16
"""People in a shard."""

_CODES = 1 << 13
"""Languages, licences or countries that fit beside a level in two bytes."""


@dataclass(eq=False)
class Shard:
    """Rows in the order of ids."""

    facts: Facts
    skill: Array
    """uint16, or uint32 in a pool of more than 65,536 skills."""
    country: Array
    """uint16: country << 3."""
    evidence: dict[str, Array]
    """uint8 for each fact of a list."""
    names: Names
    rows_kept: dict[Any, Array] = field(default_factory=dict)
    """Bit rows of gates, made when a vacancy first asks for them."""
    inverted: tuple[object, Inverted] | None = None
    """The last lexicon and the postings by it."""
    guard: threading.RLock = field(default_factory=threading.RLock)

    def __len__(self) -> int:
        return len(self.facts.person)

    @property
    def words(self) -> int:
        """Length of a bit row."""
        return (len(self) + 63) // 64

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        held = [*self.facts, self.skill, self.country, *self.evidence.values()]
        held += self.rows_kept.values()
        held += self.inverted[1] if self.inverted else ()
        return sum(array.nbytes for array in held)

    def people(self, rows: Int64s) -> PeopleColumns:
        """Some of the people as columns again, rows ascending."""
        facts = self.facts
        packed: dict[str, tuple[Array, Array, int]] = {
            "occupations": (facts.work_ptr, facts.work, 16),
            "skills": (facts.skill_ptr, self.skill, 0),
            "languages": (facts.language_ptr, facts.language, 3),
            "licences": (facts.licence_ptr, facts.licence, 3),
            "desired_countries": (facts.country_ptr, self.country, 3),
        }
        lists: dict[str, Any] = {
            name: self._column(name, rows, *arrays) for name, arrays in packed.items()
        }
        registered, begins, ends, passport = facts.days[rows].T
        return PeopleColumns(
            facts.person[rows], registered, facts.education[rows], begins, ends, passport, **lists
        )

    def _column(self, name: str, rows: Int64s, ptr: Array, packed: Array, bits: int) -> FactColumn:
        counts = (ptr[rows + 1] - ptr[rows]).astype(np.int64)
        begins = np.cumsum(counts) - counts
        at = np.arange(counts.sum()) + np.repeat(ptr[rows] - begins, counts)
        held = packed[at].astype(np.int64)
        named, names = local_names(held >> bits, self.names.of[name])
        value = held & ((1 << bits) - 1)
        if name == "occupations":
            value -= 1  # months begin at 1, so that 0 can be "not stated"
        return FactColumn(
            np.repeat(np.arange(len(rows), dtype=np.int32), counts),
            named,
            names,
            value.astype(np.int32),
            self.evidence[name][at],
        )


def shards_of(people: PeopleColumns, names: Names) -> list[Shard]:
    """Pack people who are in the order of `tidy`."""
    if len(people) <= MOST:
        return [_shard(people, names)] if len(people) else []
    parts = [np.arange(i, min(i + MOST, len(people))) for i in range(0, len(people), MOST)]
    return [_shard(take(people, part), names) for part in parts]


def _shard(people: PeopleColumns, names: Names) -> Shard:
    columns: dict[str, FactColumn] = {name: getattr(people, name) for name in LISTS}
    number = {name: _numbers(names, name, column) for name, column in columns.items()}
    ptr = {name: _pointers(column, len(people)) for name, column in columns.items()}
    level = columns["languages"].value
    months = columns["occupations"].value + 1
    days = (
        people.registered,
        people.available_from,
        people.available_to,
        people.passport_valid_until,
    )
    facts = Facts(
        person=people.person,
        days=np.stack(days, axis=1).astype(np.int32),
        skill_ptr=ptr["skills"],
        work_ptr=ptr["occupations"],
        work=((number["occupations"] << 16) | months).astype(np.uint32),
        language_ptr=ptr["languages"],
        language=_narrow((number["languages"] << 3) | level),
        licence_ptr=ptr["licences"],
        licence=_narrow(number["licences"] << 3),
        country_ptr=ptr["desired_countries"],
        education=people.education.astype(np.int8),
    )
    return Shard(
        facts,
        number["skills"].astype(width(names.of["skills"])),
        _narrow(number["desired_countries"] << 3),
        {name: column.evidence for name, column in columns.items()},
        names,
    )


def _numbers(names: Names, name: str, column: FactColumn) -> Int64s:
    if not len(column):
        return np.zeros(0, np.int64)
    return names.of[name].numbers(column.names)[column.name]


def _pointers(column: FactColumn, size: int) -> Array:
    counts = np.bincount(column.row, minlength=size)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


def _narrow(packed: Array) -> Array:
    if len(packed) and int(packed.max()) >= _CODES << 3:
        raise ValueError("more languages, licences or countries than a pool can number")
    return packed.astype(np.uint16)


def row_in(shards: Sequence[Shard], live: Sequence[Array], person: int) -> tuple[int, int] | None:
    """Shard and row of a person who is there."""
    for place, shard in enumerate(shards):
        persons = shard.facts.person
        row = int(np.searchsorted(persons, person))
        found = row < len(persons) and int(persons[row]) == person
        if found and (int(live[place][row >> 6]) >> (row & 63)) & 1:
            return place, row
    return None
