"""What a candidate reads behind the personal link."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow
from db.repositories import answers as repository
from db.session import reading
from domain.enums import EmployerChoice, LinkPurpose
from domain.records.answers import CandidateSheet
from services import clock
from services.access_links import check_link, open_link
from services.answers.interviews import CAN_TALK
from services.answers.records import confirmation_record, offered_work, slot_record


def open_own_page(*, secret: str) -> CandidateSheet:
    """The candidacy of a link, the opening noted."""
    link = open_link(secret=secret, purpose=LinkPurpose.CANDIDATE_ANSWER)
    with reading() as session:
        return _sheet(session, link.subject_id)


def look_at_own_page(*, secret: str) -> CandidateSheet:
    """The same without noting an opening: for the page that follows a form."""
    with reading() as session:
        link = check_link(session, secret=secret, purpose=LinkPurpose.CANDIDATE_ANSWER)
        return _sheet(session, link.subject_id)


def _sheet(session: Session, candidacy_id: int) -> CandidateSheet:
    row = session.get_one(CandidacyRow, candidacy_id)
    person = session.get_one(JobseekerRow, row.jobseeker_id)
    newest = repository.answers_of(session, [row.id]).get(row.id)
    asked = repository.confirmations_of(session, [row.id]).get(row.id)
    choice = newest[0].choice if newest else None
    slots = repository.slots_of(session, row.vacancy_id)
    own = next((slot for slot in slots if slot.candidacy_id == row.id), None)
    talks = row.status in CAN_TALK and choice in (EmployerChoice.TALK, EmployerChoice.RESERVE)
    free = [slot for slot in slots if slot.candidacy_id is None and slot.starts_at > clock.now()]
    return CandidateSheet(
        candidacy_id=row.id,
        jobseeker_id=person.id,
        external_id=person.external_id,
        first_name_ka=person.first_name_ka or "",
        first_name_lat=person.first_name_lat or "",
        work=offered_work(session, row.vacancy_id),
        status=row.status,
        choice=choice,
        confirmation=confirmation_record(asked) if asked else None,
        slot=slot_record(own) if own else None,
        free_slots=tuple(slot_record(slot) for slot in free) if talks else (),
    )
