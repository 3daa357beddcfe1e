"""A recruiter's first screen: what waits, most urgent first (stages S06 to S09)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.queries import today as queries
from db.queries.duplicates import count_changed_since, count_open_pairs, latest_search
from db.queries.pool import current_seq
from db.queries.questions import count_open_questions
from db.queries.today import VacancyInWork
from db.repositories import vacancies as vacancies_repository
from db.repositories.intake import settled_words
from db.session import engine, reading
from domain.enums import CandidacyStatus as C
from domain.enums import Urgency, VacancyStatus
from domain.records.officer import Officer
from domain.records.today import Task, Today
from domain.texts import N_, Sentence
from domain.transitions import HOLDING
from services import clock
from services.dated_rules import in_force, stored_rules
from services.monitoring.suspensions import suspension_refusal
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at
from services.questions.listing import count_worth_asking
from services.vacancies.publishing import joined, publishing_checks

TRAVELLING = (HOLDING | {C.PRESELECTED}) - {C.DEPARTED, C.WORKING}
"""Those whose passport has to last for a season that is still to come."""
LAST = date.max

_kept: WeakKeyDictionary[Engine, tuple[int, date, Today]] = WeakKeyDictionary()
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as near, in days, and how many people a position needs."""

    due_within_days: int
    closing_within_days: int
    candidates_per_position: int


def rules_on(day: date) -> Rules:
    """The rules in force on that day."""
    found = in_force(stored_rules("today"), day)
    per_position = parameters_at(day).candidates_per_position
    return Rules(found["due_within_days"], found["closing_within_days"], per_position)


