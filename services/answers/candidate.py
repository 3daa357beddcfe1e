"""The chosen candidate's reply: goes, does not go, or says nothing until the last day."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow
from db.repositories import answers as repository
from db.repositories.jobseekers import note_change
from db.session import unit_of_work
from domain.enums import (
    AnswerChannel,
    CandidacyStatus,
    ConfirmationStatus,
    DecisionReason,
    DeclineReason,
    LinkPurpose,
)
from domain.exceptions import InvalidInput
from domain.records.answers import ConfirmationRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.access_links import check_link
from services.answers.asking import settle_question
from services.answers.checks import check_can_confirm
from services.answers.following import fill_place
from services.answers.holding import locked_candidacy
from services.answers.limits import limits_on
from services.answers.records import confirmation_record
from services.answers.telling import tell_candidate, tell_employer
from services.candidacies import move_candidacy
from services.deployments import plan_deployment
from services.permissions import Permission, check_can

C = CandidacyStatus
GOES, DOES_NOT_GO = ConfirmationStatus.CONFIRMED, ConfirmationStatus.DECLINED
GAVE_UP = Sentence(N_("The person selected before does not go."))


def reply_by_link(
    *, secret: str, goes: bool, reason: DeclineReason | None = None, note: str | None = None
) -> ConfirmationRecord:
    """Take what the candidate answered on the personal page; the same answer twice is one."""
    with unit_of_work() as work:
        link = check_link(work.session, secret=secret, purpose=LinkPurpose.CANDIDATE_ANSWER)
        candidacy = locked_candidacy(work.session, link.subject_id)
        # Held last, as by whoever calls it back: candidacy, then link.
        check_link(work.session, secret=secret, purpose=LinkPurpose.CANDIDATE_ANSWER, lock=True)
        record = _reply(work.session, candidacy, goes, reason, note, AnswerChannel.LINK, by=None)
        work.commit()
    return record


def record_reply(
    *,
    candidacy_id: int,
    goes: bool,
    channel: AnswerChannel,
    reason: DeclineReason | None = None,
    note: str | None = None,
    by: Officer,
) -> ConfirmationRecord:
    """Write down what a candidate said by phone, by e-mail or in person."""
    check_can(by, Permission.PACKAGES_SEND)
    if channel is AnswerChannel.LINK:
        raise InvalidInput(N_("Say how the answer reached you: by phone, by e-mail or in person."))
    with unit_of_work() as work:
        candidacy = locked_candidacy(work.session, candidacy_id)
        record = _reply(work.session, candidacy, goes, reason, note, channel, by=by)
        work.commit()
    return record


def _reply(
    session: Session,
    candidacy: CandidacyRow,
    goes: bool,
    reason: DeclineReason | None,
    note: str | None,
    channel: AnswerChannel,
    *,
    by: Officer | None,
) -> ConfirmationRecord:
    asked = repository.lock_confirmation(session, candidacy.id)
    status = GOES if goes else DOES_NOT_GO
    if asked is not None and asked.status is status:
        return confirmation_record(asked)
    asked = check_can_confirm(candidacy, asked)
    note = (note or "").strip() or None
    if not goes and reason is None:
        raise InvalidInput(N_("Choose why you do not go: it helps the agency to find other work."))
    if len(note or "") > (letters := limits_on(clock.today()).note_letters):
        raise InvalidInput(N_("A note may have {letters} letters at most."), letters=letters)
    asked.reason, asked.note, asked.channel = (None if goes else reason), note, channel
    settle_question(asked, status, by=by)
    settle_candidacy(session, candidacy, status, key=asked.id, note=note, by=by)
    return confirmation_record(asked)


def settle_candidacy(
    session: Session,
    candidacy: CandidacyRow,
    status: ConfirmationStatus,
    *,
    key: int,
    note: str | None,
    by: Officer | None,
) -> None:
    """Take the step that a candidate's reply, or silence, means, with all that follows from it."""
    after = C(status.value)
    is_leaving = after is not C.CONFIRMED
    move_candidacy(
        session,
        candidacy,
        after,
        reason=note,
        reason_code=DecisionReason.PERSON if is_leaving else None,
        by=by,
    )
    repository.free_slot(session, candidacy.id)
    tell_candidate(session, candidacy, after.value, key=key, by=by)
    person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
    tell_employer(session, candidacy, Sentence(SAID[status]), key=key, by=by)
    if is_leaving:
        fill_place(session, candidacy, GAVE_UP, by=by)
    else:
        plan_deployment(session, candidacy, by=by)
    session.flush()
    seq = audit.record(
        session,
        action=f"candidate_{status.value}",
        entity="candidacy",
        entity_id=candidacy.id,
        subject=person.external_id,
        by=by,
    )
    note_change(session, {person.id: seq})


SAID = {
    ConfirmationStatus.CONFIRMED: N_("comes"),
    ConfirmationStatus.DECLINED: N_("does not come"),
    ConfirmationStatus.NO_ANSWER: N_("did not answer in time"),
}
