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

from matching.engine import plan_layout as at
from matching.engine.columns import FactColumn, Int64s, PeopleColumns, numbered, take
from matching.engine.jit import Array
from matching.engine.numbering import LISTS, Names, width
from matching.engine.plan_layout import Facts, Inverted

MOST = 1 << 16
"""People in a shard."""

OPEN = np.iinfo(np.int32).max
"""A last day after every other."""

_MOST_SPOKEN = 255
_CODES = 1 << 13
"""Languages, licences or countries that fit beside a level in two bytes."""


@dataclass(eq=False)
class Shard:
    """Rows in the order of ids."""

    person: Array
    """int64: ids, ascending."""
    facts: Facts
    education: Array
    """int8, -1 unknown."""
    begins: Array
    """int32: first day of availability, -1 unknown."""
    ends: Array
    """int32: last day of availability, OPEN if unknown."""
    spoken_ptr: Array
    """int32: where a person's languages begin; one entry more than people."""
    licence_at: Array
    """int32: where a person's licences begin, after the languages."""
    skill_ptr: Array
    """int32: where a person's skills begin; one entry more than people."""
    skill: Array
    """uint16, or uint32 in a pool of more than 65,536 skills."""
    country_ptr: Array
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
        return len(self.person)

    @property
    def words(self) -> int:
        """Length of a bit row."""
        return (len(self) + 63) // 64

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        held = [self.person, *self.facts, self.education, self.begins, self.ends]
        held += [self.spoken_ptr, self.licence_at, self.skill_ptr, self.skill]
        held += [self.country_ptr, self.country, *self.evidence.values()]
        held += self.rows_kept.values()
        held += self.inverted[1] if self.inverted else ()
        return sum(array.nbytes for array in held)

    def held(self, name: str) -> tuple[Array, Array, Array]:
        """A list of facts: where each person's begin and end, and the packed facts."""
        if name == "skills":
            return self.skill_ptr[:-1], self.skill_ptr[1:], self.skill
        if name == "occupations":
            return self.facts.work_ptr[:-1], self.facts.work_ptr[1:], self.facts.work
        if name == "desired_countries":
            return self.country_ptr[:-1], self.country_ptr[1:], self.country
        if name == "languages":
            return self.spoken_ptr[:-1], self.licence_at, self.facts.spoken
        return self.licence_at, self.spoken_ptr[1:], self.facts.spoken

    def people(self, rows: Int64s) -> PeopleColumns:
        """Some of the people as columns again, rows ascending."""
        lists: dict[str, Any] = {name: self._column(name, rows) for name in LISTS}
        registered, begins, ends, passport = self.facts.row[rows, : at.SPOKEN].T
        return PeopleColumns(
            self.person[rows], registered, self.education[rows], begins, ends, passport, **lists
        )

    def _column(self, name: str, rows: Int64s) -> FactColumn:
        begin, end, packed = self.held(name)
        begin, bits = begin[rows], _VALUE_BITS[name]
        counts = (end[rows] - begin).astype(np.int64)
        at_ = np.arange(counts.sum()) + np.repeat(begin - (np.cumsum(counts) - counts), counts)
        held = packed[at_].astype(np.int64)
        value = held & ((1 << bits) - 1)
        if name == "occupations":
            value -= 1  # months begin at 1, so that 0 can be "not stated"
        return FactColumn(
            np.repeat(np.arange(len(rows), dtype=np.int32), counts),
            (held >> bits).astype(np.int32),
            self.names.of[name],
            value.astype(np.int32),
            self._evidence(name)[at_],
        )

    def _evidence(self, name: str) -> Array:
        return self.evidence["spoken" if name in ("languages", "licences") else name]


_VALUE_BITS = {
    "skills": 0,
    "occupations": 16,
    "languages": 3,
    "licences": 3,
    "desired_countries": 3,
}


