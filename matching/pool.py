"""The people of a ranking as columns, built once and shared by all sessions of a process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.enums import Evidence
from domain.exceptions import NotFound
from domain.texts import N_
from matching.ragged import Bools, Ints, Ragged
from matching.snapshot import pack, unpack
from matching.types import OccupationHeld, Profile, Verdict, Vocabulary

UNKNOWN = -1
"""Stands for None in a column of numbers."""

_EVIDENCE = list(Evidence)
_STRENGTH = {evidence.value: i for i, evidence in enumerate(_EVIDENCE)}
_NUMBERS = (
    "person",
    "registered",
    "education",
    "available_from",
    "available_to",
    "passport_valid_until",
)
_LISTS = ("occupations", "skills", "languages", "licences", "desired_countries", "outside")


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
        self.columns = _columns_of(profiles)

    def __len__(self) -> int:
        return self.columns.size

    @classmethod
    def from_columns(
        cls,
        *,
        person: Sequence[int],
        registered: Sequence[int],
        education: Sequence[int | None],
        available_from: Sequence[int | None],
        available_to: Sequence[int | None],
        passport_valid_until: Sequence[int | None],
        occupations: Iterable[tuple[int, str, float | None, str]] = (),
        skills: Iterable[tuple[int, str, str]] = (),
        languages: Iterable[tuple[int, str, int, str]] = (),
        licences: Iterable[tuple[int, str, str]] = (),
        desired_countries: Iterable[tuple[int, str]] = (),
        outside: Iterable[tuple[int, str, int]] = (),
    ) -> Pool:
        """Build from raw cursors: one value per person, then rows that begin with the person.

        Rows are (person, isco, years, evidence), (person, skill, evidence), (person, language,
        level, evidence), (person, licence, evidence), (person, country), (person, gate, verdict).
        Rows of people who are not in `person` are left out.
        """
        pool = cls()
        pool.columns = _columns(
            {
                "person": person,
                "registered": registered,
                "education": education,
                "available_from": available_from,
                "available_to": available_to,
                "passport_valid_until": passport_valid_until,
            },
            {
                "occupations": (
                    (p, code, UNKNOWN if years is None else years, _STRENGTH[e])
                    for p, code, years, e in occupations
                ),
                "skills": ((p, skill, _STRENGTH[e]) for p, skill, e in skills),
                "languages": ((p, name, level, _STRENGTH[e]) for p, name, level, e in languages),
                "licences": ((p, licence, _STRENGTH[e]) for p, licence, e in licences),
                "desired_countries": ((p, country, 0) for p, country in desired_countries),
                "outside": outside,
            },
        )
        return pool

    @property
    def persons(self) -> tuple[int, ...]:
        """Ids of everybody, ascending."""
        return tuple(self.columns.numbers["person"].tolist())

    def profile(self, person: int) -> Profile:
        """What the engine knows of one person."""
        return profile_at(self.columns, row_of(self.columns, person))

    def with_outside(self, outside: Iterable[tuple[int, str, int]]) -> Pool:
        """The same people with other verdicts of the gates decided outside the engine.

        Rows are (person, gate, verdict); all other columns are shared with this pool.
        """
        pool = Pool()
        rows = _ragged(self.columns.numbers["person"], "outside", outside)
        pool.columns = Columns(
            self.columns.numbers, {**self.columns.lists, "outside": rows}, self.columns.closures
        )
        return pool

    def replace(self, profiles: Sequence[Profile]) -> None:
        """Put in people who are new or have changed; the next ranking sees them."""
        added = _columns_of(profiles)
        self.columns = _merged(self.columns, added)

    def remove(self, persons: Iterable[int]) -> None:
        """Take people out; who is not there is no error."""
        stays = ~np.isin(self.columns.numbers["person"], np.fromiter(persons, np.int64))
        self.columns = _merged(_kept(self.columns, stays), _columns_of(()))

    def to_bytes(self) -> bytes:
        """A compressed snapshot for a stored run; the same people give the same bytes."""
        return pack(_serialised(self.columns))

    def sha256(self) -> str:
        """Name of the state: equal for equal people, whatever the order they came in."""
        return hashlib.sha256(_serialised(self.columns)).hexdigest()

    @classmethod
    def from_bytes(cls, snapshot: bytes) -> Pool:
        """Read a snapshot back; refuses one that was damaged."""
        pool = cls()
        pool.columns = _deserialised(unpack(snapshot))
        return pool


def row_of(columns: Columns, person: int) -> int:
    """Where a person is in the columns."""
    persons = columns.numbers["person"]
    row = int(np.searchsorted(persons, person))
    if row == len(persons) or persons[row] != person:
        raise NotFound(N_("This person is not among those who can be ranked"))
    return row


def profile_at(columns: Columns, row: int) -> Profile:
    """The profile of one row."""
    number = {name: int(column[row]) for name, column in columns.numbers.items()}
    stated = {name: None if value == UNKNOWN else value for name, value in number.items()}
    facts = {name: list(columns.lists[name].facts_of(row)) for name in _LISTS}
    return Profile(
        person=number["person"],
        registered=number["registered"],
        occupations=tuple(
            OccupationHeld(code, None if v[0] == UNKNOWN else v[0], _EVIDENCE[int(v[1])])
            for code, v in facts["occupations"]
        ),
        skills={name: _EVIDENCE[int(v[0])] for name, v in facts["skills"]},
        languages={name: (int(v[0]), _EVIDENCE[int(v[1])]) for name, v in facts["languages"]},
        licences={name: _EVIDENCE[int(v[0])] for name, v in facts["licences"]},
        education=stated["education"],
        available_from=stated["available_from"],
        available_to=stated["available_to"],
        desired_countries=frozenset(name for name, _ in facts["desired_countries"]),
        passport_valid_until=stated["passport_valid_until"],
        outside={name: Verdict(int(v[0])) for name, v in facts["outside"]},
    )


def _columns_of(profiles: Sequence[Profile]) -> Columns:
    return _columns(
        {name: [getattr(p, name) for p in profiles] for name in _NUMBERS},
        {
            "occupations": (
                (p.person, o.code, UNKNOWN if o.years is None else o.years, _STRENGTH[o.evidence])
                for p in profiles
                for o in p.occupations
            ),
            "skills": (
                (p.person, skill, _STRENGTH[e]) for p in profiles for skill, e in p.skills.items()
            ),
            "languages": (
                (p.person, name, level, _STRENGTH[e])
                for p in profiles
                for name, (level, e) in p.languages.items()
            ),
            "licences": (
                (p.person, name, _STRENGTH[e]) for p in profiles for name, e in p.licences.items()
            ),
            "desired_countries": (
                (p.person, country, 0) for p in profiles for country in p.desired_countries
            ),
            "outside": (
                (p.person, gate, int(v)) for p in profiles for gate, v in p.outside.items()
            ),
        },
    )


def _columns(
    numbers: dict[str, Sequence[int | None]], lists: dict[str, Iterable[tuple[Any, ...]]]
) -> Columns:
    persons = np.array(numbers["person"], np.int64)
    order = np.argsort(persons, kind="stable")
    persons = persons[order]
    if np.any(persons[1:] == persons[:-1]):
        raise ValueError("a person is in the pool twice")
    columns = {
        name: np.array([UNKNOWN if v is None else v for v in column], np.int64)[order]
        for name, column in numbers.items()
    }
    return Columns(columns, {name: _ragged(persons, name, lists[name]) for name in _LISTS})


def _ragged(persons: Ints, name: str, facts: Iterable[tuple[Any, ...]]) -> Ragged:
    place = {person: row for row, person in enumerate(persons.tolist())}
    known = [fact for fact in facts if fact[0] in place]
    width = 2 if name in ("occupations", "languages") else 1
    rows = np.fromiter((place[fact[0]] for fact in known), np.int64, len(known))
    values = np.array([fact[2:] for fact in known], np.float64).reshape(len(known), width)
    built = Ragged.build(len(persons), rows, [str(fact[1]) for fact in known], values)
    # Somebody may have worked twice in the same occupation; all else is one fact per name.
    return built if name == "occupations" else built.strongest()


def _kept(columns: Columns, stays: Bools) -> Columns:
    new_rows = np.where(stays, np.cumsum(stays) - 1, -1).astype(np.int64)
    size = int(stays.sum())
    return Columns(
        {name: column[stays] for name, column in columns.numbers.items()},
        {
            name: Ragged.build(size, *ragged.moved(size, new_rows))
            for name, ragged in columns.lists.items()
        },
    )


def _merged(old: Columns, new: Columns) -> Columns:
    """Both together; who is in both is taken from the new one."""
    old = _kept(old, ~np.isin(old.numbers["person"], new.numbers["person"]))
    persons = np.concatenate([old.numbers["person"], new.numbers["person"]])
    order = np.argsort(persons)
    new_rows = np.empty(len(order), np.int64)
    new_rows[order] = np.arange(len(order))
    lists = {}
    for name in _LISTS:
        a = old.lists[name].moved(len(order), new_rows[: old.size])
        b = new.lists[name].moved(len(order), new_rows[old.size :])
        lists[name] = Ragged.build(
            len(order), np.concatenate([a[0], b[0]]), a[1] + b[1], np.concatenate([a[2], b[2]])
        )
    numbers = {
        name: np.concatenate([old.numbers[name], new.numbers[name]])[order] for name in _NUMBERS
    }
    return Columns(numbers, lists)


def _serialised(columns: Columns) -> bytes:
    """Head (JSON) and little-endian arrays in a fixed order; nothing executable."""
    names = {name: columns.lists[name].names for name in _LISTS}
    arrays: list[npt.NDArray[Any]] = [columns.numbers[name] for name in _NUMBERS]
    for name in _LISTS:
        arrays.extend(columns.lists[name].arrays().values())
    shapes = [[array.dtype.newbyteorder("<").str, list(array.shape)] for array in arrays]
    head = json.dumps({"names": names, "arrays": shapes}, ensure_ascii=False, sort_keys=True)
    parts = [array.astype(array.dtype.newbyteorder("<")).tobytes() for array in arrays]
    return b"".join([head.encode(), b"\0", *parts])


def _deserialised(body: bytes) -> Columns:
    text, _, _ = body.partition(b"\0")
    head = json.loads(text)
    offset = len(text) + 1
    arrays = []
    for dtype, shape in head["arrays"]:
        count = int(np.prod(shape))
        array = np.frombuffer(body, dtype, count, offset).reshape(shape)
        arrays.append(array.astype(array.dtype.newbyteorder("=")))
        offset += array.nbytes
    numbers = dict(zip(_NUMBERS, arrays, strict=False))
    size = len(numbers["person"])
    lists = {
        name: Ragged(size, tuple(head["names"][name]), *arrays[i : i + 3])
        for i, name in zip(range(len(_NUMBERS), len(arrays), 3), _LISTS, strict=True)
    }
    return Columns(numbers, lists)
