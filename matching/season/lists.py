"""Who passes for which vacancy with how many points: a list for each vacancy, best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.engine.columns import Int64s
from matching.engine.jit import Array


@dataclass(frozen=True, eq=False)
class Listed:
    """The best people for one vacancy, best first, by points and the ranking's own tie-break."""

    person: Int64s
    points: Int64s
    passing: int
    """How many pass in all; the list may be shorter."""


NOBODY = Listed(np.zeros(0, np.int64), np.zeros(0, np.int64), 0)

Find = Callable[[Sequence[int], int], Sequence[Listed]]
"""The best k for each of some vacancies, which are named by their places."""


@dataclass(frozen=True)
class Room:
    """How many people a vacancy still takes."""

    positions: int
    candidates: int
    """Further candidates, beside one for each position."""
    reserves: int

    @property
    def total(self) -> int:
        """People of all layers."""
        return self.positions + self.candidates + self.reserves


@dataclass(frozen=True, eq=False)
class Table:
    """All lists one after another: an entry is a person on the list of a vacancy."""

    ptr: Int64s
    """Where the entries of each vacancy begin; one more than vacancies."""
    person: Int64s
    """Places in `people`."""
    points: Int64s
    people: Int64s
    """Ids, ascending."""
    passing: Int64s
    """How many pass for each vacancy in all."""

    @classmethod
    def of(cls, lists: Sequence[Listed]) -> Table:
        """The lists, in the order of the vacancies."""
        sizes = np.array([len(one.person) for one in lists], np.int64)
        ids = np.concatenate([NOBODY.person, *(one.person for one in lists)])
        people, person = np.unique(ids, return_inverse=True)
        points = np.concatenate([NOBODY.points, *(one.points for one in lists)])
        passing = np.array([one.passing for one in lists], np.int64)
        return cls(np.concatenate([[0], np.cumsum(sizes)]), person, points, people, passing)

    def __len__(self) -> int:
        """Vacancies."""
        return len(self.ptr) - 1

    @cached_property
    def is_whole(self) -> Array:
        """Whether each list has everybody who passes."""
        return np.asarray(np.diff(self.ptr) == self.passing)

    @cached_property
    def vacancy(self) -> Int64s:
        """The vacancy of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.ptr))

    def rows(self, vacancy: int) -> slice:
        """The entries of a vacancy."""
        return slice(int(self.ptr[vacancy]), int(self.ptr[vacancy + 1]))
