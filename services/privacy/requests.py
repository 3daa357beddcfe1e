"""Requests about one's own data: taken in, identity checked, answered within the law's days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import JobseekerRow, OfficerRow, PrivacyRequestRow, RankingRunRow, VacancyRow
from db.repositories import jobseekers
from db.repositories.numbers import next_in_series
from db.session import reading, unit_of_work
from domain.enums import (
    IdentityProof,
    PrivacyOutcome,
    PrivacyRequestKind,
    PrivacyRequestStatus,
    ReviewOutcome,
)
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused, StaleVersion
from domain.records.officer import Officer
from domain.records.privacy import PrivacyRequest, RequestForm
from domain.texts import N_, Sentence
from domain.transitions import PRIVACY_REQUEST, check_can_move
from services import audit, clock
from services.correspondence.working_days import add_working_days, working_days_between
from services.permissions import Permission, can, check_can
from services.privacy.depersonalising import BY_REQUEST, depersonalise
from services.privacy.rules import rules_on

ENTITY = "privacy_request"
Kind, Status = PrivacyRequestKind, PrivacyRequestStatus
OPEN = (Status.RECEIVED, Status.IN_WORK)
LONGEST = 4000


def list_requests(*, only_open: bool = False, by: Officer) -> tuple[PrivacyRequest, ...]:
    """Requests, the most pressing first: all for the data protection officer, else one's own."""
    check_can(by, Permission.PRIVACY_REGISTER)
    with reading() as session:
        query = select(PrivacyRequestRow)
        if not can(by, Permission.PRIVACY_READ):
            query = query.where(PrivacyRequestRow.registered_by == by.id)
        if only_open:
            query = query.where(PrivacyRequestRow.status.in_(OPEN))
        found = [_record(session, row) for row in session.scalars(query)]
    return tuple(sorted(found, key=lambda one: (not one.is_open, one.due_on, one.number)))


def list_reviews(*, by: Officer) -> tuple[PrivacyRequest, ...]:
    """Rankings that wait for a human look, for those who may read how rankings were made."""
    check_can(by, Permission.RANKINGS_AUDIT)
    with reading() as session:
        query = select(PrivacyRequestRow).where(
            PrivacyRequestRow.kind == Kind.HUMAN_REVIEW,
            PrivacyRequestRow.status == Status.IN_WORK,
        )
        rows = session.scalars(query.order_by(PrivacyRequestRow.due_on))
        return tuple(_record(session, row) for row in rows)


def get_request(*, number: str, by: Officer) -> PrivacyRequest:
    """One request, for whoever may see it."""
    if not can(by, Permission.RANKINGS_AUDIT):
        check_can(by, Permission.PRIVACY_REGISTER)
    with reading() as session:
        row = session.scalars(_numbered(number)).one_or_none()
        _check_can_see(row, by)
        assert row is not None
        return _record(session, row)


def _check_can_see(row: PrivacyRequestRow | None, by: Officer) -> None:
    is_review = row is not None and row.kind is Kind.HUMAN_REVIEW
    if is_review and can(by, Permission.RANKINGS_AUDIT):
        return
    check_can(by, Permission.PRIVACY_REGISTER)
    is_own = row is not None and row.registered_by == by.id
    if row is None or not (is_own or can(by, Permission.PRIVACY_READ)):
        raise NotFound(N_("There is no such request."))


def register_request(*, form: RequestForm, by: Officer) -> PrivacyRequest:
    """Take a request in; the clock runs from the day it was received."""
    check_can(by, Permission.PRIVACY_REGISTER)
    with unit_of_work() as work:
        row = take_in(work.session, form, by)
        work.commit()
        return _record(work.session, row)


def take_in(session: Session, form: RequestForm, by: Officer | None) -> PrivacyRequestRow:
    """The same in the caller's transaction; `by` None: the person, by a personal link."""
    _check(form)
    assert form.kind is not None and form.channel is not None
    person = jobseekers.find_jobseeker(session, form.external_id.strip())
    if person is None or person.depersonalised_at is not None:
        text = N_("There is no file with this number. Look the person up among the job-seekers.")
        raise InvalidInput(text, (FieldProblem("external_id", Sentence(text)),))
    series = f"DSR-{clock.today().year}"
    received = form.received_on or clock.today()
    row = PrivacyRequestRow(
        number=f"{series}-{next_in_series(session, series):04d}",
        jobseeker_id=person.id,
        kind=form.kind,
        status=Status.RECEIVED,
        channel=form.channel,
        wish=form.wish.strip() or None,
        received_on=received,
        due_on=add_working_days(received, rules_on(received).answer_working_days),
        run_id=form.run_id,
        registered_at=clock.now(),
        registered_by=by.id if by else None,
    )
    session.add(row)
    session.flush()
    _record_event(session, "request_received", row, by, {"channel": form.channel.value})
    return row


