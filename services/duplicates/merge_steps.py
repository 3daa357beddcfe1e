"""What merging, parting and judging have in common: both files in one order, events about both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import JobseekerRow, NotDuplicateRow
from db.repositories import jobseekers
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.jobseekers.files import ENTITY


def both_files(session: Session, one: str, other: str) -> tuple[JobseekerRow, JobseekerRow]:
    """Both files to be changed, the earlier registered one first."""
    if one == other:
        raise Refused(N_("This is one file: choose another one to compare it with."))
    # Locked in the order of ids, as shortlists do: whoever comes second waits, without deadlock.
    query = select(JobseekerRow.external_id).where(JobseekerRow.external_id.in_((one, other)))
    known = list(session.scalars(query.order_by(JobseekerRow.id)))
    rows = [
        jobseekers.get_jobseeker(session, file, to_change=True)
        for file in sorted((one, other), key=lambda f: known.index(f) if f in known else -1)
    ]
    first, second = sorted(rows, key=lambda row: (row.registered_on, row.id))
    return first, second


def judgement_row(pair: list[int], by: Officer) -> NotDuplicateRow:
    """That two ids, the smaller first, are two people."""
    return NotDuplicateRow(
        first_id=pair[0], second_id=pair[1], judged_at=clock.now(), judged_by=by.id
    )


def touch(row: JobseekerRow, by: Officer) -> None:
    """Note who changed a file; its version goes up with it."""
    row.updated_at, row.updated_by = clock.now(), by.id


def record_about(
    session: Session, action: str, files: Mapping[JobseekerRow, dict[str, Any]], by: Officer
) -> None:
    """One event about each file; a change also tells the pools."""
    seqs = {
        row.id: audit.record(
            session,
            action=action,
            entity=ENTITY,
            entity_id=row.id,
            subject=row.external_id,
            details=details or None,
            by=by,
        )
        for row, details in files.items()
    }
    if action in {"merged", "merge_undone"}:
        jobseekers.note_change(session, seqs)
