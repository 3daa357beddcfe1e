"""Where everybody stands for one vacancy: points, range, failed gates, order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching import plan_layout as at
from matching.columns import Int64s
from matching.compiling import compile_vacancies
from matching.gate_rows import gate_matrix
from matching.jit import Array
from matching.kernel import stand as stand_in_shard
from matching.lexicon import inverted_by, lexicon_of
from matching.outside import Outside
from matching.parameters import Parameters
from matching.plan_layout import FLAG_NAMES
from matching.pool import Pool
from matching.state import State
from matching.top import room
from matching.types import Requirement, Vocabulary


@dataclass(frozen=True, eq=False)
class Standing:
    """One entry per person of the pool in each array, in the order of ids."""

    person: Int64s
    registered: Array
    totals: Array
    """int32: points, low, high × people, per million."""
    failed: Array
    """int32: bits of failed gates, in the order of the rules."""
    unknown: Array
    """int32: bits of unknown facts, in the order of FLAG_NAMES."""
    order: Int64s
    """Places of the candidates, best first."""
    keys: Int64s
    """Their order keys (`plan_layout`), falling."""
    behind: Int64s
    """Places of the people behind a gate."""

    @property
    def points(self) -> Array:
        """Points of everybody."""
        points: Array = self.totals[0]
        return points

    @property
    def low(self) -> Array:
        """Points if all that is unknown turns out bad."""
        low: Array = self.totals[1]
        return low

    @property
    def high(self) -> Array:
        """Points if all that is unknown turns out well."""
        high: Array = self.totals[2]
        return high

    def flags_of(self, place: int) -> tuple[str, ...]:
        """Names of the facts this vacancy needs and that nobody has stated."""
        bits = int(self.unknown[place])
        return tuple(name for bit, name in enumerate(FLAG_NAMES) if bits >> bit & 1)

    def excluded_by_gate(self, names: Sequence[str]) -> Mapping[str, int]:
        """How many each gate excludes, by the first that failed."""
        failed = self.failed[self.behind]
        first = failed & -failed
        counts = {name: int((first == 1 << place).sum()) for place, name in enumerate(names)}
        return {name: count for name, count in counts.items() if count}

    def rank_of(self, points: int, low: int, person: int) -> int:
        """The rank that a person of the pool would have with other points."""
        place = int(np.searchsorted(self.person, person))
        key = int(order_keys(points, low, self.registered[place]))
        ahead = int(np.searchsorted(-self.keys, -key))
        alike = self.person[self.order[ahead : np.searchsorted(-self.keys, -key, side="right")]]
        ahead += int((alike < person).sum())
        own = np.flatnonzero(self.order == place)
        return ahead + 1 - int(len(own) and own[0] < ahead)


def order_keys(points: Array | int, low: Array | int, registered: Array) -> Int64s:
    """One integer that orders by points, then low, then earlier registration: larger is better."""
    sums = (np.int64(points) << at.LOW_BITS) | np.int64(low)
    return np.asarray((sums << at.DAY_BITS) | (at.LATEST - np.int64(registered)), np.int64)


def stand(
    pool: Pool,
    requirement: Requirement,
    vocabulary: Vocabulary,
    parameters: Parameters,
    outside: Outside,
) -> Standing:
    """Gates, points and order of everybody."""
    state = pool.state
    lexicon = lexicon_of(state.names, vocabulary)
    compiled = compile_vacancies([requirement], [outside], lexicon, vocabulary, parameters)
    size = sum(len(shard) for shard in state.shards)
    totals, masks = np.zeros((3, size), np.int32), np.zeros((2, size), np.int32)
    begin = 0
    for shard, live in zip(state.shards, state.live, strict=True):
        part = slice(begin, begin + len(shard))
        begin += len(shard)
        gates = gate_matrix(shard, live, compiled.keys)
        postings = inverted_by(shard, lexicon)
        stand_in_shard(
            shard.facts, postings, gates, compiled.plan, totals[:, part], masks[:, part], *room()
        )
    return _ordered(state, totals, masks)


def _ordered(state: State, totals: Array, masks: Array) -> Standing:
    everybody = _columns(state)
    person, registered, rows = everybody
    totals, masks = totals[:, rows], masks[:, rows]
    ranked = np.flatnonzero(masks[0] == 0)
    keys = order_keys(totals[0, ranked], totals[1, ranked], registered[ranked])
    order = best_first(keys)
    return Standing(
        person,
        registered,
        totals,
        masks[0],
        masks[1],
        ranked[order],
        keys[order],
        np.flatnonzero(masks[0]),
    )


def _columns(state: State) -> tuple[Int64s, Array, Int64s]:
    """Ids ascending, days of registration, and the rows of all shards that have them."""
    if not state.shards:
        return np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int64)
    begins = np.cumsum([0, *(len(shard) for shard in state.shards)])
    rows = np.concatenate([state.rows(i) + begins[i] for i in range(len(state.shards))])
    person = np.concatenate([shard.person for shard in state.shards])
    registered = np.concatenate([shard.facts.row[:, 0] for shard in state.shards])
    if np.any(person[rows][1:] < person[rows][:-1]):
        rows = rows[np.argsort(person[rows], kind="stable")]
    return person[rows], registered[rows], rows


def best_first(keys: Int64s) -> Int64s:
    """Places of keys, largest first; the earlier place goes first among equal ones."""
    order = np.argsort(keys)[::-1]
    falling = keys[order]
    alike = falling[1:] == falling[:-1]
    if alike.any():
        group = np.concatenate([[0], np.cumsum(~alike)])
        tied = np.flatnonzero(np.append(alike, False) | np.insert(alike, 0, False))
        some = order[tied]
        order[tied] = some[np.lexsort((some, group[tied]))]
    return order
