"""One step of a candidacy, wherever it is taken: its event goes with it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyEventRow, CandidacyRow
from domain.enums import CandidacyStatus, DecisionReason
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import CANDIDACY, check_can_move
from services import clock
from services.sending.holds import keep_in_step

REOPENED = (CandidacyStatus.NOT_APPROVED, CandidacyStatus.COMMISSION_REVIEW)


def new_candidacy(
    session: Session, vacancy_id: int, jobseeker_id: int, *, reason: str | None, by: Officer
) -> CandidacyRow:
    """Preselect somebody new to a vacancy, in the caller's transaction."""
    row = CandidacyRow(
        vacancy_id=vacancy_id,
        jobseeker_id=jobseeker_id,
        status=CandidacyStatus.PRESELECTED,
        created_at=clock.now(),
        created_by=by.id,
    )
    session.add(row)
    session.flush()
    _note(session, row, None, reason, None, by)
    return row


def move_candidacy(
    session: Session,
    row: CandidacyRow,
    after: CandidacyStatus,
    *,
    reason: str | None = None,
    reason_code: DecisionReason | None = None,
    on_appeal: bool = False,
    by: Officer | None,
) -> None:
    """Take the step in the caller's transaction; InvalidTransition if the life cycle lacks it.

    Whoever was not approved comes before a commission again only `on_appeal`. A step to an
    employer holds the person for that employer, or is refused; a step away lets go.
    """
    check_can_move(CANDIDACY, row.status, after)
    if (row.status, after) == REOPENED and not on_appeal:
        raise Refused(N_("A decision is opened again only on an appeal that was admitted."))
    before, row.status = row.status, after
    keep_in_step(session, row, by)
    _note(session, row, before, reason, reason_code, by)


def _note(
    session: Session,
    row: CandidacyRow,
    before: CandidacyStatus | None,
    reason: str | None,
    reason_code: DecisionReason | None,
    by: Officer | None,
) -> None:
    session.add(
        CandidacyEventRow(
            candidacy_id=row.id,
            from_status=before,
            to_status=row.status,
            reason_code=reason_code,
            reason=reason,
            happened_at=clock.now(),
            happened_by=by.id if by else None,
        )
    )
