"""What an employer's answer does to a candidacy: its step, the question, the message, the next."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow, EmployerAnswerRow, JobseekerRow
from db.repositories import answers as repository
from db.repositories.jobseekers import note_change
from domain.enums import CandidacyStatus, DecisionReason, EmployerChoice, RejectionReason
from domain.exceptions import Refused
from domain.records.answers import GivenAnswer
from domain.records.officer import Officer
from domain.texts import N_
from services import audit
from services.answers.asking import ask_to_confirm, take_question_back
from services.answers.checks import BECOMES, settled
from services.answers.telling import candidate_link, tell_candidate
from services.candidacies import move_candidacy

C = CandidacyStatus
TALKING = frozenset({C.SENT, C.EMPLOYER_RESERVE})
CHOSEN_ELSEWHERE = N_(
    "No {number} can't be selected any more: another employer has chosen this person in the "
    "meantime. Nothing was saved; choose somebody else."
)


def step_of(candidacy: CandidacyRow, choice: EmployerChoice) -> CandidacyStatus | None:
    """The status that an answer leads to; None where nothing moves."""
    after = BECOMES.get(choice)
    return None if after is candidacy.status else after


def apply_answer(
    session: Session,
    candidacy: CandidacyRow,
    row: EmployerAnswerRow,
    *,
    number: int,
    by: Officer | None,
) -> bool:
    """Let an answer that was just written take effect; whether the person was let go."""
    before, after = candidacy.status, step_of(candidacy, row.choice)
    if before is C.EMPLOYER_SELECTED and after is not None:
        take_question_back(session, candidacy, by=by)
    if after is not None:
        _move(session, candidacy, after, row, number, by)
    _tell(session, candidacy, row, before, by)
    return after is C.EMPLOYER_REJECTED


def note_answers(
    session: Session, changed: list[tuple[CandidacyRow, GivenAnswer]], *, by: Officer | None
) -> None:
    """Write the audit events of all answers of one form, in the caller's transaction."""
    people = [session.get_one(JobseekerRow, candidacy.jobseeker_id) for candidacy, _ in changed]
    for person, (candidacy, one) in zip(people, changed, strict=True):
        seq = audit.record(
            session,
            action="employer_answered",
            entity="candidacy",
            entity_id=candidacy.id,
            subject=person.external_id,
            details={
                "choice": one.choice.value,
                "reason": one.reason.value if one.reason else None,
                "status": candidacy.status.value,
            },
            by=by,
        )
        note_change(session, {person.id: seq})


def check_still_open(
    candidacy: CandidacyRow, person: JobseekerRow, number: int, choice: EmployerChoice
) -> None:
    """Raise if the employer can't answer this about this person any more."""
    reason = settled(candidacy, person)
    if reason is not None:
        raise Refused(
            N_("No {number}: {reason} Nothing was saved; look at the list again."),
            number=number,
            reason=reason,
        )
    if choice is EmployerChoice.TALK and candidacy.status not in TALKING:
        raise Refused(
            N_(
                "No {number}: you have answered already; an interview comes before the answer. "
                "Nothing was saved."
            ),
            number=number,
        )


def _move(
    session: Session,
    candidacy: CandidacyRow,
    after: CandidacyStatus,
    row: EmployerAnswerRow,
    number: int,
    by: Officer | None,
) -> None:
    is_refusal = after is C.EMPLOYER_REJECTED
    try:
        move_candidacy(
            session,
            candidacy,
            after,
            reason=row.note,
            reason_code=DecisionReason.EMPLOYER if is_refusal else None,
            by=by,
        )
    except Refused as held:
        if after is not C.EMPLOYER_SELECTED:
            raise
        raise Refused(CHOSEN_ELSEWHERE, number=number) from held


def _tell(
    session: Session,
    candidacy: CandidacyRow,
    row: EmployerAnswerRow,
    before: CandidacyStatus,
    by: Officer | None,
) -> None:
    if row.choice is EmployerChoice.SELECT:
        ask_to_confirm(session, candidacy, by=by)
    elif row.choice is EmployerChoice.TALK:
        link = candidate_link(session, candidacy, None, by=by)
        tell_candidate(session, candidacy, "interview", key=row.id, by=by, link=link)
    elif row.choice is EmployerChoice.RESERVE:
        template = "selected_to_reserve" if before is C.EMPLOYER_SELECTED else "reserve"
        tell_candidate(session, candidacy, template, key=row.id, by=by)
    else:
        repository.free_slot(session, candidacy.id)
        template = "taken_back" if before is C.EMPLOYER_SELECTED else "rejected"
        tell_candidate(session, candidacy, template, key=row.id, by=by)


def is_same(row: EmployerAnswerRow | None, one: GivenAnswer) -> bool:
    """Whether an answer says what the newest one said: a form sent twice changes nothing."""
    return row is not None and (row.choice, row.reason, row.note) == (
        one.choice,
        one.reason,
        one.note,
    )


def tidy(one: GivenAnswer) -> GivenAnswer:
    """An answer without needless spaces; a reason belongs to a rejection alone."""
    reason: RejectionReason | None = one.reason if one.choice is EmployerChoice.REJECT else None
    return GivenAnswer(one.candidacy_id, one.choice, reason, (one.note or "").strip() or None)
