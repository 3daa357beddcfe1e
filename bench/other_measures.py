"""Building, memory, changing a person, explaining: what a ranking costs besides the ranking."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import replace
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from bench.methods import World
from bench.ours import columns_of, pool_of
from bench.results import Row
from bench.scoring import Query
from domain.enums import Evidence
from matching import top
from matching.pool import Pool
from matching.reference import assess

CHANGES = 40
EXPLAINED = (10, 100)
GROWTH = (10, 100)


def of_the_engine(world: World, queries: list[Query]) -> list[Row]:
    """Rows of what, people, value, unit, note."""
    size = len(world.people)

    def row(what: str, value: float, unit: str, note: str = "") -> Row:
        return {"what": what, "people": size, "value": value, "unit": unit, "note": note}

    columns = columns_of(world.people)
    begin = time.perf_counter()
    pool = Pool.from_columns(columns)
    ask(pool, world, queries[0])
    built = time.perf_counter() - begin
    change, visible, after = _changes(pool, world, queries[: CHANGES + 1])
    rows = [
        row("index built from columns", built, "s", "including the first ranking"),
        row("memory", array_bytes(pool) / size, "bytes/person", "all arrays that the pool holds"),
        row("a changed person in the next answer", change, "ms", visible),
        row("ranking after a change, beyond an ordinary one", after, "ms"),
    ]
    best = ask(pool, world, queries[0]).persons.tolist()
    for count in EXPLAINED:
        spent = _explain(pool, world, queries[0], best[:count])
        rows.append(row(f"explanation of the first {count}", spent, "ms", "all sentences"))
    return rows


def ask(pool: Pool, world: World, query: Query, k: int = 100) -> Any:
    return top.top(pool, query.requirement, world.vocabulary, world.parameters, k=k)


def growth(pool: Pool, world: World, queries: list[Query]) -> list[Row]:
    """Seconds of the batch on one thread for few vacancies; the thousand is in the table."""
    rows = []
    for count in GROWTH:
        asked = [query.requirement for query in queries[:count]]
        best = min(_batch_seconds(pool, asked, world) for _ in range(3))
        rows.append({"people": len(world.people), "vacancies": count, "seconds": best})
    return rows


def _batch_seconds(pool: Pool, asked: list[Any], world: World) -> float:
    begin = time.perf_counter()
    top.batch(pool, asked, world.vocabulary, world.parameters, k=100, threads=1)
    return time.perf_counter() - begin


def _changes(pool: Pool, world: World, queries: list[Query]) -> tuple[float, str, float]:
    """Give people all asked skills, one after another; is each at once where the points say?"""
    random = np.random.default_rng(8)
    spent, extra, seen = [], [], 0
    for query in queries[1:]:
        person = int(random.choice(world.people.person))
        usual = min(_milliseconds(lambda q=query: ask(pool, world, q)) for _ in range(2))
        wanted = query.requirement
        skills = dict.fromkeys((*wanted.skills_essential, *wanted.skills_optional), Evidence.TESTED)
        # Nobody is excluded for what is unknown, so this person must now be ranked.
        better = replace(
            pool.profile(person),
            skills=skills,
            languages={},
            licences={},
            education=None,
            desired_countries=frozenset(),
            available_from=None,
            available_to=None,
        )
        spent.append(_milliseconds(lambda p=better: pool.replace([p])))
        begin = time.perf_counter()
        found = ask(pool, world, query)
        extra.append((time.perf_counter() - begin) * 1e3 - usual)
        points = sum(c.points for c in assess(better, wanted, world.vocabulary, world.parameters))
        told = dict(zip(found.persons.tolist(), found.points.tolist(), strict=True))
        behind = len(told) == 100 and min(told.values()) >= points
        seen += told.get(person) == points or (behind and person not in told)
    note = f"median of {len(spent)}; right in the next answer: {seen} of {len(spent)}"
    return statistics.median(spent), note, statistics.median(extra)


def _milliseconds(task: Any) -> float:
    begin = time.perf_counter()
    task()
    return (time.perf_counter() - begin) * 1e3


def _explain(pool: Pool, world: World, query: Query, persons: list[int]) -> float:
    def explain() -> None:
        for person in persons:
            profile = pool.profile(person)
            assess(profile, query.requirement, world.vocabulary, world.parameters)

    return min(_milliseconds(explain) for _ in range(3))


def array_bytes(held: object) -> int:
    """Bytes of every array reachable from an object, each memory once; not what code holds."""
    seen: set[int] = set()
    arrays: dict[int, int] = {}
    waiting = [held]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type | ModuleType | FunctionType):
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray):
            if one.base is None:
                arrays[id(one)] = one.nbytes
            else:
                waiting.append(one.base)
        elif isinstance(one, memoryview | bytes | bytearray):
            arrays[id(one)] = len(one)
        else:
            waiting += gc.get_referents(one)
    return sum(arrays.values())


def fresh_pool(world: World) -> Pool:
    return pool_of(world.people)


def of_the_databases(size: int, skipped: list[Row]) -> list[Row]:
    """Cold start and freshness with everybody in a database, where that measurement exists."""
    try:
        from bench.cold_start import measure
    except ImportError:
        skipped.append(
            {"method": "cold start", "people": size, "reason": "no measurement of it is there"}
        )
        return []
    rows, reasons = measure(size)
    skipped += [{"method": "cold start", "people": size, "reason": reason} for reason in reasons]
    return rows
