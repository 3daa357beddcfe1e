"""What the ranking has to reach, and whether a run reached it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.results import Row

PEOPLE = 300_000
READ_ANEW = "a changed person is read and replaced"
DIFFERING = "batch in parts, different"
SMALLER = "floor without likely groups"


def check(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """One row per goal: goal, measured, passed (None where it was not measured)."""
    sizes = {row["people"] for row in rows}
    at = PEOPLE if PEOPLE in sizes else max(sizes, default=0)
    ours = [r for r in rows if r["method"] == "ours" and r["people"] == at]

    def of_ours(name: str) -> float | None:
        return ours[0][name] if ours else None

    def other(beginning: str) -> float | None:
        found = [r["value"] for r in others if r["what"].startswith(beginning)]
        near = [r["value"] for r in others if r["what"].startswith(beginning) and r["people"] == at]
        return max(near or found, default=None)

    exact = [r["exact"] for r in rows if r["task"].startswith("full") and r["exact"] is not None]
    people = f"{at:,} people"
    single, batch = of_ours("times_floor"), of_ours("batch_times_floor")
    less = [r for r in rows if r["method"] == SMALLER and r["people"] == at]
    return [
        _goal("every exact method returns the same lists", all(exact) if exact else None, bool),
        _at_most(f"one vacancy, top 100, {people}: at most 3× the floor", single, 3),
        _at_most(f"batch of 1,000, {people}: at most 2.5× the floor", batch, 2.5),
        _at_most("under 300 bytes a person", other("memory"), 300),
        _at_most("a changed person within 5 ms", other("a changed person in the next"), 5),
        _at_most("the same, read from SQLite", other(f"{READ_ANEW}, SQLite"), 5),
        _at_most("the same, read from PostgreSQL", other(f"{READ_ANEW}, PostgreSQL"), 5),
        _at_most("cold start from SQLite under 5 s", other("cold start, SQLite"), 5),
        _at_most("cold start from PostgreSQL under 5 s", other("cold start, PostgreSQL"), 5),
        _at_most(
            "a change by another process within 2 s", other("a change by another process"), 2_000
        ),
        _at_most("every way of running a batch gives the same", other(DIFFERING), 0),
        _goal("1,000,000 people in the same run", 1_000_000 in sizes, bool),
        # No goal: what the first two would be beside postings from which the engine's own trick
        # of giving likely groups by occupation is taken already.
        _told(f"(one vacancy, beside the {SMALLER})", single, less, "times_floor"),
        _told(f"(batch, beside the {SMALLER})", batch, less, "batch_times_floor"),
    ]


def _told(what: str, ours: float | None, less: Sequence[Row], name: str) -> Row:
    is_known = ours is not None and less
    return {"goal": what, "measured": ours / less[0][name] if is_known else None, "passed": None}


def _at_most(goal: str, measured: float | None, limit: float) -> Row:
    return _goal(goal, measured, lambda value: value <= limit)


def _goal(goal: str, measured: object, is_reached: Callable[..., bool]) -> Row:
    passed = None if measured is None else bool(is_reached(measured))
    return {"goal": goal, "measured": measured, "passed": passed}
