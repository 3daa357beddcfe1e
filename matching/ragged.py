"""A column that holds several named facts per person: skills, languages, licences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Ragged:
    """Facts sorted by person and name; `values` has one row for each fact."""

    size: int
    """How many people there are."""
    names: tuple[str, ...]
    """Sorted; `index` points into them."""
    rows: npt.NDArray[np.int32]
    """The person's row of each fact, ascending."""
    index: npt.NDArray[np.int32]
    values: npt.NDArray[np.float64]
    """Columns such as level and evidence."""

    @classmethod
    def build(
        cls, size: int, rows: Ints, names: list[str], values: npt.NDArray[np.float64]
    ) -> Ragged:
        """Sort facts by person, name and values, so that the order of input leaves no trace."""
        table = tuple(sorted(set(names)))
        place = {name: i for i, name in enumerate(table)}
        index = np.fromiter((place[name] for name in names), np.int32, len(names))
        columns: list[npt.NDArray[Any]] = [values[:, i] for i in range(values.shape[1] - 1, -1, -1)]
        order = np.lexsort([*columns, index, rows])
        return cls(size, table, rows[order].astype(np.int32), index[order], values[order])

    def strongest(self) -> Ragged:
        """One fact per person and name: the last, which has the highest values."""
        last = np.ones(len(self.rows), bool)
        last[:-1] = (self.rows[1:] != self.rows[:-1]) | (self.index[1:] != self.index[:-1])
        return Ragged(self.size, self.names, self.rows[last], self.index[last], self.values[last])

    @cached_property
    def is_filled(self) -> Bools:
        """Who has any fact here: an empty list is unknown."""
        filled = np.zeros(self.size, bool)
        filled[self.rows] = True
        return filled

    @cached_property
    def bounds(self) -> Ints:
        """Where each person's facts begin and end."""
        return np.searchsorted(self.rows, np.arange(self.size + 1)).astype(np.int64)

    def facts_of(self, row: int) -> Iterable[tuple[str, list[float]]]:
        """Name and values of one person's facts."""
        begin, end = int(self.bounds[row]), int(self.bounds[row + 1])
        for i in range(begin, end):
            yield self.names[int(self.index[i])], self.values[i].tolist()

    def who(self, name: str) -> tuple[Ints, npt.NDArray[np.float64]]:
        """Rows of the people who have this, and their values."""
        try:
            place = self.names.index(name)
        except ValueError:
            return np.zeros(0, np.int64), self.values[:0]
        chosen = np.flatnonzero(self.index == place)
        return self.rows[chosen].astype(np.int64), self.values[chosen]

    def has(self, name: str) -> Bools:
        """Who has this."""
        held = np.zeros(self.size, bool)
        held[self.who(name)[0]] = True
        return held

    def column(self, name: str, position: int) -> Ints:
        """One value of this fact for everybody; 0 for those without."""
        rows, values = self.who(name)
        column = np.zeros(self.size, np.int64)
        column[rows] = values[:, position].astype(np.int64)
        return column

    def moved(self, size: int, new_rows: Ints) -> tuple[Ints, list[str], npt.NDArray[np.float64]]:
        """Facts of the people who stay (a new row of -1 leaves), as input of `build`."""
        rows = new_rows[self.rows]
        stays = rows >= 0
        names = [self.names[i] for i in self.index[stays].tolist()]
        return rows[stays], names, self.values[stays]

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What a snapshot stores besides the names."""
        return {"rows": self.rows, "index": self.index, "values": self.values}
