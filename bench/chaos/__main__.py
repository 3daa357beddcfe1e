"""`make chaos`: both engines, then the service layers that are wrong on purpose."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

from bench import results
from bench.chaos.broken import VARIANTS
from bench.chaos.page import write_page
from bench.chaos.run import Plan, run
from bench.chaos.stage import Size

COLUMNS = (
    *("engine", "seconds", "operations", "per_second", "killed_replicas"),
    *("deaths_before_answer", "p50_ms", "p95_ms", "p99_ms", "max_ms"),
)


def main() -> int:
    options = _options()
    rows, wrong = [], []
    started = time.monotonic()
    for engine in options.engine:
        if options.only_broken:
            break
        rows.append(run(sound_plan(options, engine), say))
        tell(rows[-1])
    for name in options.broken:
        wrong.append(run(wrong_plan(name, options.broken_seconds), say))
        tell(wrong[-1])
    say(f"in all {time.monotonic() - started:.0f} s")
    if rows and not options.dry:
        before = results.read("chaos") or {}
        results.write(
            "chaos",
            rows,
            packages=("sqlalchemy", "psycopg", "pysqlite3"),
            broken=[short(one) for one in wrong] or before.get("broken", []),
            seconds_in_all=round(time.monotonic() - started),
        )
        write_page()
    results.print_table([*rows, *wrong], COLUMNS)
    return judge(rows, wrong)


def sound_plan(options: argparse.Namespace, engine: str) -> Plan:
    return Plan(engine, options.seconds, options.officers, with_jobs=not options.no_jobs)


def wrong_plan(name: str, seconds: float) -> Plan:
    """Few files and rounds, so that officers meet; on the engine whose defaults lose most."""
    return Plan(
        "postgresql",
        seconds,
        officers=60,
        fail_point=0.02,
        size=Size(files=12, rounds=12, candidates=4, pairs=3, in_pair=8),
        with_jobs=False,
        kills_server=False,
        broken=name,
    )


def short(row: dict[str, Any]) -> dict[str, Any]:
    """A wrong run for the results: which counters turned red."""
    return {
        "broken": row["broken"],
        "engine": row["engine"],
        "seconds": row["seconds"],
        "operations": row["operations"],
        "red": red(row),
    }


def red(row: dict[str, Any]) -> dict[str, int]:
    return {name: count for name, count in row["must_be_zero"].items() if count}


def tell(row: dict[str, Any]) -> None:
    say(f"{row['engine']} {row.get('broken', '')}: {red(row) or 'every counter 0'}")
    for what, said in row["examples"].items():
        if row["must_be_zero"].get(what):
            for one in said[:2]:
                say(f"    {what}: {one}")
    for one in row["problems"]:
        say(f"    {one}")


def judge(rows: list[dict[str, Any]], wrong: list[dict[str, Any]]) -> int:
    """0 if every counter of a sound run is zero and every wrong run was found."""
    bad = [row["engine"] for row in rows if red(row)]
    unseen = [row["broken"] for row in wrong if not red(row)]
    if bad:
        say(f"NOT ZERO: {', '.join(bad)}")
    if unseen:
        say(f"NOT FOUND: {', '.join(unseen)}")
    return int(bool(bad or unseen))


def say(text: str) -> None:
    print(text, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--engine", nargs="*", default=["postgresql", "sqlite"])
    parser.add_argument("--seconds", type=float, default=170)
    parser.add_argument("--officers", type=int, default=50)
    parser.add_argument("--broken", nargs="*", default=list(VARIANTS), choices=[*VARIANTS, []])
    parser.add_argument("--broken-seconds", type=float, default=15)
    parser.add_argument("--only-broken", action="store_true")
    parser.add_argument("--no-jobs", action="store_true", help="no import, no backups")
    parser.add_argument("--dry", action="store_true", help="write no results")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
