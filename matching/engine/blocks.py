"""Stored states of the people: blocks of neighbouring ids, each with a name made of its content.

A block is person id // 4096. Equal people give equal bytes, whatever the order they came in and
whatever was there before; so a stored state keeps only the blocks that have changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.exceptions import InvalidInput
from domain.texts import N_
from matching.engine.columns import (
    NUMBER_TYPES,
    NUMBERS,
    FactColumn,
    PeopleColumns,
    by_name,
    concatenate,
)
from matching.engine.numbering import LISTS
from matching.engine.snapshot import unpack

BLOCK = 4_096
"""Ids in a block."""

_FACTS: tuple[tuple[str, type[np.generic]], ...] = (
    ("row", np.int32),
    ("name", np.int32),
    ("value", np.int32),
    ("evidence", np.uint8),
)


def encode(people: PeopleColumns) -> bytes:
    """Canonical bytes of tidy people: a head (JSON) with the names, then little-endian arrays."""
    people = by_name(people)
    lists: dict[str, FactColumn] = {name: getattr(people, name) for name in LISTS}
    arrays: list[npt.NDArray[Any]] = [getattr(people, name) for name in NUMBERS]
    for column in lists.values():
        arrays.extend(getattr(column, part) for part, _ in _FACTS)
    head = json.dumps(
        {
            "people": len(people),
            "facts": {name: len(column) for name, column in lists.items()},
            "names": {name: list(column.names) for name, column in lists.items()},
        },
        ensure_ascii=False,
        sort_keys=True,
    )
    parts = [array.astype(array.dtype.newbyteorder("<")).tobytes() for array in arrays]
    return b"".join([head.encode(), b"\0", *parts])


def decode(body: bytes) -> PeopleColumns:
    """The people of one block's canonical bytes."""
    text, _, rest = body.partition(b"\0")
    try:
        head = json.loads(text)
        reader = _Reader(rest)
        numbers: dict[str, Any] = {
            name: reader.array(NUMBER_TYPES[name], head["people"]) for name in NUMBERS
        }
        lists: dict[str, Any] = {}
        for name in LISTS:
            row, named, value, evidence = (
                reader.array(kind, head["facts"][name]) for _, kind in _FACTS
            )
            names = tuple(head["names"][name])
            lists[name] = FactColumn(row, named, names, value, evidence)
        return PeopleColumns(**numbers, **lists)
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(N_("The stored data of this ranking are damaged")) from error


class _Reader:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def array(self, kind: type[np.generic], count: int) -> npt.NDArray[Any]:
        stored = np.frombuffer(self.content, np.dtype(kind).newbyteorder("<"), count, self.at)
        self.at += stored.nbytes
        return stored.astype(kind)


def sha256_of(body: bytes) -> str:
    """Name of a block."""
    return hashlib.sha256(body).hexdigest()


def sha256_over(blocks: Mapping[int, str]) -> str:
    """Name of a state: of all its blocks."""
    text = json.dumps(sorted(blocks.items()))
    return hashlib.sha256(text.encode()).hexdigest()


def people_in(blocks: Iterable[bytes]) -> PeopleColumns:
    """Everybody in some packed blocks; refuses damaged ones."""
    parts = [decode(unpack(block)) for block in blocks]
    try:
        return concatenate(parts)
    except ValueError as error:
        raise InvalidInput(N_("The stored data of this ranking are damaged")) from error
