"""The best k for one vacancy or many, exact, from all people or from a part of them.

The best of two parts are among the best of each, since a person's points depend on nobody else:
so shards can be scanned anywhere and their keys merged in any order.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from matching.engine import plan_layout as at
from matching.engine.compiling import compile_vacancies
from matching.engine.gate_rows import gate_matrix
from matching.engine.jit import Array
from matching.engine.kernel import empty_heaps, scan
from matching.engine.lexicon import inverted_by, lexicon_of
from matching.engine.plan_layout import Heaps
from matching.engine.shards import MOST
from matching.outside import NO_GATES, Outside
from matching.parameters import Parameters
from matching.pool import Pool
from matching.ranking_rules import gate_names
from matching.types import Requirement, Vocabulary

CRITERIA = ("occupation", "skills", "languages", "experience", "readiness")
"""In the order of `Top.parts`."""


@dataclass(frozen=True)
class Keys:
    """The best k of each vacancy among some people, best first; -1 where there are fewer."""

    key: Array
    """int64, vacancies × k: points, low and day of registration (`plan_layout`)."""
    person: Array
    """int64, vacancies × k."""
    parts: Array
    """int32, vacancies × k × criteria × (points, low, high)."""
    excluded: Array
    """int64, vacancies × gates: how many each gate excludes, by the first that failed."""
    people: int
    """How many were looked at."""


@dataclass(frozen=True)
class Top:
    """The best k for one vacancy, best first; points per million."""

    persons: Array
    points: Array
    low: Array
    high: Array
    parts: Array
    """People × CRITERIA × (points, low, high); they add up to the three above."""
    ranked: int
    """How many no gate excludes."""
    excluded_by_gate: Mapping[str, int]


def top(
    pool: Pool,
    requirement: Requirement,
    vocabulary: Vocabulary,
    parameters: Parameters,
    *,
    k: int = 100,
    outside: Outside = NO_GATES,
) -> Top:
    """The best k for one vacancy."""
    found = scan_shards(pool, [requirement], vocabulary, parameters, k=k, outside=[outside])
    return tops_of(found, [requirement])[0]


def batch(
    pool: Pool,
    requirements: Sequence[Requirement],
    vocabulary: Vocabulary,
    parameters: Parameters,
    *,
    k: int = 100,
    threads: int = 1,
    outside: Sequence[Outside] | None = None,
) -> list[Top]:
    """The best k for each vacancy; `outside` has the gates of each."""
    found = scan_shards(
        pool, requirements, vocabulary, parameters, k=k, threads=threads, outside=outside
    )
    return tops_of(found, requirements)


def scan_shards(
    pool: Pool,
    requirements: Sequence[Requirement],
    vocabulary: Vocabulary,
    parameters: Parameters,
    *,
    k: int = 100,
    threads: int = 1,
    outside: Sequence[Outside] | None = None,
    shards: slice = slice(None),
) -> Keys:
    """The best k among the people of some shards of a pool; merge with those of others."""
    if k < 1:
        raise ValueError("the best of nobody")
    state = pool.state
    lexicon = lexicon_of(state.names, vocabulary)
    inverted = [inverted_by(shard, lexicon) for shard in state.shards[shards]]
    gates = outside if outside is not None else [NO_GATES] * len(requirements)
    compiled = compile_vacancies(requirements, gates, lexicon, vocabulary, parameters)
    places = max((len(gate_names(each)) for each in requirements), default=0)
    counts = np.zeros((len(requirements), places), np.int64)
    heaps = _empty_heaps(len(requirements), k)
    work = [
        (shard.facts, postings, gate_matrix(shard, live, compiled.keys))
        for shard, live, postings in zip(
            state.shards[shards], state.live[shards], inverted, strict=True
        )
    ]

    def run(first: int) -> None:
        for facts, postings, matrix in work:
            scan(facts, postings, matrix, compiled.plan, heaps, counts, *room(), first, threads)

    _in_threads(run, threads)
    return _sorted(heaps, counts, sum(state.sizes[shards]))


def _in_threads(run: Callable[[int], None], threads: int) -> None:
    if threads == 1:
        run(0)
        return
    with ThreadPoolExecutor(threads) as executor:
        for done in [executor.submit(run, first) for first in range(threads)]:
            done.result()


_local = threading.local()


def room() -> tuple[Array, Array]:
    """Room for the points of a shard and of a person, one for each thread.

    Kept, as fresh memory costs page faults.
    """
    if not hasattr(_local, "room"):
        _local.room = np.zeros(MOST, np.int32), np.zeros((at.CRITERIA, 3), np.int64)
    found: tuple[Array, Array] = _local.room
    return found


def _empty_heaps(vacancies: int, k: int) -> Heaps:
    return Heaps(
        np.full((vacancies, k), -1, np.int64),
        np.full((vacancies, k), -1, np.int64),
        np.tile(np.arange(k, dtype=np.int32), (vacancies, 1)),
        np.zeros((vacancies, k, at.CRITERIA, 3), np.int32),
    )


def _sorted(heaps: Heaps, counts: Array, people: int) -> Keys:
    key, person = np.empty_like(heaps.key), np.empty_like(heaps.person)
    parts = np.empty_like(heaps.parts)
    empty_heaps(heaps, key, person, parts)
    return Keys(key, person, parts, counts, people)


def merge_keys(found: Sequence[Keys]) -> Keys:
    """The best k of several parts of the people, in whatever order they come."""
    k = found[0].key.shape[1]
    key, person, parts = (
        np.concatenate([getattr(each, name) for each in found], axis=1)
        for name in ("key", "person", "parts")
    )
    order = np.lexsort((person, -key), axis=-1)[:, :k]
    return Keys(
        np.take_along_axis(key, order, axis=1),
        np.take_along_axis(person, order, axis=1),
        parts[np.arange(len(order))[:, None], order],
        np.sum([each.excluded for each in found], axis=0),
        sum(each.people for each in found),
    )


def tops_of(found: Keys, requirements: Sequence[Requirement]) -> list[Top]:
    """What was found, vacancy by vacancy."""
    return [_top(found, v, requirement) for v, requirement in enumerate(requirements)]


def _top(found: Keys, v: int, requirement: Requirement) -> Top:
    size = int(np.count_nonzero(found.key[v] >= 0))
    parts = found.parts[v, :size]
    points, low, high = parts.sum(axis=1).T
    counts = found.excluded[v].tolist()
    excluded = {n: c for n, c in zip(gate_names(requirement), counts, strict=False) if c}
    return Top(
        found.person[v, :size],
        points,
        low,
        high,
        parts,
        found.people - sum(counts),
        excluded,
    )
