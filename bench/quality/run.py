"""Runs the methods of a set one after the other and keeps what every query got."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

import numpy as np

from bench.quality import metrics
from bench.quality.task import Scorer, Task, values_of

BATCH = 128
TIMED = 60  # texts given one at a time to see what one costs
Row = dict[str, Any]
Values = dict[str, np.ndarray]


@dataclass
class Method:
    """A way to rank: made when its turn comes, dropped after it."""

    name: str
    make: Callable[[Task], Scorer]


@dataclass
class Outcome:
    """What a method got on a set."""

    task: Task
    method: str
    values: Values
    index_seconds: float
    ms: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @property
    def median_ms(self) -> float:
        return float(np.median(self.ms))


def drawn(count: int, most: int) -> list[int]:
    """At most so many of the numbers below `count`, in order, always the same."""
    order = np.random.default_rng(metrics.SEED).permutation(count)[:most]
    return sorted(int(i) for i in order)


def sampled(task: Task, most: int) -> Task:
    """The task with at most so many of its queries, drawn once for all methods."""
    kept = drawn(len(task.queries), most)
    return replace(
        task,
        queries=tuple(task.queries[i] for i in kept),
        relevant=tuple(task.relevant[i] for i in kept),
    )


def measure(task: Task, method: Method) -> Outcome:
    start = perf_counter()
    scorer = method.make(task)
    index_seconds = perf_counter() - start
    scorer(task.queries[:1])  # what is made at first use is not a query's cost
    values: dict[str, list[float]] = {name: [] for name in task.metrics}
    for first in range(0, len(task.queries), BATCH):
        scores = scorer(task.queries[first : first + BATCH])
        for name, found in values_of(task, scores, first).items():
            values[name].extend(found)
    chosen = np.random.default_rng(metrics.SEED).permutation(len(task.queries))[:TIMED]
    ms = []
    for i in chosen:
        start = perf_counter()
        scorer([task.queries[i]])
        ms.append(1000 * (perf_counter() - start))
    del scorer
    gc.collect()
    found_values = {name: np.array(found) for name, found in values.items()}
    return Outcome(task, method.name, found_values, index_seconds, np.array(ms))


def rows_of(outcomes: Sequence[Outcome], baseline: str) -> list[Row]:
    """A row per metric and method of one set; compared with the baseline query by query."""
    frozen = {o.method: o for o in outcomes}.get(baseline)
    rows = []
    for outcome in outcomes:
        for metric, values in outcome.values.items():
            low, high = metrics.interval(values)
            row = _row(outcome.task.set, metric, outcome.method, values.mean(), low, high)
            row |= {
                "group": outcome.task.group,
                "language": outcome.task.language,
                "queries": len(values),
                "ms_per_query": round(outcome.median_ms, 2),
                "ms_p95": round(float(np.quantile(outcome.ms, 0.95)), 2),
                "index_s": round(outcome.index_seconds, 2),
            }
            if frozen and outcome is not frozen:
                row["p_value"] = round(metrics.p_value(values, frozen.values[metric]), 4)
            rows.append(row)
    return rows


def rows_of_group(group: str, sets: Mapping[str, Sequence[Outcome]]) -> list[Row]:
    """The mean over the sets of a group, and the worst of its sets."""
    by_method: dict[tuple[str, str], list[Outcome]] = {}
    for outcomes in sets.values():
        for outcome in outcomes:
            for metric in outcome.values:
                by_method.setdefault((metric, outcome.method), []).append(outcome)
    rows = []
    for (metric, method), found in by_method.items():
        if len(found) < 2 or len(found) < len(sets):
            continue
        parts = [o.values[metric] for o in found]
        means = [part.mean() for part in parts]
        worst = int(np.argmin(means))
        low, high = metrics.pooled_interval(parts)
        row = _row(f"{group} (mean of {len(parts)})", metric, method, np.mean(means), low, high)
        row |= {
            "group": group,
            "queries": sum(len(part) for part in parts),
            "ms_per_query": round(float(np.mean([o.median_ms for o in found])), 2),
            "ms_p95": round(float(np.max([np.quantile(o.ms, 0.95) for o in found])), 2),
            "index_s": round(max(o.index_seconds for o in found), 2),
            "worst": f"{found[worst].task.set} {means[worst]:.3f}",
        }
        rows.append(row)
    return rows


def _row(name: str, metric: str, method: str, value: float, low: float, high: float) -> Row:
    return {
        "set": name,
        "metric": metric,
        "method": method,
        "value": round(float(value), 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }


def subset(outcomes: Iterable[Outcome], name: str, mask: np.ndarray) -> list[Outcome]:
    """The same outcomes, counted on some of the queries only."""
    kept = []
    for outcome in outcomes:
        task = replace(outcome.task, set=name, group=name)
        values = {metric: v[mask] for metric, v in outcome.values.items()}
        kept.append(Outcome(task, outcome.method, values, outcome.index_seconds, outcome.ms))
    return kept


def joined(parts: Sequence[Sequence[Outcome]], name: str) -> list[Outcome]:
    """Outcomes of several folds of one set as of one."""
    found = []
    for folds in zip(*parts, strict=True):
        task = replace(folds[0].task, set=name)
        values = {m: np.concatenate([f.values[m] for f in folds]) for m in folds[0].values}
        seconds = max(f.index_seconds for f in folds)
        ms = np.concatenate([f.ms for f in folds])
        found.append(Outcome(task, folds[0].method, values, seconds, ms))
    return found
