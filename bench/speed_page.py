"""Writes docs/reference/speed.md from bench/results/speed.json."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench import results

NOTICE = "<!-- Made by `make bench` from its measurement; run it anew instead of editing. -->\n\n"
COLUMNS = (
    *("method", "task", "exact", "recall", "recall_of_full", "p50_ms", "p95_ms", "times_floor"),
    *("batch", "batch_times_floor", "build_s", "index_mb"),
)
TITLES = {
    "recall_of_full": "recall of full",
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
    "times_floor": "× floor",
    "batch": "batch, ms a vacancy",
    "batch_times_floor": "batch × floor",
    "build_s": "built in s",
    "index_mb": "index MB",
    "vacancies_10": "10 vacancies",
    "vacancies_100": "100",
    "vacancies_1000": "1,000",
    "vacancies_10000": "10,000",
}
HEAD = """# Speed

How long it takes to rank everybody for a vacancy: this engine, the least work there is, and other
ways of doing it. Run it with `make bench`; how the engine works is in
[the explanation](../explanation/ranking.md), how it grows in [growth](../explanation/growth.md).

"""
CAVEATS = """## How to read it

- **full**: gates, all five criteria, ties by low, earlier registration and id; the first 100.
  Before anything is timed, the lists of these methods are compared, ties included.
- **skills**: whose skills fit best, without gates and other criteria, which is all that a
  similarity library does. *recall* is the share found of the 100 whose skills fit best, *recall
  of full* of the 100 that the product shows. Cosine is another score by design.
- **floor**: merely adding up the points along the postings of a vacancy's features, compiled, in
  shards that fit the processor's second cache. *× floor* compares medians on the same vacancies.
  *Without likely groups* the groups that a person's main occupation implies are not posted: this
  engine gives those points by the code of the occupation, once for each vacancy.
- Single vacancies: methods take turns on each vacancy, in an order shuffled anew, so each runs
  with a cache that others have filled. Batches: best of up to three rounds; *~* marks a batch told
  from single vacancies instead of measured.
- The peers get their vacancy compiled; this engine's time includes reading the requirement.
- The people are made up (`bench/people.py`): numbers of a published taxonomy's size and shape.
  Unknown facts exclude nobody, so more people pass the gates than where everything is known.
- Milliseconds belong to the machine above, ratios less so.
"""


PLAN_HEAD = """All extrapolated from the batch at the largest size measured above: time is linear in
people × vacancies, memory in people, what is merged in vacancies × the first 100 (32 bytes each).

"""


def write() -> Path:
    """Make the page from the last measurement."""
    document = results.read("speed")
    if document is None:
        raise SystemExit("Nothing is measured yet: run `make bench`.")
    path = results.REFERENCE / "speed.md"
    path.write_text(NOTICE + page(document), encoding="utf-8")
    return path


def page(document: dict[str, Any]) -> str:
    """The text of the page."""
    parts = [HEAD, results.provenance(document), "\n## Goals\n\n"]
    parts.append(results.markdown_table(document["goals"], ("goal", "measured", "passed")))
    sizes = sorted({row["people"] for row in document["rows"]})
    for size in sizes:
        rows = [_shown(row) for row in document["rows"] if row["people"] == size]
        parts.append(f"\n## {size:,} people\n\n" + results.markdown_table(rows, COLUMNS, TITLES))
    parts.append("\n## Besides the ranking itself\n\n")
    others = sorted(document["others"], key=lambda row: row["what"])
    parts.append(results.markdown_table(others, ("what", "people", "value", "unit", "note")))
    parts.append("\n## Cost over people and vacancies\n\n")
    parts.append("Seconds for the first 100 of every vacancy, one thread. *~* is extrapolated.\n\n")
    parts.append(cost_table(document))
    parts.append("\n## What more would cost\n\n" + PLAN_HEAD + plan_table(document))
    if document["skipped"]:
        parts.append("\n## Not measured\n\n")
        parts += [
            f"- {row['method']}, {row['people']:,} people: {row['reason']}\n"
            for row in document["skipped"]
        ]
    return "".join([*parts, "\n", CAVEATS])


def _shown(row: results.Row) -> results.Row:
    batch = row["batch_ms"] / row["vacancies"]
    mark = "~" if row["batch_is_extrapolated"] else ""
    index = row["index_bytes"]
    return row | {
        "batch": f"{mark}{results.cell(batch)}",
        "batch_times_floor": f"{mark}{results.cell(row['batch_times_floor'])}",
        "index_mb": None if index is None else index / 1e6,
    }


def cost_table(document: dict[str, Any]) -> str:
    """People × vacancies; ten thousand vacancies and ten million people are extrapolated."""
    seconds = {(row["people"], row["vacancies"]): row["seconds"] for row in document["growth"]}
    if not seconds:
        return "Not measured in this run.\n"
    most = max(people for people, _ in seconds)

    def told(people: int, count: int) -> str | float | None:
        if (people, count) in seconds:
            return float(seconds[people, count])
        known = seconds.get((min(people, most), min(count, 1_000)))
        if known is None:
            return None
        times = max(people / most, 1) * max(count / 1_000, 1)
        return f"~{results.cell(known * times)}"

    counts = (10, 100, 1_000, 10_000)
    lines = [
        {"people": people} | {f"vacancies_{count}": told(people, count) for count in counts}
        for people in (*sorted({people for people, _ in seconds}), 10_000_000)
    ]
    return results.markdown_table(lines, ("people", *list(lines[0])[1:]), TITLES)


def plan_table(document: dict[str, Any]) -> str:
    """From the register of a country to ten million people and a million vacancies."""
    rows = [row for row in document["rows"] if row["method"] == "ours"]
    memory = [row["value"] for row in document["others"] if row["what"] == "memory"]
    if not rows or not memory:
        return "Not measured in this run.\n"
    largest = max(rows, key=lambda row: row["people"])
    pairs_a_second = largest["people"] * largest["vacancies"] / (largest["batch_ms"] / 1e3)
    lines = []
    for people, vacancies in ((3 * 10**5, 10**4), (10**6, 10**5), (10**7, 10**6)):
        hours = people * vacancies / pairs_a_second / 3_600
        lines.append(
            {
                "people": people,
                "vacancies": vacancies,
                "pairs": f"{people * vacancies:.0e}".replace("e+0", "e+").replace("e+", " · 10^"),
                "core": _duration(hours),
                "sixteen": _duration(hours / 16),
                "people_gb": people * memory[-1] / 1e9,
                "merged_gb": vacancies * 100 * 32 / 1e9,
            }
        )
    titles = {
        "core": "one core",
        "sixteen": "16 cores, if linear",
        "people_gb": "people, GB",
        "merged_gb": "result, GB",
    }
    return results.markdown_table(lines, tuple(lines[0]), titles)


def _duration(hours: float) -> str:
    if hours < 1 / 60:
        return f"~{hours * 3_600:.0f} s"
    return f"~{hours * 60:.0f} min" if hours < 2 else f"~{hours:.1f} h"
