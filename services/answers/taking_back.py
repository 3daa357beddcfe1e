"""A place that the employer takes back for good, and a new link for a candidate."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow
from db.repositories import answers as repository
from db.repositories.jobseekers import note_change
from db.session import unit_of_work
from domain.enums import CandidacyStatus, ConfirmationStatus, DecisionReason, LinkPurpose
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from domain.texts import N_, Term
from services import audit, clock
from services.access_links import revoke_links
from services.answers.asking import settle_question
from services.answers.holding import locked_candidacy
from services.answers.telling import candidate_link, tell_candidate
from services.candidacies import move_candidacy
from services.permissions import Permission, check_can

C = CandidacyStatus
MAY_LOSE_IT = frozenset(
    {C.EMPLOYER_SELECTED, C.CONFIRMED, C.ORIENTATION, C.PERMIT_PENDING, C.PERMIT_GRANTED}
)
HAS_A_PAGE = MAY_LOSE_IT | {C.SENT, C.EMPLOYER_RESERVE}


def check_can_cancel_place(status: CandidacyStatus, by: Officer) -> None:
    """Raise unless a place can still be taken back from somebody in this status."""
    check_can(by, Permission.PACKAGES_SEND)
    if status not in MAY_LOSE_IT:
        raise Refused(
            N_("Only a place that somebody has can be taken back: it is “{status}” now."),
            status=Term("CandidacyStatus", status.value),
        )


def cancel_place(*, candidacy_id: int, note: str, by: Officer) -> None:
    """The employer has taken a place back, also from somebody who has confirmed: it is gone, the
    person is free again and is told. Nobody moves up into a place that is not there any more."""
    check_can(by, Permission.PACKAGES_SEND)
    if not note.strip():
        raise InvalidInput(N_("Write what the employer said: the candidate counts on this place."))
    with unit_of_work() as work:
        candidacy = locked_candidacy(work.session, candidacy_id)
        check_can_cancel_place(candidacy.status, by)
        asked = repository.lock_confirmation(work.session, candidacy_id)
        if asked is not None and asked.status is ConfirmationStatus.ASKED:
            settle_question(asked, ConfirmationStatus.TAKEN_BACK, by=by)
        move_candidacy(
            work.session,
            candidacy,
            C.CANCELLED,
            reason=note.strip(),
            reason_code=DecisionReason.EMPLOYER,
            by=by,
        )
        repository.free_slot(work.session, candidacy_id)
        tell_candidate(work.session, candidacy, "taken_back", key="cancelled", by=by)
        _note(work.session, candidacy, "place_cancelled", by)
        work.commit()


def new_candidate_link(*, candidacy_id: int, by: Officer) -> str:
    """A new address of a candidate's page, which is seen once; former ones close."""
    check_can(by, Permission.PACKAGES_SEND)
    with unit_of_work() as work:
        candidacy = locked_candidacy(work.session, candidacy_id)
        if candidacy.status not in HAS_A_PAGE:
            raise Refused(N_("This person has nothing to answer now, so there is no page."))
        revoke_links(
            work.session,
            purpose=LinkPurpose.CANDIDATE_ANSWER,
            subject_id=candidacy_id,
            reason="a newer link was made",
            by=by,
        )
        asked = repository.lock_confirmation(work.session, candidacy_id)
        last_day = asked.last_day if asked else clock.today()
        address = candidate_link(work.session, candidacy, max(last_day, clock.today()), by=by)
        _note(work.session, candidacy, "link_made", by)
        work.commit()
    return address


def _note(session: Session, candidacy: CandidacyRow, action: str, by: Officer) -> None:
    person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
    session.flush()
    seq = audit.record(
        session,
        action=action,
        entity="candidacy",
        entity_id=candidacy.id,
        subject=person.external_id,
        by=by,
    )
    note_change(session, {person.id: seq})