def shards_of(people: PeopleColumns, names: Names) -> list[Shard]:
    """Pack people who are in the order of `tidy`."""
    people = numbered(people, names)
    if len(people) <= MOST:
        return [_shard(people, names)] if len(people) else []
    parts = [np.arange(i, min(i + MOST, len(people))) for i in range(0, len(people), MOST)]
    return [_shard(take(people, part), names) for part in parts]


def _shard(people: PeopleColumns, names: Names) -> Shard:
    columns: dict[str, FactColumn] = {name: getattr(people, name) for name in LISTS}
    packed = {
        name: (column.name.astype(np.int64) << _VALUE_BITS[name]) + column.value
        for name, column in columns.items()
    }
    packed["occupations"] += 1  # months begin at 1, so that 0 can be "not stated"
    count = {name: np.bincount(c.row, minlength=len(people)) for name, c in columns.items()}
    spoken, order = _spoken(columns, packed)
    both = _pointers(count["languages"] + count["licences"])
    facts = Facts(
        _rows(people, count),
        spoken,
        _pointers(count["occupations"]),
        packed["occupations"].astype(np.uint32),
    )
    heard = [columns["languages"].evidence, columns["licences"].evidence]
    return Shard(
        people.person,
        facts,
        people.education.astype(np.int8),
        people.available_from.astype(np.int32),
        np.where(people.available_to < 0, OPEN, people.available_to).astype(np.int32),
        both,
        (both[:-1] + count["languages"]).astype(np.int32),
        _pointers(count["skills"]),
        packed["skills"].astype(width(names.of["skills"])),
        _pointers(count["desired_countries"]),
        _narrow(packed["desired_countries"]),
        {
            "skills": columns["skills"].evidence,
            "occupations": columns["occupations"].evidence,
            "desired_countries": columns["desired_countries"].evidence,
            "spoken": np.concatenate(heard)[order],
        },
        names,
    )


def _rows(people: PeopleColumns, count: dict[str, Array]) -> Array:
    rows = np.zeros((len(people), at.ROW), np.int32)
    rows[:, at.REGISTERED] = people.registered
    rows[:, at.AVAILABLE_FROM] = people.available_from
    rows[:, at.AVAILABLE_TO] = people.available_to
    rows[:, at.PASSPORT] = people.passport_valid_until
    both = count["languages"] + count["licences"]
    rows[:, at.SPOKEN] = np.cumsum(both) - both
    if both.max() > _MOST_SPOKEN:
        raise ValueError("somebody has more languages or licences than there are")
    rows[:, at.COUNTS] = (
        count["languages"]
        | count["licences"] << 8
        | (count["occupations"] == 0) * at.NO_WORK
        | (count["skills"] == 0) * at.NO_SKILLS
        | (count["desired_countries"] == 0) * at.NO_COUNTRY
        | (people.education < 0) * at.NO_EDUCATION
    )
    rows[:, at.PERSON] = (people.person & 0xFFFFFFFF).astype(np.uint32).view(np.int32)
    rows[:, at.PERSON_HIGH] = people.person >> 32
    return rows


def _spoken(columns: dict[str, FactColumn], packed: dict[str, Array]) -> tuple[Array, Array]:
    """Languages and licences of each person one after the other, and the order of both lists."""
    rows = np.concatenate([columns["languages"].row, columns["licences"].row])
    order = np.argsort(rows, kind="stable")
    both = np.concatenate([packed["languages"], packed["licences"]])
    return _narrow(both)[order], order


def _pointers(counts: Array) -> Array:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


def _narrow(packed: Array) -> Array:
    if len(packed) and int(packed.max()) >= _CODES << 3:
        raise ValueError("more languages, licences or countries than a pool can number")
    return packed.astype(np.uint16)


def row_in(shards: Sequence[Shard], live: Sequence[Array], person: int) -> tuple[int, int] | None:
    """Shard and row of a person who is there."""
    for place, shard in enumerate(shards):
        persons = shard.person
        row = int(np.searchsorted(persons, person))
        found = row < len(persons) and int(persons[row]) == person
        if found and (int(live[place][row >> 6]) >> (row & 63)) & 1:
            return place, row
    return None
