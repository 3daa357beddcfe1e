"""One state of a pool, never changed: shards, and who of them is still there.

A change hides the old row and puts the new one into a small last shard; small shards are joined
when they have grown. So a change costs what its own shard costs, and a ranking under way keeps the
state it began with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.columns import Int64s, PeopleColumns, concatenate, numbered
from matching.engine.gate_rows import everybody, without
from matching.engine.jit import Array
from matching.engine.numbering import Names
from matching.engine.shards import MOST, Shard, shards_of

TAIL, MIDDLE = 256, 4_096
"""People up to whom a shard is built again with each change, or when the last one is full."""


@dataclass(frozen=True, eq=False)
class State:
    """Everybody at one moment."""

    names: Names
    shards: tuple[Shard, ...] = ()
    live: tuple[Array, ...] = ()
    """A bit row for each shard: who has neither left nor been replaced."""
    sizes: tuple[int, ...] = ()
    """How many of each shard are there."""

    def __len__(self) -> int:
        return sum(self.sizes)

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return sum(s.nbytes for s in self.shards) + sum(row.nbytes for row in self.live)

    def rows(self, place: int) -> Int64s:
        """Rows of a shard whose people are there."""
        return np.flatnonzero(is_there(self.live[place], len(self.shards[place])))

    def persons(self) -> Int64s:
        """Ids of everybody, ascending."""
        ids = [shard.person[self.rows(i)] for i, shard in enumerate(self.shards)]
        return np.sort(np.concatenate(ids)) if ids else np.zeros(0, np.int64)

    def people(self, low: int, high: int) -> PeopleColumns:
        """Everybody with an id from `low` up to, not including, `high`."""
        parts = []
        for i, shard in enumerate(self.shards):
            begin, end = np.searchsorted(shard.person, [low, high])
            there = is_there(self.live[i], len(shard))[begin:end]
            rows = begin + np.flatnonzero(there)
            if len(rows):
                parts.append(shard.people(rows))
        return concatenate(parts)

    def without(self, persons: Int64s) -> State:
        """The state in which these people are not; strangers are no error."""
        live, sizes = list(self.live), list(self.sizes)
        for i, shard in enumerate(self.shards):
            ids = shard.person
            places = np.searchsorted(ids, persons)
            places = places[ids[np.minimum(places, len(ids) - 1)] == persons]
            places = places[is_there(live[i], len(shard), places)]
            if len(places):
                live[i] = without(live[i], places)
                sizes[i] -= len(places)
        return self._of([(self.shards[i], live[i], n) for i, n in enumerate(sizes) if n])

    def _of(self, parts: Sequence[tuple[Shard, Array, int]]) -> State:
        shards, live, sizes = zip(*parts, strict=True) if parts else ((), (), ())
        return State(self.names, tuple(shards), tuple(live), tuple(sizes))

    def having(self, people: PeopleColumns) -> State:
        """The state with these people, of whom nobody else may be there under the same id."""
        if not len(people):
            return self
        merged = self._merged_with(len(people))
        parts = [self.shards[i].people(self.rows(i)) for i in merged]
        together = concatenate([*parts, numbered(people, self.names)])
        packed = shards_of(together, self.names)
        kept = [
            (self.shards[i], self.live[i], n) for i, n in enumerate(self.sizes) if i not in merged
        ]
        return self._of([*kept, *((shard, everybody(shard), len(shard)) for shard in packed)])

    def _merged_with(self, added: int) -> list[int]:
        """Which shards are packed again together with so many people."""
        for most in (TAIL, MIDDLE):
            small = [i for i, size in enumerate(self.sizes) if size <= most]
            if added + sum(self.sizes[i] for i in small) <= most:
                return small
        return [
            i
            for i, size in enumerate(self.sizes)
            if size <= MOST // 2 or size < len(self.shards[i]) * 3 // 4
        ]


def is_there(live: Array, size: int, places: Int64s | None = None) -> Array:
    """A bit row as booleans, of all or of some rows."""
    if places is None:
        return np.unpackbits(live.view(np.uint8), count=size, bitorder="little").astype(np.bool_)
    bits = np.right_shift(live[places >> 6], (places & 63).astype(np.uint64))
    there: Array = (bits & np.uint64(1)).astype(np.bool_)
    return there
