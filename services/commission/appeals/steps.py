"""One step of an appeal, wherever it is taken: checked, dated, recorded."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import AppealRow
from db.repositories import appeals as repository
from domain.enums import AppealStatus
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import APPEAL, check_can_move
from services import audit, clock


def get_appeal(session: Session, number: str) -> AppealRow:
    """The appeal of that number, held against others."""
    return find_appeal(session, number, lock=True)


def find_appeal(session: Session, number: str, *, lock: bool = False) -> AppealRow:
    """The appeal of that number; NotFound if there is none."""
    row = repository.find_appeal(session, number, lock=lock)
    if row is None:
        raise NotFound(N_("There is no appeal {number}."), number=number)
    return row


def move_appeal(
    session: Session,
    row: AppealRow,
    after: AppealStatus,
    *,
    details: dict[str, object] | None = None,
    by: Officer,
) -> None:
    """Take the step in the caller's transaction; InvalidTransition if the life cycle lacks it."""
    check_can_move(APPEAL, row.status, after)
    row.status = after
    now = clock.now()
    if after is AppealStatus.ADMITTED:
        row.admitted_at, row.admitted_by = row.admitted_at or now, row.admitted_by or by.id
    elif after is AppealStatus.SCHEDULED:
        row.scheduled_at, row.scheduled_by = now, by.id
    elif after is AppealStatus.WITHDRAWN:
        row.withdrawn_at, row.withdrawn_by = now, by.id
    elif after in (AppealStatus.UPHELD, AppealStatus.DISMISSED):
        row.heard_at, row.heard_by = now, by.id
    session.flush()
    audit.record(
        session,
        action=f"appeal_{after.value}",
        entity="appeal",
        entity_id=row.number,
        details=details,
        by=by,
    )
