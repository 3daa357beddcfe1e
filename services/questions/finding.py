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
from matching.parameters import Parameters
from matching.questions.worth import OpenList, Question, questions_worth_asking
from matching.standing import stand
from matching.types import Requirement
from services import clock
from services.policy.versions import parameters_at
from services.rankings.outside_gates import outside_gates_of
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
    places: tuple[int, ...]
    """How many people may be preselected for each, without reserves."""
    settled: Mapping[int, frozenset[int]]
    """By vacancy: people with whom the commission deals or dealt."""
    held: frozenset[tuple[int, int]]
    parameters: Parameters
    day: date

    def is_same(self, other: Inputs) -> bool:
        """Whether the same questions come out."""
        people = self.live.pool is other.live.pool and (
            self.live.registered is other.live.registered
        )
        return people and self._rest() == other._rest()

    def _rest(self) -> tuple[object, ...]:
        return self.vacancies, self.places, self.settled, self.held, self.parameters, self.day


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


def last_found() -> Found | None:
    """What this process found last, also if something has changed since."""
    return _kept.get(engine())


def _inputs(by: Officer) -> Inputs:
    listed = list_vacancies(wanted=VacancyFilter(statuses=OPEN), by=by)
    live = live_pool()
    with reading() as session:
        rows = repository.find_vacancies(session, [row.number for row in listed.rows])
        records = [vacancy_record(session, row) for row in rows.values()]
        candidacies = session.execute(
            select(CandidacyRow.vacancy_id, CandidacyRow.jobseeker_id).where(
                CandidacyRow.vacancy_id.in_([record.id for record in records]),
                CandidacyRow.status.not_in(_STILL_OPEN),
            )
        )
        known: dict[int, set[int]] = {}
        for vacancy_id, person in candidacies:
            known.setdefault(vacancy_id, set()).add(person)
        spoken_for = frozenset(held(session, HOLDING))
    ranked = sorted((r for r in records if r.occupations), key=lambda record: record.number)
    day = clock.today()
    parameters = parameters_at(day)
    return Inputs(
        live,
        tuple(ranked),
        tuple(record.positions * parameters.candidates_per_position for record in ranked),
        {vacancy_id: frozenset(people) for vacancy_id, people in known.items()},
        spoken_for,
        parameters,
        day,
    )


def _find(inputs: Inputs) -> tuple[Question, ...]:
    words, _ = vocabulary(inputs.parameters)
    people, asked = inputs.live.registered, [requirement(record) for record in inputs.vacancies]
    outside = outside_gates_of(inputs.vacancies, asked, people)
    lists = [
        OpenList(
            each, places, _of_people(gates, people), inputs.settled.get(record.id, frozenset())
        )
        for record, each, gates, places in zip(
            inputs.vacancies, asked, outside, inputs.places, strict=True
        )
    ]
    return questions_worth_asking(inputs.live.pool, lists, words, inputs.parameters)


def _of_people(outside: Outside, people: Registered) -> Outside:
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
    asked = [requirement(record) for record in records]
    outside = outside_gates_of(records, asked, live.registered)
    for record, each, gates in zip(records, asked, outside, strict=True):
        standing = stand(live.pool, each, words, parameters, gates)
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
