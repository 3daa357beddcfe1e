"""The one place where a stay abroad takes a step: candidacy, job-seeker and pool go with it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.models import CandidacyRow, DeploymentRow, JobseekerRow
from db.repositories.deployments import Step, add_step, last_step, lock_again
from db.repositories.holding import get_held
from db.repositories.jobseekers import note_change
from domain.enums import CandidacyStatus, DeploymentStatus, EndReason, JobseekerStatus
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import (
    CANDIDACY_OF_STAY,
    DEPLOYMENT,
    JOBSEEKER,
    ON_THE_WAY,
    check_can_move,
)
from services import audit, clock
from services.candidacies import move_candidacy

D, C = DeploymentStatus, CandidacyStatus

CANDIDACY_AFTER = {
    D.DEPARTED: C.DEPARTED,
    D.WORKING: C.WORKING,
    D.RETURNED: C.RETURNED,
    D.CANCELLED: C.CANCELLED,
}
"""Steps that the candidacy takes too, unless it stands where the stay gets already."""
PERSON_AFTER = {D.DEPARTED: JobseekerStatus.PLACED, D.RETURNED: JobseekerStatus.ACTIVE}


def move_deployment(
    session: Session,
    row: DeploymentRow,
    after: DeploymentStatus,
    *,
    on: date,
    note: str | None = None,
    reason: EndReason | None = None,
    by: Officer | None,
) -> None:
    """Take the step in the caller's transaction, with candidacy, job-seeker and pool.

    `on` is the day on which it was so; `reason` says why work ended and is needed for that.
    """
    lock_again(session, row)
    candidacy = get_held(session, CandidacyRow, row.candidacy_id)
    check_can_take(session, row, candidacy, after, on, reason)
    before, candidacy_before = row.status, candidacy.status
    _move_candidacy(session, candidacy, after, note, by)
    _keep_days(row, after, on, reason)
    if row.status is not after:  # a planned stay is cancelled together with its candidacy
        step = Step(after, on, note)
        add_step(session, row, step, at=clock.now(), by=by.id if by else None)
    person = session.get_one(JobseekerRow, row.jobseeker_id)
    _place(person, after)
    session.flush()
    details = {
        "status": [before.value, after.value],
        "on": [None, on],
        "note": [None, note],
        "reason": [None, reason.value if reason else None],
    }
    seq = audit.record(
        session,
        action="moved",
        entity="deployment",
        entity_id=row.number,
        subject=person.external_id,
        details=details,
        by=by,
    )
    if candidacy.status is not candidacy_before:
        seq = audit.record(
            session,
            action=candidacy.status.value,
            entity="candidacy",
            entity_id=candidacy.id,
            subject=person.external_id,
            details={"status": [candidacy_before.value, candidacy.status.value]},
            by=by,
        )
    note_change(session, {person.id: seq})


def check_can_take(
    session: Session,
    row: DeploymentRow,
    candidacy: CandidacyRow,
    after: DeploymentStatus,
    on: date,
    reason: EndReason | None,
) -> None:
    """Raise, with a sentence, unless the stay can take the step on that day."""
    check_can_move(DEPLOYMENT, row.status, after)
    if after is D.PLANNED:
        raise Refused(N_("A stay is planned again when the candidate confirms again."))
    if after is D.CANCELLED and candidacy.status not in ON_THE_WAY:
        raise Refused(N_("The candidacy is over already: look at the person's file."))
    if row.status is D.LOST_CONTACT:
        check_found(row, candidacy, after)
    if after is D.ENDED and reason is None and row.end_reason is None:
        raise InvalidInput(N_("Choose why the work ended."))
    if on > clock.today():
        raise InvalidInput(N_("The day can't be in the future."))
    last = last_step(session, row.id)
    if after is not D.CANCELLED and last is not None and on < last.happened_on:
        raise InvalidInput(
            N_("The day can't be before {day}, when the last step was taken."),
            day=last.happened_on,
        )


def check_found(row: DeploymentRow, candidacy: CandidacyRow, after: DeploymentStatus) -> None:
    """Raise unless somebody heard of again was there, or is further on; never further back."""
    if after is D.ARRIVED and candidacy.status is C.WORKING:
        raise Refused(N_("The person was at work already: choose “working”."))
    if after in (D.ARRIVED, D.WORKING) and row.ended_on is not None:
        raise Refused(
            N_("The work ended on {day}: choose “work ended” or record the return."),
            day=row.ended_on,
        )


def _move_candidacy(
    session: Session,
    candidacy: CandidacyRow,
    after: DeploymentStatus,
    note: str | None,
    by: Officer | None,
) -> None:
    to = CANDIDACY_AFTER.get(after)
    if to is not None and candidacy.status is not to:
        move_candidacy(session, candidacy, to, reason=note, with_stay=True, by=by)
    if candidacy.status not in CANDIDACY_OF_STAY[after]:
        raise AssertionError(f"{candidacy.status} during {after}")


def _keep_days(
    row: DeploymentRow, after: DeploymentStatus, on: date, reason: EndReason | None
) -> None:
    if after is D.DEPARTED:
        row.departed_on = on
    elif after is D.ARRIVED:
        row.arrived_on = row.arrived_on or on
    elif after is D.ENDED:
        row.ended_on = row.ended_on or on
    elif after is D.RETURNED:
        row.returned_on = on
    if reason is not None and row.end_reason is None and after in (D.ENDED, D.RETURNED):
        row.end_reason = reason.value


def _place(person: JobseekerRow, after: DeploymentStatus) -> None:
    placed = PERSON_AFTER.get(after)
    if placed is None:
        return
    if after is D.RETURNED and person.status is not JobseekerStatus.PLACED:
        return  # taken off the register meanwhile: coming home does not put them back
    check_can_move(JOBSEEKER, person.status, placed)
    person.status = placed
