"""The note that every process leaves after a round of due work, and who asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from db.models.operations import DueJobRow
from db.session import reading, unit_of_work
from services import clock


@dataclass(frozen=True, slots=True)
class DueRun:
    """How one job went; `settled` -1 says that it failed."""

    name: str
    settled: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DueJobState:
    """What is known about a job of due work, of all processes together."""

    name: str
    ran_at: datetime
    succeeded_at: datetime | None
    failures_in_a_row: int
    settled: int
    seconds: float


def note_runs(runs: Sequence[DueRun]) -> None:
    """Write down a round; another process's round in the same moment is as good."""
    with unit_of_work() as work:
        # One order everywhere, so that two rounds at once wait for each other and not crosswise.
        for run in sorted(runs, key=lambda one: one.name):
            row = work.session.get(DueJobRow, run.name, with_for_update=True)
            if row is None:
                row = DueJobRow(name=run.name, failures_in_a_row=0, settled=0)
                work.session.add(row)
            row.ran_at, row.seconds = clock.now(), run.seconds
            if run.settled < 0:
                row.failures_in_a_row += 1
            else:
                row.failures_in_a_row, row.settled = 0, run.settled
                row.succeeded_at = row.ran_at
        work.commit()


def due_jobs() -> list[DueJobState]:
    """Every job that ever ran here, by name."""
    with reading() as session:
        return [
            DueJobState(
                row.name,
                row.ran_at,
                row.succeeded_at,
                row.failures_in_a_row,
                row.settled,
                row.seconds,
            )
            for row in session.scalars(select(DueJobRow).order_by(DueJobRow.name))
        ]


def last_run_at() -> datetime | None:
    """When any process last ran due work; None where it never ran."""
    with reading() as session:
        return session.scalar(select(func.max(DueJobRow.ran_at)))
