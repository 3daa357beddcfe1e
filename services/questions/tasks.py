"""A question as somebody's task: made, opened for the call, answered or given up (stage S07)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import JobseekerRow, QuestionRow
from db.queries import questions as queries
from db.repositories import jobseekers
from db.session import unit_of_work
from domain.enums import AskedFact, QuestionOutcome, QuestionStatus
from domain.exceptions import NotFound, Refused, StaleVersion
from domain.records.officer import Officer
from domain.records.questions import (
    Answer,
    Answered,
    AskedQuestion,
    OpenedQuestion,
    PossibleMove,
)
from domain.texts import N_, Term
from domain.transitions import QUESTION, check_can_move
from services import audit, clock
from services.duplicates.merge_rules import check_not_merged
from services.jobseekers.files import form_of, record_of
from services.jobseekers.registration import change_file, check_form
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at
from services.questions.facts import is_known, with_answer
from services.questions.finding import changes, find_questions, open_records, ranks_of
from services.questions.records import (
    moves_to_json,
    question_records,
    requirements_of,
)
from services.questions.rules import rules_on
from services.questions.words import wanted_of
from services.rankings.pool import live_pool, pool_within

ENTITY = "question"


def make_question(
    *, external_id: str, fact: AskedFact, vacancy: str | None = None, by: Officer
) -> AskedQuestion:
    """Make asking a person about an unknown fact one's own task.

    Refused where the file knows it already, where somebody asks it now, and before the day on
    which it may be asked again. `vacancy`: where the question came up, if not from the list.
    """
    check_can(by, Permission.JOBSEEKERS_EDIT)
    found = find_questions(by)
    with unit_of_work() as work:
        person = jobseekers.get_jobseeker(work.session, external_id)
        check_not_merged(work.session, person)
        check_can_ask(work.session, person, fact)
        worth = found.by_fact.get((person.id, fact.value))
        moves = worth.moves[: rules_on(clock.today()).vacancies_noted] if worth else ()
        if not moves and vacancy:
            moves = _moves_in(work.session, person.id, vacancy)
        row = QuestionRow(
            jobseeker_id=person.id,
            fact=fact,
            asked_for=moves_to_json(moves),
            status=QuestionStatus.OPEN,
            assigned_to=by.id,
            made_at=clock.now(),
            made_by=by.id,
        )
        work.session.add(row)
        try:
            work.session.flush()
        except IntegrityError as error:  # another officer was faster by a moment
            raise Refused(_ASKED_NOW) from error
        details = {"fact": fact.value, "vacancies": [move.vacancy for move in moves]}
        _record(work.session, "created", row, external_id, details, by)
        made = _question(work.session, row.id)
        work.commit()
        return made


_ASKED_NOW = N_("Somebody is asking this person about it already: see the open questions.")


def check_can_ask(session: Session, person: JobseekerRow, fact: AskedFact) -> None:
    """Raise Refused, saying why, where this person is not to be asked about this fact now."""
    if is_known(form_of(person), fact):
        raise Refused(N_("The file knows this by now: there is nothing to ask."))
    before = queries.find_hindrance(session, person.id, fact, clock.today())
    if before is None:
        return
    if before.status is QuestionStatus.OPEN or before.outcome is None:
        raise Refused(_ASKED_NOW)
    raise Refused(
        N_("This was asked already ({outcome}): ask again from {day} on."),
        outcome=Term("QuestionOutcome", before.outcome.value),
        day=before.ask_again_on,
    )


def _moves_in(session: Session, person: int, vacancy: str) -> tuple[PossibleMove, ...]:
    """Where the person stands in a vacancy whose places the answer does not change."""
    records = open_records(session, [vacancy])
    ranks = ranks_of(person, records, live_pool())
    found = changes(records, ranks, ranks)
    return tuple(
        PossibleMove(one.vacancy, one.places, one.before, one.before, one.before, 0.0)
        for one in found
        if one.before is not None
    )


def open_question(*, question_id: int, by: Officer) -> OpenedQuestion:
    """A task with the phone number and the file, for the call; the reading is audited."""
    check_can(by, Permission.JOBSEEKERS_EDIT)
    with unit_of_work() as work:
        row, person, *_ = _found(work.session, question_id)
        asked = requirements_of(work.session, [row])
        numbers = [move["vacancy"] for move in row.asked_for]
        is_needed = bool(open_records(work.session, numbers))
        file = record_of(jobseekers.get_jobseeker(work.session, person.external_id))
        _record(work.session, "read", row, person.external_id, None, by)
        question = _question(work.session, question_id)
        work.commit()
    wanted = wanted_of([asked[number] for number in numbers if number in asked])
    return OpenedQuestion(question, file.form.phone, wanted, is_needed, file)


def answer_question(
    *, question_id: int, answer: Answer, version: int, file_version: int, by: Officer
) -> Answered:
    """Write the answer into the file and close the task; says what it did to the ranks.

    StaleVersion where somebody dealt with the question (`version`) or saved the file
    (`file_version`) meanwhile; then nothing is written.
    """
    check_can(by, Permission.JOBSEEKERS_EDIT)
    before = live_pool()
    with unit_of_work() as work:
        jobseekers.lock_register(work.session)
        row, found, *_ = _to_close(work.session, question_id, version, QuestionStatus.ANSWERED)
        person = jobseekers.get_jobseeker(work.session, found.external_id, to_change=True)
        form = check_form(with_answer(form_of(person), row.fact, answer))
        records = open_records(work.session, [move["vacancy"] for move in row.asked_for])
        ranks = ranks_of(person.id, records, before)
        change_file(work.session, person, form, file_version, (), by)
        after = ranks_of(person.id, records, pool_within(work.session, before))
        done = changes(records, ranks, after)
        _close(row, QuestionStatus.ANSWERED, by)
        row.came_of_it = [asdict(change) for change in done]
        details = {"fact": row.fact.value}
        _record(work.session, "answered", row, person.external_id, details, by)
        question = _question(work.session, question_id)
        work.commit()
    return Answered(question, done)


def close_question(
    *, question_id: int, outcome: QuestionOutcome | None, version: int, by: Officer
) -> AskedQuestion:
    """End a task without an answer: with why there is none, or None where it needs none any more.

    The fact stays unknown; the person is not asked the same before the day that the rules set.
    """
    check_can(by, Permission.JOBSEEKERS_EDIT)
    after = QuestionStatus.NOT_NEEDED if outcome is None else QuestionStatus.NO_ANSWER
    with unit_of_work() as work:
        row, person, *_ = _to_close(work.session, question_id, version, after)
        _close(row, after, by)
        row.outcome = outcome
        if outcome is not None:
            days = rules_on(clock.today()).ask_again_after_days[outcome]
            row.ask_again_on = clock.today() + timedelta(days)
        details = {"fact": row.fact.value, "outcome": outcome.value if outcome else None}
        _record(work.session, "closed", row, person.external_id, details, by)
        question = _question(work.session, question_id)
        work.commit()
        return question


def _found(session: Session, question_id: int) -> queries.Asked:
    found = queries.find_question(session, question_id)
    if found is None:
        raise NotFound(N_("There is no such question."))
    return found


def _to_close(
    session: Session, question_id: int, version: int, after: QuestionStatus
) -> queries.Asked:
    found = _found(session, question_id)
    session.refresh(found[0], with_for_update=True)
    if found[0].version != version:
        theirs = _question(session, question_id)
        text = N_("Somebody else dealt with this question meanwhile. Nothing was overwritten.")
        raise StaleVersion(text, yours=None, theirs=theirs)
    check_can_move(QUESTION, found[0].status, after)
    return found


def _close(row: QuestionRow, after: QuestionStatus, by: Officer) -> None:
    row.status, row.closed_at, row.closed_by = after, clock.now(), by.id


def _record(
    session: Session,
    action: str,
    row: QuestionRow,
    subject: str,
    details: Mapping[str, object] | None,
    by: Officer,
) -> None:
    session.flush()
    audit.record(
        session,
        action=action,
        entity=ENTITY,
        entity_id=row.id,
        subject=subject,
        details=details,
        by=by,
    )


def _question(session: Session, question_id: int) -> AskedQuestion:
    parameters = parameters_at(clock.today())
    return question_records(session, [_found(session, question_id)], parameters)[0]
