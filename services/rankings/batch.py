"""The best of everybody for every open vacancy in one go: in this process, in several, on Dask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from db.queries.pool import people_shown
from db.repositories.vacancies import find_vacancies
from db.session import reading, unit_of_work
from domain.enums import VacancyStatus
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.records.vacancy import VacancyFilter, VacancyRecord
from domain.texts import N_
from domain.values import PER_POINT
from matching.growth.parts import Best, Job, OnProgress, Part, Workplace, collect, plan
from matching.growth.runs import Run
from services import audit, clock
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at
from services.rankings.outside_gates import outside_gates_of
from services.rankings.pool import LivePool, live_pool, vocabulary
from services.vacancies.records import vacancy_record
from services.vacancies.requirements import requirement
from services.vacancies.vacancies import list_vacancies

OPEN = (VacancyStatus.PUBLISHED,)
"""Where people can still be preselected."""


@dataclass(frozen=True)
class RankedRow:
    """A candidate of a vacancy; scores are 0–100."""

    vacancy: str
    rank: int
    external_id: str
    score: float
    low: float
    high: float


@dataclass(frozen=True)
class RankedVacancies:
    """A finished batch."""

    parameters: str
    pool: int
    vacancies: tuple[str, ...]
    rows: Iterator[RankedRow]
    """By vacancy, best first; read from the finished parts as they are asked for."""


def rank_open_vacancies(
    *, top: int, run: Run, folder: Path, told: OnProgress, by: Officer
) -> RankedVacancies:
    """Rank everybody for all open vacancies and keep the first `top` of each.

    Finished parts stay in `folder`, which other processes and machines of the run must see: run it
    again with the same folder after a stop, or another day, and only what has changed is done anew.
    """
    check_can(by, Permission.RANKING_READ)
    check_can(by, Permission.LISTS_EXPORT)
    records = open_vacancies(by)
    if not records:
        raise Refused(N_("No vacancy is open for ranking: publish one first."))
    live = live_pool()
    job = _job(records, live, top)
    workplace = Workplace(folder)
    parts = plan(live.pool.state.people(0, np.iinfo(np.int64).max), job, workplace)
    run(parts, job, workplace, told)
    numbers = tuple(record.number for record in records)
    _log(job, live, numbers, by)
    rows = _rows(parts, job, workplace, numbers)
    return RankedVacancies(job.parameters.version, len(live.pool), numbers, rows)


def open_vacancies(by: Officer) -> list[VacancyRecord]:
    """Published vacancies that can be ranked for, by number."""
    found = list_vacancies(wanted=VacancyFilter(statuses=OPEN), by=by)
    with reading() as session:
        rows = find_vacancies(session, [row.number for row in found.rows]).values()
        records = [vacancy_record(session, row) for row in rows]
    return sorted((one for one in records if one.occupations), key=lambda one: one.number)


def _job(records: list[VacancyRecord], live: LivePool, top: int) -> Job:
    parameters = parameters_at(clock.today())
    words, _ = vocabulary(parameters)
    asked = [requirement(record) for record in records]
    outside = outside_gates_of(records, asked, live.registered)
    return Job(asked, words, parameters, top, outside)


def _log(job: Job, live: LivePool, numbers: tuple[str, ...], by: Officer) -> None:
    details = {
        "vacancies": len(numbers),
        "people": len(live.pool),
        "parameters": job.parameters.version,
        "top": job.top,
    }
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="ranked",
            entity="list",
            entity_id="rank-all",
            details=details,
            by=by,
        )
        work.commit()


def _rows(
    parts: list[Part], job: Job, workplace: Workplace, numbers: tuple[str, ...]
) -> Iterator[RankedRow]:
    for best in collect(parts, job, workplace):
        yield from _named(best, numbers)


def _named(best: Best, numbers: tuple[str, ...]) -> Iterator[RankedRow]:
    with reading() as session:
        shown = people_shown(session, np.unique(best["person"]).tolist())
    begins = np.searchsorted(best["vacancy"], best["vacancy"])
    ranks = np.arange(len(best)) - begins + 1
    for rank, row in zip(ranks.tolist(), best.tolist(), strict=True):
        place, person, _, points, low, high = row
        if person in shown:  # whose file was not erased since
            yield RankedRow(
                numbers[place],
                rank,
                shown[person].external_id,
                points / PER_POINT,
                low / PER_POINT,
                high / PER_POINT,
            )
