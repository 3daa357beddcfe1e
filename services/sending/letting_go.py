"""A vacancy that is closed sends nobody any more: whoever waits for it is free for other work."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow
from db.repositories.jobseekers import note_change
from domain.enums import CandidacyStatus as C
from domain.records.officer import Officer
from domain.texts import N_
from services import audit
from services.candidacies import move_candidacy

WAITING = frozenset({C.PRESELECTED, C.APPROVED, C.RESERVE})
CLOSED = N_("the vacancy was closed")


def let_go_of_waiting(session: Session, vacancy_id: int, *, by: Officer | None) -> int:
    """Free everybody who waits, in the caller's transaction; whoever is with the employer stays."""
    query = (
        select(CandidacyRow)
        .where(CandidacyRow.vacancy_id == vacancy_id, CandidacyRow.status.in_(WAITING))
        .order_by(CandidacyRow.jobseeker_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = session.scalars(query).all()
    let_go(session, rows, by=by)
    return len(rows)


def let_go(session: Session, rows: Sequence[CandidacyRow], *, by: Officer | None) -> None:
    """Free these people of a closed vacancy, in the caller's transaction."""
    for row in rows:
        before = row.status
        move_candidacy(session, row, C.WITHDRAWN, reason=CLOSED, by=by)
        seq = audit.record(
            session,
            action="withdrawn",
            entity="candidacy",
            entity_id=row.id,
            subject=session.get_one(JobseekerRow, row.jobseeker_id).external_id,
            details={"status": [before.value, row.status.value], "reason": [None, CLOSED]},
            by=by,
        )
        note_change(session, {row.jobseeker_id: seq})
