"""`python -m bench.quality [SET…]`: measures, prints the table, writes results and the page."""

from __future__ import annotations

import argparse
import resource
import sys
from time import perf_counter

from bench import results
from bench.quality import metamorphic, page
from bench.quality.files import Files, Missing
from bench.quality.labels import Labels
from bench.quality.run import Outcome, Row, rows_of, rows_of_group
from bench.quality.suites import FROZEN, SUITES

MOST = 500
METAMORPHIC = "metamorphic"
NAMES = (*SUITES, METAMORPHIC)
COLUMNS = ("set", "metric", "method", "value", "low", "high", "queries", "ms_per_query")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("sets", nargs="*", choices=[*NAMES, []], help="default: all")
    parser.add_argument(
        "--queries",
        type=int,
        default=MOST,
        help=f"at most so many of a set, drawn once (default {MOST}; large single sets sixfold)",
    )
    asked = parser.parse_args()
    chosen = asked.sets or list(NAMES)
    start = perf_counter()
    files = Files()
    labels = Labels(files)
    rows: list[Row] = []
    skipped: dict[str, str] = {}
    seconds: dict[str, int] = {}
    for name in chosen:
        before = perf_counter()
        try:
            rows += _measured(name, files, labels, asked.queries)
        except Missing as missing:
            skipped[name] = str(missing)
            print(f"{name}: skipped, {missing} is not in {files.root.name}/", flush=True)
        seconds[name] = round(perf_counter() - before)
    known = results.read("quality") or {"rows": [], "files": {}, "seconds": {}, "peak_mb": 0}
    kept = [row for row in known["rows"] if row.get("suite", "") in set(NAMES) - set(chosen)]
    order = list(NAMES)
    results.write(
        "quality",
        sorted(kept + rows, key=lambda row: order.index(row["suite"])),
        packages=("numpy", "scipy", "scikit-learn"),
        seconds={**known["seconds"], **seconds},
        peak_mb=max(known["peak_mb"], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024),
        skipped=skipped,
        files={**known["files"], **files.sha256},
    )
    page.write()
    print(f"{len(rows)} rows in {perf_counter() - start:.0f} s → bench/results/quality.json")
    return 0


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


if __name__ == "__main__":
    sys.exit(main())
