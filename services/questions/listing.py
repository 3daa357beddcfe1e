"""Lists of questions: worth asking, being asked, and what came of earlier ones."""

from __future__ import annotations

from db.models import JobseekerRow
from db.queries import questions as queries
from db.queries.pool import person_of
from db.session import reading
from domain.enums import QuestionStatus
from domain.records.officer import Officer
from domain.records.questions import AskedQuestion, QuestionPage, WorthAsking
from domain.values import masked
from matching.questions.worth import Question
from services import clock
from services.permissions import Permission, check_can
from services.questions.finding import Found, find_questions, last_found
from services.questions.records import person_record, question_records
from services.questions.words import question_sentence

QUICK = 20_000
"""People among whom the list is made anew within a second."""
TASKS, EARLIER = 200, 50
"""Most tasks, and most earlier questions, that a screen shows."""


def list_questions_worth_asking(
    *,
    vacancy: str | None = None,
    external_id: str | None = None,
    offset: int = 0,
    limit: int = 50,
    by: Officer,
) -> QuestionPage:
    """Unknown facts whose answers could change who is shortlisted, the worthiest first.

    What is being asked now, or was asked lately without an answer, is left out. `vacancy`: only
    questions that matter there, by what they would change there; `external_id`: only those to one
    person.
    """
    check_can(by, Permission.CANDIDATES_PRESELECT)
    found = find_questions(by)
    with reading() as session:
        hindered = queries.not_to_ask(session, clock.today())
        only = person_of(session, external_id) if external_id else None
        asked = [
            question
            for question in found.questions
            if (vacancy is None or _matters(question, vacancy))
            and (external_id is None or question.person == only)
        ]
        if vacancy is not None:
            asked.sort(key=lambda question: -_share_in(question, vacancy))
        free = [q for q in asked if (q.person, q.fact.value) not in hindered]
        shown = free[offset : offset + limit]
        people = queries.people_asked(session, [question.person for question in shown])
    rows = tuple(_row(q, people[q.person], found, vacancy) for q in shown if q.person in people)
    waiting = len(asked) - len(free)
    numbers = tuple(record.number for record in found.inputs.vacancies)
    return QuestionPage(rows, len(free), numbers, waiting)


def _matters(question: Question, vacancy: str) -> bool:
    return any(move.vacancy == vacancy for move in question.moves)


def _share_in(question: Question, vacancy: str) -> float:
    return max((m.share or 0.0 for m in question.moves if m.vacancy == vacancy), default=0.0)


def _row(
    question: Question, person: JobseekerRow, found: Found, vacancy: str | None
) -> WorthAsking:
    asked = [found.requirements[move.vacancy] for move in question.moves]
    return WorthAsking(
        person=person_record(person),
        phone=masked(person.phone),
        fact=question.fact,
        question=question_sentence(question.fact, asked, found.inputs.parameters),
        moves=tuple(sorted(question.moves, key=lambda move: move.vacancy != vacancy)),
        worth=question.worth,
        said=question.said,
    )


def count_worth_asking(*, by: Officer) -> int:
    """How many questions are worth asking; in a large register as of the last look at the list."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    found = last_found()
    if found is None or len(found.inputs.live.pool) <= QUICK:
        found = find_questions(by)
    with reading() as session:
        hindered = queries.not_to_ask(session, clock.today())
    return sum((q.person, q.fact.value) not in hindered for q in found.questions)


def list_asked(*, by: Officer) -> tuple[AskedQuestion, ...]:
    """Questions that somebody asks now: one's own first, then the oldest."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    found = find_questions(by)
    with reading() as session:
        rows = queries.list_questions(session, statuses=(QuestionStatus.OPEN,), limit=TASKS)
        records = question_records(session, rows, found.inputs.parameters)
    return tuple(sorted(records, key=lambda question: question.assigned_to != by.id))


def list_earlier(*, by: Officer) -> tuple[AskedQuestion, ...]:
    """Questions that are closed, the last first, with what came of them."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    found = find_questions(by)
    closed = tuple(status for status in QuestionStatus if status is not QuestionStatus.OPEN)
    with reading() as session:
        rows = queries.list_questions(session, statuses=closed, limit=EARLIER)
        return question_records(session, rows, found.inputs.parameters)
