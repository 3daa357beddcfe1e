"""One step of a candidacy, wherever it is taken: its event goes with it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyEventRow, CandidacyRow
from domain.enums import CandidacyStatus, DecisionReason
from domain.records.officer import Officer
from domain.transitions import CANDIDACY, check_can_move
from services import clock


def move_candidacy(
    session: Session,
    row: CandidacyRow,
    after: CandidacyStatus,
    *,
    reason: str | None = None,
    reason_code: DecisionReason | None = None,
    by: Officer | None,
) -> None:
    """Take the step in the caller's transaction; InvalidTransition if the life cycle lacks it."""
    check_can_move(CANDIDACY, row.status, after)
    session.add(
        CandidacyEventRow(
            candidacy_id=row.id,
            from_status=row.status,
            to_status=after,
            reason_code=reason_code,
            reason=reason,
            happened_at=clock.now(),
            happened_by=by.id if by else None,
        )
    )
    row.status = after
