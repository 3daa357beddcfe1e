"""Writes docs/reference/load.md from bench/results/load.json."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench import results

NOTICE = "<!-- Made by `make load` from its measurement; run it anew instead of editing. -->\n\n"
COLUMNS = (
    *("page", "people", "sessions", "p50_ms", "p95_ms", "first_paint_ms", "opening_p50_ms"),
    *("mb_per_session", "core_used", "cpu_ms", "clicks", "errors"),
)
TITLES = {
    "page": "screen",
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
    "first_paint_ms": "first paint ms",
    "opening_p50_ms": "opened in ms",
    "mb_per_session": "MB a session",
    "core_used": "of the core",
    "cpu_ms": "CPU ms a run",
    "held": "held at p95 < 0.5 s",
    "goal": "goal",
}
HEAD = """# Load

How many officers one process serves on one core. Run it with `make load`.

"""
NOTES = """
## How to read it

- The app runs as `manage.py serve` starts it, on one core; those who measure have another. The
  database is SQLite with the sample, its people copied until there are as many as the line says.
- What officers do was recorded once in a real Chromium (`bench/load/recording.py`): on *ranking*
  a recruiter opens person after person and looks for a name, on *jobseekers* searches and turns
  pages, on *commission* a member reads candidate after candidate, while the strip of who is there
  asks anew every four seconds. The same frames are then sent by so many sessions over websockets of
  their own, with five seconds of thought (exponential) between an answer and the next click.
- *p50* and *p95*: from a click to the last message of its answer. A number of sessions is **held**
  when p95 stays under half a second.
- *first paint*: a Chromium asks for the address until the screen's title is drawn, one officer.
- *opened*: the screen's first answer, while the others come in too.
- *MB a session*: growth of the process through these sessions; below zero where memory that the
  start had used was given back meanwhile.
- *CPU ms a run*: processor time of the server by answers, openings and living screens included.
- Larger numbers of sessions are not tried once one was not held; a dash among those held says that
  the smallest number tried was too many. One officer has at most forty windows, so of the
  commission's screen, where a member sits alone in a seat, no more are tried.
"""


def write() -> Path:
    """Make the page from the last measurement."""
    document = results.read("load")
    if document is None:
        raise SystemExit("Nothing is measured yet: run `make load`.")
    path = results.REFERENCE / "load.md"
    path.write_text(NOTICE + page(document), encoding="utf-8")
    return path


def page(document: dict[str, Any]) -> str:
    """The text of the page."""
    rows = document["rows"]
    told = results.markdown_table(held(rows), ("page", "people", "held", "goal"), TITLES)
    return "".join(
        [
            HEAD,
            results.provenance(document),
            "\n## Sessions held\n\nThe goal is 100 active recruiters on one core.\n\n",
            told,
            "\n## Every measurement\n\n",
            results.markdown_table(rows, COLUMNS, TITLES),
            NOTES,
            costs(),
        ]
    )


def held(rows: list[results.Row]) -> list[results.Row]:
    """For each screen and size the largest number of sessions that was held."""
    best: dict[tuple[str, int], int | None] = {}
    for row in rows:
        key = row["page"], row["people"]
        good = row["p95_ms"] is not None and row["p95_ms"] < 500 and not row["errors"]
        best[key] = row["sessions"] if good else best.get(key)
    return [
        {"page": page, "people": people, "held": most, "goal": (most or 0) >= 100}
        for (page, people), most in best.items()
    ]


def costs() -> str:
    """What was found to cost, kept by hand beside the measurement."""
    path = Path(__file__).with_name("costs.md")
    return "\n" + path.read_text(encoding="utf-8") if path.exists() else ""
