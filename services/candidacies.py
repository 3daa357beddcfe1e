"""One step of a candidacy, wherever it is taken: its event goes with it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyEventRow, CandidacyRow
from db.repositories.answers import free_slot
from db.repositories.deployments import Step, add_step, find_of_candidacy
from db.repositories.preparation import lock_permit_file, open_seats
from domain.enums import (
    Attendance,
    CandidacyStatus,
    DecisionReason,
    DeploymentStatus,
    PermitStatus,
)
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import CANDIDACY, ENDED, PERMIT, WITH_EMPLOYER, check_can_move
from services import clock
from services.sending.holds import keep_in_step

ABROAD_OR_BACK = frozenset(
    {CandidacyStatus.DEPARTED, CandidacyStatus.WORKING, CandidacyStatus.RETURNED}
)
TALKS = frozenset(
    {
        CandidacyStatus.SENT,
        CandidacyStatus.EMPLOYER_RESERVE,
        CandidacyStatus.EMPLOYER_SELECTED,
    }
)
"""Whoever is in one of these may keep a time for an interview."""
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
    with_stay: bool = False,
    by: Officer | None,
) -> None:
    """Take the step in the caller's transaction; InvalidTransition if the life cycle lacks it.

    Whoever was not approved comes before a commission again only `on_appeal`. A step to an
    employer holds the person for that employer, or is refused; a step away lets go. Abroad and
    home one goes only `with_stay`: together with it (`services.deployments.move_deployment`).
    """
    check_can_move(CANDIDACY, row.status, after)
    if after in ABROAD_OR_BACK and not with_stay:
        raise Refused(N_("Departure, work and return are recorded on the stay abroad."))
    if (row.status, after) == REOPENED and not on_appeal:
        raise Refused(N_("A decision is opened again only on an appeal that was admitted."))
    before, row.status = row.status, after
    # Held, and with a time for an interview, is only who is with an employer: most steps are not.
    if before in WITH_EMPLOYER or after in WITH_EMPLOYER:
        keep_in_step(session, row, by)
    _note(session, row, before, reason, reason_code, by)
    if before in TALKS and after not in TALKS:
        free_slot(session, row.id)
    if after in ENDED and after is not CandidacyStatus.RETURNED:
        _cancel_planned_stay(session, row.id, reason, by)
        _end_preparation(session, row.id, by)


def _cancel_planned_stay(
    session: Session, candidacy_id: int, reason: str | None, by: Officer | None
) -> None:
    """Whoever leaves the road before the departure has no stay abroad before them any more."""
    stay = find_of_candidacy(session, candidacy_id)
    if stay is not None and stay.status is DeploymentStatus.PLANNED:
        step = Step(DeploymentStatus.CANCELLED, clock.today(), reason)
        add_step(session, stay, step, at=clock.now(), by=by.id if by else None)


def _end_preparation(session: Session, candidacy_id: int, by: Officer | None) -> None:
    """Papers are not asked for any more, and the seat of an orientation to come is free."""
    file = lock_permit_file(session, candidacy_id)
    if file is not None and PermitStatus.CANCELLED in PERMIT[file.status]:
        file.status = PermitStatus.CANCELLED
        file.updated_at, file.updated_by = clock.now(), by.id if by else None
    for seat in open_seats(session, candidacy_id):
        seat.attendance = Attendance.TAKEN_OFF
        seat.marked_at, seat.marked_by = clock.now(), by.id if by else None
    session.flush()


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
