"""The people of a ranking as columns, built once and shared by all sessions of a process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from domain.exceptions import NotFound
from domain.texts import N_
from matching import blocks
from matching.columns import (
    LISTS,
    NUMBERS,
    UNKNOWN,
    FactColumn,
    PeopleColumns,
    columns_of,
    concatenate,
    profile_in,
    take,
    tidy,
)
from matching.outside import Outside
from matching.ragged import Bools, Ints, Ragged
from matching.snapshot import pack
from matching.types import Profile, Verdict, Vocabulary


@dataclass(frozen=True)
class Columns:
    """One state of a pool; replaced whole, so that a ranking under way keeps its own."""

    numbers: dict[str, Ints]
    lists: dict[str, Ragged]
    closures: list[tuple[Vocabulary, Any]] = field(default_factory=list, compare=False)
    """The last vocabulary and the skills closed upward by it."""

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.numbers["person"])

    def unknown(self, name: str) -> Bools:
        """Who has not stated a number."""
        return np.equal(self.numbers[name], UNKNOWN)


class Pool:
    """Everybody who can be ranked."""

    def __init__(self, profiles: Sequence[Profile] = ()) -> None:
        self._put(columns_of(profiles))

    def __len__(self) -> int:
        return self.columns.size

    def _put(self, people: PeopleColumns) -> None:
        self._people = people
        self.columns = _columns_of(people)

    @classmethod
    def from_columns(cls, people: PeopleColumns) -> Pool:
        """Build from columns; facts may come in any order. ValueError for a person twice."""
        pool = cls()
        pool._put(tidy(people))
        return pool

    @property
    def persons(self) -> tuple[int, ...]:
        """Ids of everybody, ascending."""
        return tuple(self._people.person.tolist())

    def profile(self, person: int) -> Profile:
        """What the engine knows of one person."""
        return profile_in(self._people, row_of(self.columns, person))

    def copy(self) -> Pool:
        """The same people; what is replaced or removed there stays as it is here."""
        pool = Pool.__new__(Pool)
        pool._people, pool.columns = self._people, self.columns
        return pool

    def replace(self, profiles: Sequence[Profile]) -> None:
        """Put in people who are new or have changed; the next ranking sees them."""
        self.replace_columns(columns_of(profiles))

    def replace_columns(self, people: PeopleColumns) -> None:
        """The same with columns."""
        stays = np.flatnonzero(~np.isin(self._people.person, people.person))
        self._put(concatenate([take(self._people, stays), tidy(people)]))

    def remove(self, persons: Iterable[int]) -> None:
        """Take people out; who is not there is no error."""
        gone = np.fromiter(persons, np.int64)
        self._put(take(self._people, np.flatnonzero(~np.isin(self._people.person, gone))))

    def blocks(self) -> Mapping[int, str]:
        """The SHA-256 of each block of people (person id // 4096) that has anybody."""
        return {
            block: blocks.sha256_of(blocks.encode(people))
            for block, people in blocks.split(self._people).items()
        }

    def block_bytes(self, block: int) -> bytes:
        """A compressed block for a stored run; the same people give the same bytes."""
        return pack(blocks.encode(blocks.split(self._people)[block]))

    def sha256(self) -> str:
        """Name of the state: equal for equal people, whatever the order they came in."""
        return blocks.sha256_over(self.blocks())

    def to_bytes(self) -> bytes:
        """Everybody as one compressed snapshot; the same people give the same bytes."""
        return pack(blocks.encode(self._people))

    @classmethod
    def from_bytes(cls, snapshot: bytes) -> Pool:
        """Read a snapshot back; refuses one that was damaged."""
        return cls.from_columns(blocks.people_in([snapshot]))

    @classmethod
    def from_blocks(cls, packed: Iterable[bytes]) -> Pool:
        """Everybody of some stored blocks; refuses damaged ones."""
        return cls.from_columns(blocks.people_in(packed))


def row_of(columns: Columns, person: int) -> int:
    """Where a person is in the columns."""
    persons = columns.numbers["person"]
    row = int(np.searchsorted(persons, person))
    if row == len(persons) or persons[row] != person:
        raise NotFound(N_("This person is not among those who can be ranked"))
    return row


def with_outside(columns: Columns, outside: Outside) -> Columns:
    """The same people with the verdicts of gates decided outside."""
    person = columns.numbers["person"]
    rows, names, values = [], [], []
    for gate, decided in outside.items():
        for ids, verdict in ((decided.failed, Verdict.FAILED), (decided.unknown, Verdict.UNKNOWN)):
            found = np.flatnonzero(np.isin(person, ids))
            rows.append(found)
            names += [gate] * len(found)
            values += [[float(verdict)]] * len(found)
    built = Ragged.build(
        columns.size,
        np.concatenate(rows) if rows else np.zeros(0, np.int64),
        names,
        np.array(values, np.float64).reshape(len(values), 1),
    )
    return Columns(columns.numbers, {**columns.lists, "outside": built}, columns.closures)


def _columns_of(people: PeopleColumns) -> Columns:
    numbers = {name: getattr(people, name).astype(np.int64) for name in NUMBERS}
    lists = {name: _ragged(name, getattr(people, name), len(people)) for name in LISTS}
    return Columns(numbers, lists)


def _ragged(name: str, column: FactColumn, size: int) -> Ragged:
    values = [column.evidence.astype(np.float64)]
    if name == "occupations":
        values.insert(0, np.where(column.value < 0, UNKNOWN, column.value / 12))
    if name == "languages":
        values.insert(0, column.value.astype(np.float64))
    return Ragged(size, column.names, column.row, column.name, np.stack(values, axis=1))
