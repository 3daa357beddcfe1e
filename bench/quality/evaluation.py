"""Measures the sets, two at a time, prints the tables, writes results and the page."""

from __future__ import annotations

import argparse
import resource
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter

from bench import results
from bench.quality import metamorphic, page
from bench.quality.files import Files, Missing
from bench.quality.labels import Labels
from bench.quality.run import Outcome, Row, rows_of, rows_of_group
from bench.quality.suites import FROZEN, SUITES

MOST = 400
METAMORPHIC = "metamorphic"
NAMES = (*SUITES, METAMORPHIC)
COLUMNS = ("set", "metric", "method", "value", "low", "high", "queries", "ms_per_query")


@dataclass(frozen=True)
class Done:
    """What measuring a suite gave."""

    suite: str
    rows: list[Row]
    sha256: dict[str, str]
    seconds: int
    peak_mb: int
    missing: str | None = None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("sets", nargs="*", choices=[*NAMES, []], help="default: all")
    parser.add_argument(
        "--queries",
        type=int,
        default=MOST,
        help=f"at most so many of a set, drawn once (default {MOST}; single sets sixfold)",
    )
    parser.add_argument("--processes", type=int, default=2, help="suites at a time (default 2)")
    asked = parser.parse_args()
    chosen = asked.sets or list(NAMES)
    start = perf_counter()
    with ProcessPoolExecutor(asked.processes, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_done, name, asked.queries) for name in chosen]
        for finished in as_completed(waiting):
            _keep(finished.result())
    print(f"{perf_counter() - start:.0f} s → bench/results/quality.json, docs/reference/quality.md")
    return 0


def _done(name: str, most: int) -> Done:
    """Measured in a process of its own."""
    start = perf_counter()
    files = Files()
    rows: list[Row] = []
    missing = None
    try:
        rows = _measured(name, files, Labels(files), most)
    except Missing as absent:
        missing = str(absent)
        print(f"{name}: skipped, {missing} is not in {files.root.name}/", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Done(name, rows, files.sha256, round(perf_counter() - start), peak, missing)


def _keep(done: Done) -> None:
    """Put the rows of a suite in the place of those measured before."""
    known = results.read("quality") or {}
    rows = [row for row in known.get("rows", []) if row.get("suite") in {*NAMES} - {done.suite}]
    skipped = {k: v for k, v in known.get("skipped", {}).items() if k != done.suite}
    results.write(
        "quality",
        sorted(rows + done.rows, key=lambda row: NAMES.index(row["suite"])),
        packages=("numpy", "scipy", "scikit-learn"),
        seconds={**known.get("seconds", {}), done.suite: done.seconds},
        peak_mb={**known.get("peak_mb", {}), done.suite: done.peak_mb},
        skipped=skipped | ({done.suite: done.missing} if done.missing else {}),
        files={**known.get("files", {}), **done.sha256},
    )
    page.write()


def _measured(name: str, files: Files, labels: Labels, most: int) -> list[Row]:
    if name == METAMORPHIC:
        return [row | {"suite": name} for row in _printed(metamorphic.rows())]
    rows: list[Row] = []
    groups: dict[str, dict[str, list[Outcome]]] = {}
    for outcomes in SUITES[name](files, labels, most):
        found = rows_of(outcomes, FROZEN)
        rows += _printed(found)
        task = outcomes[0].task
        groups.setdefault(task.group, {})[task.set] = outcomes
    for group, of_sets in groups.items():
        if len(of_sets) > 1:
            rows += _printed(rows_of_group(group, of_sets))
    return [row | {"suite": name} for row in rows]


def _printed(rows: list[Row]) -> list[Row]:
    results.print_table(rows, COLUMNS)
    sys.stdout.flush()
    return rows
