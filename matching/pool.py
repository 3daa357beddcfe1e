"""The people who can be ranked, packed, and shared by all sessions of a process."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from domain.exceptions import NotFound
from domain.texts import N_
from matching.engine import blocks
from matching.engine.blocks import BLOCK
from matching.engine.columns import Int64s, PeopleColumns, tidy
from matching.engine.numbering import Names
from matching.engine.profiles import columns_of, profile_in
from matching.engine.shards import row_in
from matching.engine.snapshot import pack
from matching.engine.state import State
from matching.types import Profile

QUICK = 1
"""Compression of blocks: a fifth larger than the best, and ready in a fifth of the time."""


class Pool:
    """Everybody who can be ranked.

    Its `state` is replaced whole: take it once, and it stays what it is while others write.
    """

    def __init__(self, profiles: Sequence[Profile] = ()) -> None:
        self._begin(columns_of(profiles))

    def _begin(self, people: PeopleColumns) -> None:
        self.state = State(Names()).having(people)
        self._named: dict[int, str] = {}
        self._changed = set(np.unique(people.person // BLOCK).tolist())
        self._guard = threading.RLock()

    def __len__(self) -> int:
        return len(self.state)

    @classmethod
    def from_columns(cls, people: PeopleColumns) -> Pool:
        """Build from columns; facts may come in any order. ValueError for a person twice."""
        pool = cls.__new__(cls)
        pool._begin(tidy(people))
        return pool

    @classmethod
    def from_blocks(cls, packed: Iterable[bytes]) -> Pool:
        """Everybody of some stored blocks; refuses damaged ones."""
        return cls.from_columns(blocks.people_in(packed))

    def copy(self) -> Pool:
        """The same people; what is replaced or removed there stays as it is here."""
        pool = Pool.__new__(Pool)
        with self._guard:
            pool.state, pool._guard = self.state, threading.RLock()
            pool._named, pool._changed = dict(self._named), set(self._changed)
        return pool

    @property
    def nbytes(self) -> int:
        """Bytes in memory of the people, with what rankings so far have derived from them."""
        return self.state.nbytes

    def __contains__(self, person: int) -> bool:
        state = self.state
        return row_in(state.shards, state.live, person) is not None

    @property
    def persons(self) -> tuple[int, ...]:
        """Ids of everybody, ascending."""
        return tuple(self.state.persons().tolist())

    def profile(self, person: int) -> Profile:
        """What the engine knows of one person; months of work as twelfths of years."""
        state = self.state
        found = row_in(state.shards, state.live, person)
        if found is None:
            raise NotFound(N_("This person is not among those who can be ranked"))
        place, row = found
        return profile_in(state.shards[place].people(np.array([row])), 0)

    def profiles(self, persons: Iterable[int]) -> dict[int, Profile]:
        """What the engine knows of several people, those of a shard at once."""
        state = self.state
        rows: dict[int, list[int]] = {}
        for person in set(persons):
            found = row_in(state.shards, state.live, person)
            if found is None:
                raise NotFound(N_("This person is not among those who can be ranked"))
            rows.setdefault(found[0], []).append(found[1])
        parts = (state.shards[i].people(np.array(sorted(some))) for i, some in rows.items())
        known = (profile_in(part, row) for part in parts for row in range(len(part)))
        return {profile.person: profile for profile in known}

    def replace(self, profiles: Sequence[Profile]) -> None:
        """Put in people who are new or have changed; the next ranking sees them."""
        self.replace_columns(columns_of(profiles))

    def replace_columns(self, people: PeopleColumns) -> None:
        """The same with columns."""
        people = tidy(people)
        with self._guard:
            self.state = self.state.without(people.person).having(people)
            self._note(people.person)

    def remove(self, persons: Iterable[int]) -> None:
        """Take people out; who is not there is no error."""
        gone = np.unique(np.fromiter(persons, np.int64))
        with self._guard:
            self.state = self.state.without(gone)
            self._note(gone)

    def _note(self, persons: Int64s) -> None:
        self._changed.update(np.unique(persons // BLOCK).tolist())

    def blocks(self) -> Mapping[int, str]:
        """The SHA-256 of each block of people (person id // 4096) that has anybody.

        Only blocks with changed people are read again.
        """
        with self._guard:
            for block in sorted(self._changed):
                people = self._block(block)
                self._named.pop(block, None)
                if len(people):
                    self._named[block] = blocks.sha256_of(blocks.encode(people))
            self._changed.clear()
            return dict(sorted(self._named.items()))

    def block_bytes(self, block: int) -> bytes:
        """A compressed block for a stored run; the same people give the same bytes."""
        return pack(blocks.encode(self._block(block)), QUICK)

    def _block(self, block: int) -> PeopleColumns:
        return self.state.people(block * BLOCK, (block + 1) * BLOCK)

    def sha256(self) -> str:
        """Name of the state: equal for equal people, whatever the order they came in."""
        return blocks.sha256_over(self.blocks())
