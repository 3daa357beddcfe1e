"""Times for interviews: the employer proposes, a candidate chooses one, either may let go."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow, InterviewSlotRow, JobseekerRow
from db.repositories import answers as repository
from db.session import unit_of_work
from domain.enums import CandidacyStatus, LinkPurpose
from domain.exceptions import NotFound, Refused
from domain.records.answers import SlotRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.access_links import check_link
from services.answers.records import slot_record
from services.answers.telling import tell_employer
from services.permissions import Permission, check_can

CAN_TALK = frozenset(
    {
        CandidacyStatus.SENT,
        CandidacyStatus.EMPLOYER_RESERVE,
        CandidacyStatus.EMPLOYER_SELECTED,
    }
)


def choose_slot_by_link(*, secret: str, slot_id: int) -> SlotRecord:
    """The candidate chooses a time on the personal page; a time chosen before is let go."""
    with unit_of_work() as work:
        link = check_link(work.session, secret=secret, purpose=LinkPurpose.CANDIDATE_ANSWER)
        repository.lock_candidacy(work.session, link.subject_id)
        check_link(work.session, secret=secret, purpose=LinkPurpose.CANDIDATE_ANSWER, lock=True)
        record = _choose(work.session, link.subject_id, slot_id, by=None)
        work.commit()
    return record


def choose_slot(*, candidacy_id: int, slot_id: int, by: Officer) -> SlotRecord:
    """A recruiter writes down which time a candidate chose."""
    check_can(by, Permission.PACKAGES_SEND)
    with unit_of_work() as work:
        record = _choose(work.session, candidacy_id, slot_id, by=by)
        work.commit()
    return record


def withdraw_slot(*, slot_id: int, by: Officer) -> None:
    """Take back a time that nobody has chosen yet."""
    check_can(by, Permission.PACKAGES_SEND)
    with unit_of_work() as work:
        row = _slot(work.session, slot_id)
        if row.candidacy_id is not None:
            raise Refused(N_("Somebody has chosen this time already: call them first."))
        row.withdrawn_at, row.withdrawn_by = clock.now(), by.id
        work.session.flush()
        audit.record(
            work.session,
            action="slot_withdrawn",
            entity="interview_slot",
            entity_id=row.id,
            by=by,
        )
        work.commit()


def _slot(session: Session, slot_id: int) -> InterviewSlotRow:
    row = repository.lock_slot(session, slot_id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound(N_("This time is not offered any more: choose another one."))
    return row


def _choose(session: Session, candidacy_id: int, slot_id: int, *, by: Officer | None) -> SlotRecord:
    candidacy = repository.lock_candidacy(session, candidacy_id)
    if candidacy is None:
        raise NotFound(N_("There is no such candidacy."))
    row = _slot(session, slot_id)
    if row.vacancy_id != candidacy.vacancy_id:
        raise NotFound(N_("This time is not offered any more: choose another one."))
    if row.candidacy_id == candidacy.id:
        return slot_record(row)
    _check_can_choose(candidacy, row)
    repository.free_slot(session, candidacy.id)
    row.candidacy_id = candidacy.id
    row.chosen_at, row.chosen_by = clock.now(), by.id if by else None
    session.flush()
    _note(session, candidacy, row, by)
    return slot_record(row)


def _check_can_choose(candidacy: CandidacyRow, row: InterviewSlotRow) -> None:
    if candidacy.status not in CAN_TALK:
        raise Refused(N_("An interview is not needed any more: the answer is known."))
    if row.candidacy_id is not None:
        raise Refused(N_("Somebody else has just chosen this time: choose another one."))
    if row.starts_at <= clock.now():
        raise Refused(N_("This time has passed: choose another one."))


def _note(
    session: Session, candidacy: CandidacyRow, row: InterviewSlotRow, by: Officer | None
) -> None:
    person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
    local = row.starts_at.astimezone(clock.TBILISI)
    what = Sentence(
        N_("chose the interview on {day} at {hour}, Tbilisi time"),
        {"day": local.date(), "hour": f"{local:%H:%M}"},
    )
    tell_employer(session, candidacy, what, key=f"slot-{row.id}-{row.version}", by=by)
    audit.record(
        session,
        action="slot_chosen",
        entity="interview_slot",
        entity_id=row.id,
        subject=person.external_id,
        by=by,
    )
