"""Numbers for names: skills, occupations, languages, licences and countries of a pool."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np

from matching.engine.jit import Array

LISTS = ("occupations", "skills", "languages", "licences", "desired_countries")
"""What people have several of, by name."""


class Numbering(Sequence[str]):
    """Names in the order in which they came; a number once given stays.

    Grows only, so readers need no lock.
    """

    def __init__(self) -> None:
        self._place: dict[str, int] = {}
        self._names: list[str] = []
        self._places = np.zeros(0, np.int64)
        self._guard = threading.Lock()

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._names[index]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

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

    def numbers(self, names: Iterable[str]) -> Array:
        """The numbers of several names (int64)."""
        return np.array([self.number(name) for name in names], np.int64)

    def places(self) -> Array:
        """The place of each number in the alphabetical order of all names (int64)."""
        kept, size = self._places, len(self._names)
        if len(kept) < size:
            kept = np.empty(size, np.int64)
            kept[sorted(range(size), key=self._names.__getitem__)] = np.arange(size)
            self._places = kept
        return kept


class Names:
    """The numberings of a pool, shared by its copies, and what was derived from them."""

    def __init__(self) -> None:
        self.of = {name: Numbering() for name in LISTS}
        self.kept: dict[str, Any] = {}
        """The last lexicon and the tables of the last parameters."""
        self.guard = threading.RLock()


def width(numbering: Sequence[str]) -> type[np.generic]:
    """The narrowest type for the numbers."""
    return np.uint16 if len(numbering) <= 1 << 16 else np.uint32
