"""Where everybody stands for one vacancy: points, range, failed gates, order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine import plan_layout as at
from matching.engine.columns import Int64s
from matching.engine.compiling import compile_vacancies
from matching.engine.gate_rows import gate_matrix
from matching.engine.jit import Array
from matching.engine.kernel import GONE
from matching.engine.kernel import stand as stand_in_shard
from matching.engine.lexicon import inverted_by, lexicon_of
from matching.engine.plan_layout import FLAG_NAMES
from matching.engine.state import State
from matching.outside import Outside
from matching.parameters import Parameters
from matching.pool import Pool
from matching.top import room
from matching.types import Requirement, Vocabulary


@dataclass(frozen=True, eq=False)
class Standing:
    """One entry for each row of the pool's shards in each array, also of people who have left."""

    person: Int64s
    registered: Array
    totals: Array
    """int32: points, low, high × rows, per million; 0 for people behind a gate."""
    failed: Array
    """int32: bits of failed gates, in the order of the rules; or GONE."""
    unknown: Array
    """int32: bits of unknown facts, in the order of FLAG_NAMES."""
    order: Int64s
    """Rows of the candidates, best first."""
    keys: Int64s
    """Their order keys (`plan_layout`), falling."""
    behind: Int64s
    """Rows of the people behind a gate, in the order of ids."""

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
        there = (self.person == person) & (self.failed < GONE)
        row = int(np.flatnonzero(there)[0])
        key = int(order_keys(points, low, self.registered[row]))
        ahead, end = (int(np.searchsorted(-self.keys, -key, side=s)) for s in ("left", "right"))
        alike = self.person[self.order[ahead:end]]
        ahead += int((alike < person).sum())
        own = np.flatnonzero(self.order == row)
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
    totals, masks = np.zeros((size, 3), np.int32), np.zeros((size, 2), np.int32)
    begin = 0
    for shard, live in zip(state.shards, state.live, strict=True):
        rows = slice(begin, begin + len(shard))
        begin += len(shard)
        gates = gate_matrix(shard, live, compiled.keys)
        postings = inverted_by(shard, lexicon)
        stand_in_shard(
            shard.facts, postings, gates, compiled.plan, totals[rows], masks[rows], *room()
        )
    return _ordered(state, totals.T, masks.T)


def _ordered(state: State, totals: Array, masks: Array) -> Standing:
    person = _joined([shard.person for shard in state.shards], np.int64)
    registered = _joined([shard.facts.row[:, at.REGISTERED] for shard in state.shards], np.int32)
    failed = masks[0]
    ranked = np.flatnonzero(failed == 0)
    keys = order_keys(totals[0, ranked], totals[1, ranked], registered[ranked])
    order = best_first(keys, person[ranked])
    behind = np.flatnonzero((failed != 0) & (failed < GONE))
    behind = behind[np.argsort(person[behind], kind="stable")]
    return Standing(
        person, registered, totals, failed, masks[1], ranked[order], keys[order], behind
    )


def _joined(columns: Sequence[Array], kind: type[np.generic]) -> Array:
    return np.concatenate(columns) if columns else np.zeros(0, kind)


def best_first(keys: Int64s, person: Int64s) -> Int64s:
    """Places of keys, largest first; the lower id goes first among equal ones."""
    order = np.argsort(keys)[::-1]
    falling = keys[order]
    alike = falling[1:] == falling[:-1]
    if alike.any():
        group = np.concatenate([[0], np.cumsum(~alike)])
        tied = np.flatnonzero(np.append(alike, False) | np.insert(alike, 0, False))
        some = order[tied]
        order[tied] = some[np.lexsort((person[some], group[tied]))]
    return order
