"""People as columns of numbers, which a database's raw cursors fill without an object for each.

Built by `Pool.from_columns`; taken apart again for stored states (`matching.engine.blocks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.engine.numbering import LISTS, Names, Numbering

Int8s = npt.NDArray[np.int8]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]

UNKNOWN = -1
"""Stands for None in a column."""


@dataclass(frozen=True)
class FactColumn:
    """Named facts of people: one entry for each fact, in any order."""

    row: Int32s
    """Place of the person in `PeopleColumns.person`."""
    name: Int32s
    """Place in `names`."""
    names: Sequence[str]
    """A tuple; inside a pool the pool's own numbering."""
    value: Int32s
    """Months worked (-1 unknown) or CEFR level 1–7; 0 where the fact has no value."""
    evidence: npt.NDArray[np.uint8]
    """Place in `list(Evidence)`."""

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class PeopleColumns:
    """Everybody, one entry per person in each column; -1 is unknown."""

    person: Int64s
    """Ids, ascending."""
    registered: Int32s
    education: Int8s
    available_from: Int32s
    available_to: Int32s
    passport_valid_until: Int32s
    occupations: FactColumn
    skills: FactColumn
    languages: FactColumn
    licences: FactColumn
    desired_countries: FactColumn

    def __len__(self) -> int:
        return len(self.person)


NUMBERS = tuple(field.name for field in fields(PeopleColumns) if field.name not in LISTS)
NUMBER_TYPES: dict[str, type[np.generic]] = dict.fromkeys(NUMBERS, np.int32) | {
    "person": np.int64,
    "education": np.int8,
}


def tidy(people: PeopleColumns) -> PeopleColumns:
    """Facts sorted by person, name, value and evidence: the order of input leaves no trace.

    Somebody may have worked twice in the same occupation; of all else the highest fact of a name
    stays. Raises ValueError for a person who is there twice.
    """
    if np.any(people.person[1:] <= people.person[:-1]):
        raise ValueError("a person is in the pool twice, or people are not in the order of ids")
    lists: dict[str, Any] = {
        name: _tidy(getattr(people, name), every=name == "occupations") for name in LISTS
    }
    return replace(people, **lists)


def _tidy(column: FactColumn, *, every: bool) -> FactColumn:
    if not len(column):
        return _nothing(column.names if isinstance(column.names, Numbering) else ())
    number, names = column.name.astype(np.int64), column.names
    if not isinstance(names, Numbering):
        names = tuple(sorted({names[i] for i in np.unique(number).tolist()}))
        place = {text: i for i, text in enumerate(names)}
        number = np.array([place.get(text, 0) for text in column.names], np.int64)[number]
    return _in_order(column, number, names, every=every)


def _in_order(
    column: FactColumn, number: Int64s, names: Sequence[str], *, every: bool
) -> FactColumn:
    # One integer per fact: sorting it sorts the facts.
    key = _shifted(column.row.astype(np.int64), number, _bits(len(names)))
    value = np.clip(column.value, UNKNOWN, MOST_MONTHS).astype(np.int64)
    key = _shifted(key, value + 1, _VALUE_BITS)
    key = np.sort(_shifted(key, column.evidence.astype(np.int64), _EVIDENCE_BITS))
    if not every:
        named = key >> (_VALUE_BITS + _EVIDENCE_BITS)
        last = np.append(named[1:] != named[:-1], True)
        key = key[last]
    return _unpacked(key, names)


def numbered(people: PeopleColumns, names: Names) -> PeopleColumns:
    """The same people with a pool's own numbers for names."""
    lists: dict[str, Any] = {}
    for name in LISTS:
        column, numbering = getattr(people, name), names.of[name]
        if column.names is not numbering:
            number = numbering.numbers(column.names)[column.name] if len(column) else column.name
            column = replace(column, name=number.astype(np.int32), names=numbering)
        lists[name] = column
    return replace(people, **lists)


