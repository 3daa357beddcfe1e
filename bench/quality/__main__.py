"""`python -m bench.quality [SET…]`: measures, prints the table, writes results and the page."""

from __future__ import annotations

import argparse
import resource
import sys
from time import perf_counter

from bench import results
from bench.quality import page
from bench.quality.files import Files, Missing
from bench.quality.labels import Labels
from bench.quality.run import Outcome, Row, rows_of, rows_of_group
from bench.quality.suites import FROZEN, SUITES

COLUMNS = ("set", "metric", "method", "value", "low", "high", "queries", "ms_per_query")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("sets", nargs="*", choices=[*SUITES, []], help="default: all")
    chosen = parser.parse_args().sets or list(SUITES)
    start = perf_counter()
    files = Files()
    labels = Labels(files)
    rows: list[Row] = []
    skipped: dict[str, str] = {}
    for name in chosen:
        try:
            rows += _measured(name, files, labels)
        except Missing as missing:
            skipped[name] = str(missing)
            print(f"{name}: skipped, {missing} is not in {files.root.name}/", flush=True)
    results.write(
        "quality",
        rows,
        packages=("numpy", "scipy", "scikit-learn"),
        seconds=round(perf_counter() - start),
        peak_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        skipped=skipped,
        files=files.sha256,
    )
    if chosen == list(SUITES):
        page.write()
    print(f"{len(rows)} rows in {perf_counter() - start:.0f} s → bench/results/quality.json")
    return 0


def _measured(name: str, files: Files, labels: Labels) -> list[Row]:
    rows: list[Row] = []
    groups: dict[str, dict[str, list[Outcome]]] = {}
    for outcomes in SUITES[name](files, labels):
        found = rows_of(outcomes, FROZEN)
        results.print_table(found, COLUMNS)
        sys.stdout.flush()
        rows += found
        task = outcomes[0].task
        groups.setdefault(task.group, {})[task.set] = outcomes
    for group, of_sets in groups.items():
        if len(of_sets) > 1:
            summary = rows_of_group(group, of_sets)
            results.print_table(summary, COLUMNS)
            rows += summary
    return rows


if __name__ == "__main__":
    sys.exit(main())
