"""Numbers for names: skills, occupations, languages, licences and countries of a pool."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from matching.columns import LISTS, Int64s
from matching.jit import Array


class Numbering:
    """Names in the order in which they came; a number once given stays.

    Grows only, so readers need no lock.
    """

    def __init__(self) -> None:
        self._place: dict[str, int] = {}
        self._names: list[str] = []
        self._guard = threading.Lock()

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, number: int) -> str:
        return self._names[number]

    def number(self, name: str) -> int:
        """The number of a name, a new one if need be."""
        found = self._place.get(name)
        if found is not None:
            return found
        with self._guard:
            if name not in self._place:
                self._names.append(name)
                self._place[name] = len(self._names) - 1
            return self._place[name]

    def numbers(self, names: Iterable[str]) -> Int64s:
        """The numbers of several names."""
        return np.array([self.number(name) for name in names], np.int64)


class Names:
    """The numberings of a pool, shared by its copies, and what was derived from them."""

    def __init__(self) -> None:
        self.of = {name: Numbering() for name in LISTS}
        self.kept: dict[str, Any] = {}
        """The last lexicon and the tables of the last parameters."""
        self.guard = threading.RLock()


def local_names(numbers: Array, numbering: Numbering) -> tuple[Array, tuple[str, ...]]:
    """Numbers of these facts among only the names that occur in them, and those names."""
    used = np.flatnonzero(np.bincount(numbers))
    place = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int32)
    place[used] = np.arange(len(used))
    return place[numbers], tuple(numbering[i] for i in used.tolist())


def width(numbering: Numbering | Sequence[str]) -> type[np.generic]:
    """The narrowest type for the numbers."""
    return np.uint16 if len(numbering) <= 1 << 16 else np.uint32