def by_name(people: PeopleColumns) -> PeopleColumns:
    """The same as `tidy`, for people with a pool's numbers or others."""
    lists: dict[str, Any] = {}
    for name in LISTS:
        column, every = getattr(people, name), name == "occupations"
        if isinstance(column.names, Numbering) and len(column):
            place = column.names.places()
            used = np.flatnonzero(np.bincount(column.name))
            used = used[np.argsort(place[used])]
            local = np.zeros(len(place), np.int64)
            local[used] = np.arange(len(used))
            found = tuple(column.names[i] for i in used.tolist())
            column = _in_order(column, local[column.name], found, every=every)
        else:
            column = _tidy(replace(column, names=tuple(column.names)), every=every)
        lists[name] = column
    return replace(people, **lists)


_VALUE_BITS, _EVIDENCE_BITS = 14, 2
MOST_MONTHS = 12_000
"""A thousand years of work: more can't be asked for either."""


def _bits(count: int) -> int:
    return max(1, (count - 1).bit_length())


def _shifted(key: Int64s, part: Int64s, bits: int) -> Int64s:
    return (key << bits) | part


def _unpacked(key: Int64s, names: Sequence[str]) -> FactColumn:
    evidence = (key & ((1 << _EVIDENCE_BITS) - 1)).astype(np.uint8)
    key = key >> _EVIDENCE_BITS
    value = ((key & ((1 << _VALUE_BITS) - 1)) - 1).astype(np.int32)
    key = key >> _VALUE_BITS
    bits = _bits(len(names))
    name = (key & ((1 << bits) - 1)).astype(np.int32)
    return FactColumn((key >> bits).astype(np.int32), name, names, value, evidence)


def _nothing(names: Sequence[str]) -> FactColumn:
    empty = np.zeros(0, np.int32)
    return FactColumn(empty, empty, names, empty, np.zeros(0, np.uint8))


def nobody() -> PeopleColumns:
    """Columns without people."""
    numbers: dict[str, Any] = {name: np.zeros(0, kind) for name, kind in NUMBER_TYPES.items()}
    lists: dict[str, Any] = {name: _nothing(()) for name in LISTS}
    return PeopleColumns(**numbers, **lists)


def take(people: PeopleColumns, rows: Int64s) -> PeopleColumns:
    """Some of the people, rows ascending."""
    new_row = np.full(len(people), -1, np.int32)
    new_row[rows] = np.arange(len(rows), dtype=np.int32)
    numbers: dict[str, Any] = {name: getattr(people, name)[rows] for name in NUMBERS}
    lists: dict[str, Any] = {}
    for name in LISTS:
        column: FactColumn = getattr(people, name)
        moved = new_row[column.row]
        stays = moved >= 0
        lists[name] = FactColumn(
            moved[stays],
            column.name[stays],
            column.names,
            column.value[stays],
            column.evidence[stays],
        )
    return PeopleColumns(**numbers, **lists)


def concatenate(parts: Sequence[PeopleColumns]) -> PeopleColumns:
    """People of several parts, none of them in two, in the order of their ids."""
    if not parts:
        return nobody()
    if len(parts) == 1:
        return parts[0]
    person = np.concatenate([part.person for part in parts])
    order = np.argsort(person, kind="stable")
    new_row = np.empty(len(order), np.int32)
    new_row[order] = np.arange(len(order), dtype=np.int32)
    numbers: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts])[order] for name in NUMBERS
    }
    begins = np.cumsum([0, *(len(part) for part in parts)])
    lists: dict[str, Any] = {
        name: _joined([getattr(part, name) for part in parts], begins, new_row) for name in LISTS
    }
    return tidy(PeopleColumns(**numbers, **lists))


def _joined(columns: Sequence[FactColumn], begins: Int64s, new_row: Int32s) -> FactColumn:
    names, numbers = columns[0].names, [column.name for column in columns]
    if any(column.names is not names for column in columns):
        names = tuple(dict.fromkeys(text for column in columns for text in column.names))
        place = {text: i for i, text in enumerate(names)}
        numbers = [
            np.array([place[text] for text in column.names], np.int32)[column.name]
            if len(column)
            else column.name
            for column in columns
        ]
    rows = [column.row + begin for column, begin in zip(columns, begins, strict=False)]
    return FactColumn(
        new_row[np.concatenate(rows)],
        np.concatenate(numbers),
        names,
        np.concatenate([column.value for column in columns]),
        np.concatenate([column.evidence for column in columns]),
    )
