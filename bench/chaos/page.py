"""Writes docs/reference/chaos.md from bench/results/chaos.json."""

from __future__ import annotations

from typing import Any

from bench import results

NOTICE = "<!-- Made by `make chaos` from its measurement; run it anew instead of editing. -->\n\n"
HEAD = """# Chaos

What happens to the data when many officers write at once while processes and the database are
killed. Run it with `make chaos` (both engines and the broken variants: at most ten minutes on two
cores). It works on databases of its own; nothing of yours is touched.

"""
HOW = """## What is done

- Simulated officers edit files, vote, close rounds, record employers' answers and search: half of
  all they do is editing, a third of the edits on a dozen files, a third of the votes clicked twice
  with two request ids, two employers after the same people. They think for 0.2 to 0.8 seconds, try
  again after 8 seconds without an answer, and give up after 25. They live in a process that is
  never killed and keep a ledger of what they were told is done.
- They call the use cases of `services/` in three replica processes over local HTTP. A replica is
  killed (SIGKILL) about every 4 seconds, and dies by itself with a probability of 0.4 % between
  the commit and its answer. Half-way the PostgreSQL server and all of its processes are killed.
- Meanwhile a file of 5,200 people is imported, killed once on the way and imported again, and two
  backups are made; afterwards each is restored into an empty database and its audit chain checked.
- At the end the ledger is compared with the database. **Every counter must be zero.**

"""
BROKEN = """## Service layers that are wrong on purpose

The same officers on service layers from which one guarantee was taken out (`bench/chaos/broken.py`,
on PostgreSQL). Each must turn a counter red: that shows that the test can fail.

"""
TELLS = {
    "no_version_check": "the form is saved over whatever is there now",
    "no_request_ids": "a request that comes again is a new one",
    "no_head_lock": "the end of the audit chain is read without holding it",
    "audit_apart": "what happened is written down in a second transaction",
    "half_a_change": "a use case becomes lasting piece by piece",
}
LIMITS = """## What it does not show

No real power cut, failing disk or second host. The officers call the service layer, not the
screens: that a screen repeats an action under the same request id is tested by itself
(`tests/pages/test_requests.py`). What somebody gave up on (*uncertain*) may be done or not; it
counts as an error shown to a person, so in a good run there is none. Rows read without holding
them (`FOR UPDATE` left out) are no variant: the constraints and triggers of the database then
refuse what the locks would have kept from happening.
"""
COLUMNS = (
    *("engine", "officers", "seconds", "operations", "per_second", "killed_replicas"),
    *("deaths_before_answer", "killed_servers", "p50_ms", "p95_ms", "p99_ms", "max_ms"),
)
TITLES = {
    "per_second": "a second",
    "killed_replicas": "replicas killed",
    "deaths_before_answer": "deaths before the answer",
    "killed_servers": "servers killed",
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
    "p99_ms": "p99 ms",
    "max_ms": "longest ms",
}


def write_page() -> None:
    """The page, from the last measurement."""
    document = results.read("chaos")
    if document is not None:
        path = results.REFERENCE / "chaos.md"
        path.write_text(NOTICE + page(document), encoding="utf-8")


def page(document: dict[str, Any]) -> str:
    rows = document["rows"]
    parts = [
        HEAD,
        results.provenance(document) + "\n",
        HOW,
        "## What was found\n\n",
        results.markdown_table(rows, COLUMNS, TITLES) + "\n",
        *(_engine(row) for row in rows),
        "\n| must be zero | " + " | ".join(row["engine"] for row in rows) + " |\n",
        "|---|" + "---|" * len(rows) + "\n",
        *(_counter(name, rows) for name in _counters(rows)),
        "\n",
        BROKEN,
        _broken(document.get("broken", [])),
        "\n",
        LIMITS,
    ]
    return "".join(parts)


def _engine(row: dict[str, Any]) -> str:
    done = ", ".join(f"{count:,} {what}" for what, count in row["acknowledged"].items())
    again = ", ".join(f"{count:,} {what}" for what, count in sorted(row["repeats"].items()))
    took_in = row["import"] or {}
    lines = [
        f"- **{row['engine']}**: acknowledged {done}; uncertain {row['uncertain']}.",
        f"  Tried again: {again or 'nothing'}.",
    ]
    if took_in:
        lines.append(
            f"  Import: {took_in['created']:,} new, {took_in['unchanged']:,} there already, "
            f"{took_in['rejected']:,} rejected, {took_in['seconds']} s; backups: "
            f"{', '.join(f'{seconds} s' for seconds in row['backups'])}."
        )
    if row.get("server_down_s"):
        lines.append(f"  The server answered again {row['server_down_s']} s after it was killed.")
    return "\n".join(lines) + "\n"


def _counters(rows: list[dict[str, Any]]) -> list[str]:
    return sorted({name for row in rows for name in row["must_be_zero"]})


def _counter(name: str, rows: list[dict[str, Any]]) -> str:
    cells = " | ".join(results.cell(row["must_be_zero"].get(name)) for row in rows)
    return f"| {name.replace('_', ' ')} | {cells} |\n"


def _broken(runs: list[dict[str, Any]]) -> str:
    if not runs:
        return "Not measured yet.\n"
    lines = ["| left out | so that | operations | counters that turned red |", "|---|---|---|---|"]
    for run in runs:
        red = ", ".join(f"{name.replace('_', ' ')} {n:,}" for name, n in run["red"].items())
        lines.append(
            f"| {run['broken'].replace('_', ' ')} | {TELLS[run['broken']]} "
            f"| {run['operations']:,} | {red or '**none**'} |"
        )
    return "\n".join(lines) + "\n"