def get_today(*, by: Officer) -> Today:
    """Everything that waits, as of the last event of the audit chain."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    day = clock.today()
    with reading() as session:
        seq = current_seq(session)
        with _guard:
            kept = _kept.get(engine())
        if kept is not None and kept[:2] == (seq, day):
            return kept[2]
        made = _collect(session, day, count_worth_asking(by=by))
    with _guard:
        _kept[engine()] = (seq, day, made)
    return made


def _collect(session: Session, day: date, questions: int) -> Today:
    rules = rules_on(day)
    work = queries.list_vacancies_in_work(session, (VacancyStatus.PUBLISHED, VacancyStatus.DECIDED))
    tasks = [
        *(task for vacancy in work for task in _of_vacancy(vacancy, rules, day)),
        *_drafts(session, rules, day),
        *_uncoded(session),
        *_passports(session, rules, day),
        *_asked(session),
        *_worth_asking(questions),
        *_duplicates(session),
    ]
    order = list(Urgency)
    tasks.sort(key=lambda task: (order.index(task.urgency), task.due or LAST))
    return Today(
        day=day,
        late=sum(task.urgency is Urgency.LATE for task in tasks),
        due=sum(task.urgency is Urgency.DUE for task in tasks),
        in_commission=queries.count_undecided_shortlists(session),
        questions=questions,
        tasks=tuple(tasks),
        is_empty_system=queries.is_empty(session),
    )


def urgency_of(due: date | None, rules: Rules, day: date) -> Urgency:
    """How much a day presses; no day never does."""
    if due is None or due > day + timedelta(rules.due_within_days):
        return Urgency.LATER
    return Urgency.LATE if due < day else Urgency.DUE


def _vacancy_task(
    vacancy: VacancyInWork,
    what: Sentence,
    action: str,
    page: str,
    urgency: Urgency = Urgency.LATER,
    due: date | None = None,
) -> Task:
    return Task(
        urgency,
        due,
        vacancy.number,
        vacancy.title_ka,
        vacancy.title,
        vacancy.country,
        what,
        action,
        page,
        {"vacancy": vacancy.number},
    )


def _of_vacancy(vacancy: VacancyInWork, rules: Rules, day: date) -> Iterator[Task]:
    if vacancy.status is VacancyStatus.DECIDED:
        yield from _decided(vacancy)
    elif not vacancy.shortlists:
        yield from _not_sent(vacancy, rules, day)


def _decided(vacancy: VacancyInWork) -> Iterator[Task]:
    approved = vacancy.people.get(C.APPROVED, 0)
    if approved:
        text = N_("The commission approved {count}: next, their final résumés go to the employer")
        what = Sentence(text, {"count": approved})
        # The employer waits, and so do these people, whom no other vacancy may take meanwhile.
        yield _vacancy_task(vacancy, what, N_("Open the board"), "sending", Urgency.DUE)
    elif not any(vacancy.people.get(status) for status in HOLDING | {C.PRESELECTED, C.RESERVE}):
        what = Sentence(N_("Nobody is left in the process: preselect again or close the vacancy"))
        yield _vacancy_task(vacancy, what, N_("Open ranking"), "ranking")


def _not_sent(vacancy: VacancyInWork, rules: Rules, day: date) -> Iterator[Task]:
    """A published vacancy that the commission has not seen."""
    chosen = vacancy.people.get(C.PRESELECTED, 0)
    needed = vacancy.positions * rules.candidates_per_position
    closes = vacancy.closes_on
    is_near = closes is not None and closes <= day + timedelta(rules.closing_within_days)
    if not is_near and not chosen:
        return
    values = {"chosen": chosen, "needed": needed}
    text = (
        N_("Preselected: {chosen} of {needed}; no shortlist was sent yet")
        if chosen < needed
        else N_("Preselected: {chosen} of {needed}; the shortlist can be sent to the commission")
    )
    urgency = urgency_of(closes, rules, day)
    yield _vacancy_task(
        vacancy, Sentence(text, values), N_("Open ranking"), "ranking", urgency, closes
    )


def _drafts(session: Session, rules: Rules, day: date) -> Iterator[Task]:
    """Drafts with what stands between them and publishing; a missing code is a task of its own."""
    rows = vacancies_repository.find_vacancies(session, queries.list_draft_numbers(session))
    settled = settled_words(session, [row.id for row in rows.values()])
    for row in rows.values():
        form, employer = vacancies_repository.form_of(row), row.employer
        status = employer.status if employer else None
        refused = suspension_refusal(session, row.employer_id)
        checks = publishing_checks(form, status, settled.get(row.id, ()), refused)
        obstacles = [check for check in checks if check.blocks]
        if [check.name for check in obstacles] == ["occupation"]:
            continue
        what = Sentence(N_("All is there: the draft can be published"))
        if obstacles:
            reasons = joined(tuple(check.sentence for check in obstacles))
            what = Sentence(N_("Can't be published: {reasons}"), {"reasons": reasons})
        yield Task(
            urgency_of(row.closes_on, rules, day),
            row.closes_on,
            row.number,
            row.title_ka,
            row.title,
            row.country,
            what,
            N_("Open the vacancy"),
            "vacancy",
            {"vacancy": row.number},
        )


def _uncoded(session: Session) -> Iterator[Task]:
    count = queries.count_uncoded(session)
    if count:
        text = N_("Vacancies without an occupation: {count}; without one nobody is ranked")
        what = Sentence(text, {"count": count})
        yield _general(N_("Occupation codes"), what, N_("Confirm codes"), "occupation_codes")


def _general(
    topic: str, what: Sentence, action: str, page: str, urgency: Urgency = Urgency.LATER
) -> Task:
    return Task(urgency, None, None, None, None, None, what, action, page, {}, topic)


def _passports(session: Session, rules: Rules, day: date) -> Iterator[Task]:
    for row in queries.list_short_passports(session, TRAVELLING):
        external_id, first_ka, last_ka, first_lat, last_lat, number, country, season, until = row
        text = N_("The passport ends on {until}, the season of {vacancy} on {season}")
        if until < day:
            text = N_("The passport ended on {until}; the season of {vacancy} ends on {season}")
        yield Task(
            urgency_of(until, rules, day),
            until,
            external_id,
            " ".join(filter(None, (first_ka, last_ka))) or None,
            " ".join(filter(None, (first_lat, last_lat))) or None,
            country,
            Sentence(text, {"until": until, "vacancy": number, "season": season}),
            N_("Open the file"),
            "jobseeker",
            {"jobseeker": external_id},
        )


def _worth_asking(count: int) -> Iterator[Task]:
    if count:
        text = N_("Unknown facts that could change who is shortlisted: {count}")
        what = Sentence(text, {"count": count})
        yield _call(N_("Questions worth asking"), what, N_("See the questions"))


def _asked(session: Session) -> Iterator[Task]:
    if count := count_open_questions(session):
        text = N_("People to call: {count}; their answers go into file and rank")
        what = Sentence(text, {"count": count})
        yield _call(N_("Questions being asked"), what, N_("Make the calls"))


def _call(topic: str, what: Sentence, action: str) -> Task:
    # Shortlists are open now: an answer that comes after the commission decides nothing.
    return _general(topic, what, action, "questions", Urgency.DUE)


def _duplicates(session: Session) -> Iterator[Task]:
    topic = N_("Possible duplicates")
    if latest_search(session, finished=True) is None:
        if count_changed_since(session, -1) > 1:
            what = Sentence(N_("Nobody has looked yet for people who are registered twice"))
            yield _general(topic, what, N_("Search"), "duplicates")
        return
    if count := count_open_pairs(session):
        text = N_("Pairs of files that may be of one person: {count}; compare them")
        what = Sentence(text, {"count": count})
        yield _general(topic, what, N_("Compare"), "duplicates")
