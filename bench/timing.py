"""How methods are timed beside each other, so that a busy machine hurts all of them alike.

Equality first: whatever claims to be exact returns the same lists, ties included. Then vacancy by
vacancy, each method once, in an order shuffled anew: nobody always runs after somebody who warmed
the cache for it. Medians; every method as a multiple of the bare additions on the same vacancies.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np

from bench.methods import Answer, Method
from bench.scoring import Query

BATCH_ROUNDS = 3
BATCH_TRIED = 20
TIMED_AT_LEAST = 5


@dataclass
class Times:
    """Milliseconds of one method, by the number of the vacancy."""

    wall: dict[int, float] = field(default_factory=dict)
    cpu: dict[int, float] = field(default_factory=dict)

    def median(self, among: Sequence[int] | None = None) -> float:
        return statistics.median(self.wall[i] for i in (self.wall if among is None else among))

    def cpu_median(self, among: Sequence[int] | None = None) -> float:
        return statistics.median(self.cpu[i] for i in (self.cpu if among is None else among))

    def at(self, percent: float) -> float:
        return float(np.percentile(list(self.wall.values()), percent))


def one_by_one(
    methods: Sequence[Method], queries: Sequence[Query], seconds_each: float
) -> dict[str, Times]:
    """Time single vacancies, methods interleaved; a slow method gets fewer of them."""
    random = Random(6)
    times = {method.name: Times() for method in methods}
    quota = {m.name: _quota(m, queries, seconds_each) for m in methods}
    for i, query in enumerate(queries):
        turn = [method for method in methods if i < quota[method.name]]
        random.shuffle(turn)
        for method in turn:
            wall, cpu = _timed(lambda method=method, query=query: method.top(query))
            times[method.name].wall[i] = wall
            times[method.name].cpu[i] = cpu
    return times


def _quota(method: Method, queries: Sequence[Query], seconds: float) -> int:
    method.top(queries[0])  # compiles what is compiled on first use
    wall, _ = _timed(lambda: [method.top(query) for query in queries[1:3]])
    affordable = int(seconds * 1000 / max(wall / 2, 0.01))
    return min(len(queries), max(TIMED_AT_LEAST, affordable))


def _timed(task: Callable[[], Any]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    task()
    return (time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3


@dataclass(frozen=True)
class BatchTime:
    """Milliseconds of a whole batch; told from fewer vacancies where it would take too long."""

    ms: float
    is_extrapolated: bool


def batches(
    methods: Sequence[Method], queries: list[Query], seconds: float
) -> dict[str, BatchTime]:
    """Best of some interleaved rounds; a method that takes longer runs once, or on fewer."""
    random = Random(7)
    counts = {method.name: _affordable(method, queries, seconds) for method in methods}
    best: dict[str, float] = {}
    for round_ in range(BATCH_ROUNDS):
        turn = [m for m in methods if not round_ or best[m.name] < seconds * 1e3 / BATCH_ROUNDS]
        random.shuffle(turn)
        for method in turn:
            some = queries[: counts[method.name]]
            wall, _ = _timed(lambda method=method, some=some: method.batch(some))
            best[method.name] = min(wall, best.get(method.name, wall))
    return {
        name: BatchTime(ms * len(queries) / counts[name], counts[name] < len(queries))
        for name, ms in best.items()
    }


def _affordable(method: Method, queries: list[Query], seconds: float) -> int:
    """How many vacancies make a batch of about so many seconds."""
    some = queries[:BATCH_TRIED]
    method.batch(some[:1])
    wall, _ = _timed(lambda: method.batch(some))
    count = int(seconds * 1e3 / max(wall / len(some), 1e-3))
    return len(queries) if count >= len(queries) else max(count, len(some))


def differing(method: Method, queries: Sequence[Query], right: Sequence[Answer]) -> int:
    """How many vacancies a method answers otherwise than it should."""
    return sum(
        list(method.top(query)) != answer[: method.k]
        for query, answer in zip(queries, right, strict=True)
    )


def recall(found: np.ndarray, points: np.ndarray, k: int) -> float:
    """Share of the k best that were found; people equal to the last of them count as well."""
    last = np.partition(points, len(points) - k)[len(points) - k]
    kept = np.asarray(found)[:k]
    kept = kept[kept >= 0]
    return float((points[kept] >= last).sum()) / k