def _check(form: RequestForm) -> None:
    problems = []
    if form.kind is None:
        problems.append(FieldProblem("kind", Sentence(N_("Choose what the person asks for."))))
    if form.channel is None:
        problems.append(FieldProblem("channel", Sentence(N_("Choose how the request came."))))
    if form.received_on and form.received_on > clock.today():
        problems.append(FieldProblem("received_on", Sentence(N_("This day is still to come."))))
    needs_words = form.kind in (Kind.RECTIFY, Kind.HUMAN_REVIEW)
    if needs_words and not form.wish.strip():
        text = N_("Write in the person's words what is wrong or what is to be looked at.")
        problems.append(FieldProblem("wish", Sentence(text)))
    if len(form.wish) > LONGEST:
        text = N_("At most {most} letters.")
        problems.append(FieldProblem("wish", Sentence(text, {"most": LONGEST})))
    if problems:
        raise InvalidInput(N_("Some fields need another look: see beside them."), tuple(problems))


def check_can_identify(request: PrivacyRequest, by: Officer) -> None:
    """Raise unless it can be noted now how the person was identified."""
    check_can(by, Permission.PRIVACY_REGISTER)
    if request.status is not Status.RECEIVED:
        raise Refused(N_("The identity is noted already."))


def identify(
    *, number: str, proof: IdentityProof, note: str, version: int, by: Officer
) -> PrivacyRequest:
    """Note how it is known that the person who asks is who they say; work can begin."""
    check_can(by, Permission.PRIVACY_REGISTER)
    with unit_of_work() as work:
        row = _locked(work.session, number, version, by)
        check_can_identify(_record(work.session, row), by)
        identified(work.session, row, proof, note, by)
        work.commit()
        return _record(work.session, row)


def identified(
    session: Session, row: PrivacyRequestRow, proof: IdentityProof, note: str, by: Officer | None
) -> None:
    """The same in the caller's transaction."""
    check_can_move(PRIVACY_REQUEST, row.status, Status.IN_WORK)
    row.status, row.identity, row.identity_note = Status.IN_WORK, proof, note.strip() or None
    row.identified_at, row.identified_by = clock.now(), by.id if by else None
    session.flush()
    _record_event(session, "request_identified", row, by, {"proof": proof.value})


def check_can_extend(request: PrivacyRequest, by: Officer) -> None:
    """Raise unless the last day can be moved now: once, and before it is over."""
    check_can(by, Permission.PRIVACY_MANAGE)
    if not request.is_open:
        raise Refused(N_("This request is settled."))
    if request.extension_reason is not None:
        raise Refused(N_("The time was extended already, and that can be done once."))
    if request.due_on < clock.today():
        raise Refused(N_("The last day is over: answer now, an extension comes too late."))


def extend(*, number: str, reason: str, version: int, by: Officer) -> PrivacyRequest:
    """Move the last day by the law's working days, with a reason the person is told."""
    check_can(by, Permission.PRIVACY_MANAGE)
    with unit_of_work() as work:
        row = _locked(work.session, number, version, by)
        check_can_extend(_record(work.session, row), by)
        row.extension_reason = _needed(reason, "reason", N_("Say why more time is needed."))
        row.extended_at, row.extended_by = clock.now(), by.id
        row.due_on = add_working_days(row.due_on, rules_on(clock.today()).extension_working_days)
        work.session.flush()
        _record_event(work.session, "request_extended", row, by, {"due_on": row.due_on})
        work.commit()
        return _record(work.session, row)


def check_can_review(request: PrivacyRequest, by: Officer) -> None:
    """Raise unless this officer can write what a human look at the ranking found."""
    check_can(by, Permission.RANKINGS_AUDIT)
    if request.kind is not Kind.HUMAN_REVIEW:
        raise Refused(N_("This request is not about a ranking."))
    if request.status is not Status.IN_WORK:
        raise Refused(N_("First the identity is checked; a settled request stays as it is."))


def review_ranking(
    *, number: str, outcome: ReviewOutcome, note: str, version: int, by: Officer
) -> PrivacyRequest:
    """A named officer has looked at the ranking and says what they found."""
    check_can(by, Permission.RANKINGS_AUDIT)
    with unit_of_work() as work:
        row = _locked(work.session, number, version, by)
        check_can_review(_record(work.session, row), by)
        row.review = outcome
        row.outcome_note = _needed(note, "note", N_("Say what you looked at and what you found."))
        row.reviewed_at, row.reviewed_by = clock.now(), by.id
        work.session.flush()
        _record_event(work.session, "ranking_reviewed", row, by, {"outcome": outcome.value})
        work.commit()
        return _record(work.session, row)


