"""Which questions are worth asking now: found once, kept until people or vacancies change."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.models import CandidacyRow
from db.queries.pool import current_seq, held
from db.repositories import vacancies as repository
from db.session import engine, reading
from domain.enums import CandidacyStatus, VacancyStatus
from domain.records.officer import Officer
from domain.records.questions import RankChange
from domain.records.vacancy import VacancyFilter, VacancyRecord
from domain.transitions import HOLDING
from matching.outside import Outside, OutsideGate
from matching.parameters import Parameters, parameters_at
from matching.questions.worth import OpenList, Question, questions_worth_asking
from matching.standing import stand
from matching.types import Requirement
from services import clock
from services.rankings.outside_gates import outside_gates
from services.rankings.pool import LivePool, Registered, live_pool, vocabulary
from services.shortlists.plan import places_of
from services.vacancies.records import vacancy_record
from services.vacancies.requirements import requirement
from services.vacancies.vacancies import list_vacancies

OPEN = (VacancyStatus.PUBLISHED,)
"""Where people are being chosen; whom the commission has is decided there."""
_STILL_OPEN = (CandidacyStatus.PRESELECTED, CandidacyStatus.WITHDRAWN)


@dataclass(frozen=True, eq=False)
class Inputs:
    """All that the questions depend on."""

    live: LivePool
    vacancies: tuple[VacancyRecord, ...]
    candidacies: frozenset[tuple[int, int]]
    """(vacancy, person) of those with whom the commission deals or dealt."""
    held: frozenset[tuple[int, int]]
    day: date

    def is_same(self, other: Inputs) -> bool:
        """Whether the same questions come out."""
        people = self.live.pool is other.live.pool and (
            self.live.registered is other.live.registered
        )
        rest = (self.vacancies, self.candidacies, self.held, self.day)
        return people and rest == (other.vacancies, other.candidacies, other.held, other.day)

    @property
    def parameters(self) -> Parameters:
        """The version in force."""
        return parameters_at(self.day)


@dataclass(frozen=True, eq=False)
class Found:
    """The questions, and what they were found from."""

    seq: int
    inputs: Inputs
    questions: tuple[Question, ...]

    @cached_property
    def requirements(self) -> Mapping[str, Requirement]:
        """What each open vacancy asks, by its number."""
        return {record.number: requirement(record) for record in self.inputs.vacancies}

    @cached_property
    def by_fact(self) -> Mapping[tuple[int, str], Question]:
        """By person and fact."""
        return {(q.person, q.fact.value): q for q in self.questions}


_kept: WeakKeyDictionary[Engine, Found] = WeakKeyDictionary()
_guard = threading.Lock()


def find_questions(by: Officer) -> Found:
    """The questions of all open vacancies on today's data; the caller has checked the role."""
    with _guard:
        kept = _kept.get(engine())
        with reading() as session:
            seq = current_seq(session)
        if kept is not None and (kept.seq, kept.inputs.day) == (seq, clock.today()):
            return kept
        inputs = _inputs(by)
        if kept is not None and kept.inputs.is_same(inputs):
            found = Found(seq, inputs, kept.questions)
        else:
            found = Found(seq, inputs, _find(inputs))
        _kept[engine()] = found
        return found


def _inputs(by: Officer) -> Inputs:
    listed = list_vacancies(wanted=VacancyFilter(statuses=OPEN), by=by)
    live = live_pool()
    with reading() as session:
        rows = repository.find_vacancies(session, [row.number for row in listed.rows])
        records = [vacancy_record(session, row) for row in rows.values()]
        settled = session.execute(
            select(CandidacyRow.vacancy_id, CandidacyRow.jobseeker_id).where(
                CandidacyRow.vacancy_id.in_([record.id for record in records]),
                CandidacyRow.status.not_in(_STILL_OPEN),
            )
        )
        candidacies = frozenset((vacancy, person) for vacancy, person in settled)
        spoken_for = frozenset(held(session, HOLDING))
    ranked = sorted((r for r in records if r.occupations), key=lambda record: record.number)
    return Inputs(live, tuple(ranked), candidacies, spoken_for, clock.today())


def _find(inputs: Inputs) -> tuple[Question, ...]:
    words, _ = vocabulary(inputs.parameters)
    lists = [_open_list(record, inputs) for record in inputs.vacancies]
    return questions_worth_asking(inputs.live.pool, lists, words, inputs.parameters)


def _open_list(record: VacancyRecord, inputs: Inputs) -> OpenList:
    asked, people = requirement(record), inputs.live.registered
    settled = frozenset(p for vacancy, p in inputs.candidacies if vacancy == record.id)
    outside = outside_gates(record, asked, people)
    return OpenList(asked, places_of(record)[0], _of_people(outside, record, people), settled)


def _of_people(outside: Outside, record: VacancyRecord, people: Registered) -> Outside:
    """Without what only the vacancy leaves open: its own missing date is no question to people."""
    if "scheme_age" not in outside:
        return outside
    unknown = np.intersect1d(outside["scheme_age"].unknown, people.person[people.birth < 0])
    return {**outside, "scheme_age": OutsideGate(outside["scheme_age"].failed, unknown)}


def ranks_of(
    person: int, records: Sequence[VacancyRecord], live: LivePool
) -> dict[str, int | None]:
    """The rank of one person in each of these vacancies; None where a gate excludes."""
    parameters = parameters_at(clock.today())
    words, _ = vocabulary(parameters)
    found: dict[str, int | None] = {}
    for record in records:
        asked = requirement(record)
        outside = outside_gates(record, asked, live.registered)
        standing = stand(live.pool, asked, words, parameters, outside)
        place = np.flatnonzero(standing.person[standing.order] == person)
        found[record.number] = int(place[0]) + 1 if len(place) else None
    return found


def open_records(session: Session, numbers: Sequence[str]) -> list[VacancyRecord]:
    """Those of the vacancies that are still open, in the order asked for."""
    rows = repository.find_vacancies(session, numbers)
    found = [vacancy_record(session, rows[number]) for number in numbers if number in rows]
    return [record for record in found if record.status in OPEN and record.occupations]


def changes(
    records: Sequence[VacancyRecord],
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
) -> tuple[RankChange, ...]:
    """Vacancy by vacancy."""
    return tuple(
        RankChange(record.number, places_of(record)[0], before[record.number], after[record.number])
        for record in records
    )
