"""Reads the people of runs stored in the first form: one snapshot of everybody.

Nothing writes it any more; runs of that time stay reproducible.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.exceptions import InvalidInput
from domain.texts import N_
from matching.engine.columns import NUMBER_TYPES, NUMBERS, UNKNOWN, FactColumn, PeopleColumns, tidy
from matching.engine.numbering import LISTS
from matching.engine.snapshot import unpack
from matching.points import in_months


def people_in_snapshot(snapshot: bytes) -> PeopleColumns:
    """The people of a snapshot of the first form; refuses a damaged one."""
    text, _, body = unpack(snapshot).partition(b"\0")
    try:
        head = json.loads(text)
        arrays = _arrays(body, head["arrays"])
        numbers: dict[str, Any] = {
            name: arrays[i].astype(NUMBER_TYPES[name]) for i, name in enumerate(NUMBERS)
        }
        lists: dict[str, Any] = {
            name: _facts(name, tuple(head["names"][name]), arrays[i : i + 3])
            for i, name in zip(range(len(NUMBERS), len(arrays), 3), LISTS, strict=False)
        }
        return tidy(PeopleColumns(**numbers, **lists))
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(N_("The stored data of this ranking are damaged")) from error


def _arrays(body: bytes, shapes: list[tuple[str, list[int]]]) -> list[npt.NDArray[Any]]:
    found, offset = [], 0
    for kind, shape in shapes:
        array = np.frombuffer(body, kind, int(np.prod(shape)), offset).reshape(shape)
        offset += array.nbytes
        found.append(array.astype(array.dtype.newbyteorder("=")))
    return found


def _facts(name: str, names: tuple[str, ...], arrays: list[npt.NDArray[Any]]) -> FactColumn:
    """Rows, places of names, and values: years or a level where the list has them, and evidence."""
    rows, index, values = arrays
    stated = np.zeros(len(rows), np.int32)
    if name == "languages":
        stated = values[:, 0].astype(np.int32)
    if name == "occupations":
        years = values[:, 0].tolist()
        stated = np.array([UNKNOWN if y < 0 else in_months(y) for y in years], np.int32)
    return FactColumn(
        rows.astype(np.int32),
        index.astype(np.int32),
        names,
        stated,
        values[:, -1].astype(np.uint8),
    )