def check_can_answer(request: PrivacyRequest, by: Officer) -> None:
    """Raise, with what comes first, unless the request can be answered now."""
    check_can(by, Permission.PRIVACY_MANAGE)
    if not request.is_open:
        raise Refused(N_("This request is settled."))
    if request.status is Status.RECEIVED:
        raise Refused(N_("First note how the person was identified."))
    if request.kind is Kind.HUMAN_REVIEW and request.review is None:
        raise Refused(N_("First an officer has to look at the ranking and write what they found."))


def answer_request(
    *, number: str, outcome: PrivacyOutcome, answer: str, version: int, by: Officer
) -> PrivacyRequest:
    """Settle a request with the written answer; a granted erasure is carried out with it."""
    check_can(by, Permission.PRIVACY_MANAGE)
    with unit_of_work() as work:
        session = work.session
        row = _locked(session, number, version, by)
        check_can_answer(_record(session, row), by)
        row.answer = _needed(answer, "answer", N_("Write what the person is answered."))
        _settle(session, row, Status.ANSWERED)
        row.outcome, row.answered_by = outcome, by.id
        session.flush()
        _record_event(session, "request_answered", row, by, {"outcome": outcome.value})
        if row.kind is Kind.ERASE and outcome is PrivacyOutcome.GRANTED:
            depersonalise(session, row.jobseeker_id, rule=BY_REQUEST, request_id=row.id, by=by)
        work.commit()
        session.refresh(row)
        return _record(session, row)


def take_back(*, number: str, version: int, by: Officer) -> PrivacyRequest:
    """The person does not ask any more."""
    check_can(by, Permission.PRIVACY_REGISTER)
    with unit_of_work() as work:
        row = _locked(work.session, number, version, by)
        _settle(work.session, row, Status.TAKEN_BACK)
        row.answered_by = by.id
        work.session.flush()
        _record_event(work.session, "request_taken_back", row, by, {})
        work.commit()
        return _record(work.session, row)


def _settle(session: Session, row: PrivacyRequestRow, status: PrivacyRequestStatus) -> None:
    check_can_move(PRIVACY_REQUEST, row.status, status)
    row.status, row.answered_at = status, clock.now()


def _needed(text: str, field: str, problem: str) -> str:
    if not text.strip():
        raise InvalidInput(problem, (FieldProblem(field, Sentence(problem)),))
    if len(text) > LONGEST:
        raise InvalidInput(N_("At most {most} letters."), most=LONGEST)
    return text.strip()


def _numbered(number: str) -> Any:
    return select(PrivacyRequestRow).where(PrivacyRequestRow.number == number)


def _locked(session: Session, number: str, version: int, by: Officer) -> PrivacyRequestRow:
    row: PrivacyRequestRow | None = session.scalars(
        _numbered(number).with_for_update()
    ).one_or_none()
    _check_can_see(row, by)
    assert row is not None
    if row.version != version:
        raise StaleVersion(
            N_(
                "Somebody else changed this request meanwhile: look at it as it is now, and repeat."
            ),
            yours=None,
            theirs=_record(session, row),
        )
    return row


def _record_event(
    session: Session,
    action: str,
    row: PrivacyRequestRow,
    by: Officer | None,
    details: Mapping[str, object],
) -> None:
    person = session.get_one(JobseekerRow, row.jobseeker_id)
    audit.record(
        session,
        action=action,
        entity=ENTITY,
        entity_id=row.number,
        subject=person.external_id,
        details={"kind": row.kind.value, **details},
        by=by,
    )


def days_left(due_on: date) -> int:
    """Working days from today to the last day; negative when it is over."""
    return working_days_between(clock.today(), due_on)


def _record(session: Session, row: PrivacyRequestRow) -> PrivacyRequest:
    person = session.get_one(JobseekerRow, row.jobseeker_id)
    run = session.get(RankingRunRow, row.run_id) if row.run_id else None
    reviewer = session.get(OfficerRow, row.reviewed_by) if row.reviewed_by else None
    return PrivacyRequest(
        id=row.id,
        number=row.number,
        external_id=person.external_id,
        kind=row.kind,
        status=row.status,
        channel=row.channel,
        wish=row.wish,
        received_on=row.received_on,
        due_on=row.due_on,
        days_left=days_left(row.due_on),
        run_id=row.run_id,
        run_vacancy=session.get_one(VacancyRow, run.vacancy_id).number if run else None,
        identity=row.identity,
        identity_note=row.identity_note,
        extension_reason=row.extension_reason,
        review=row.review,
        outcome_note=row.outcome_note,
        reviewed_at=row.reviewed_at,
        reviewer_ka=reviewer.name_ka if reviewer else None,
        reviewer_en=reviewer.name_en if reviewer else None,
        outcome=row.outcome,
        answer=row.answer,
        answered_at=row.answered_at,
        registered_at=row.registered_at,
        version=row.version,
    )
