"""What training would open, found once for each state of people and vacancies."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import date, datetime
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine

from db.queries.gaps import regions_of_people
from db.session import engine, reading
from domain.enums import GapKind, VacancyStatus
from domain.exceptions import NotFound
from domain.records.gaps import GapFilter
from domain.records.officer import Officer
from domain.records.vacancy import VacancyFilter, VacancyRecord
from domain.texts import N_
from matching.gaps.board import Gaps, Opened, find_gaps
from matching.gaps.changes import Change, Nearness, Opening
from matching.outside import Outside
from matching.parameters import Parameters
from matching.pool import Pool
from matching.types import Vocabulary
from services import clock
from services.dated_rules import in_force, stored_rules
from services.policy.versions import parameters_at
from services.rankings.outside_gates import outside_gates
from services.rankings.pool import live_pool, vocabulary
from services.vacancies.records import read_vacancy
from services.vacancies.requirements import requirement
from services.vacancies.vacancies import list_vacancies

OPEN = (VacancyStatus.PUBLISHED,)
"""Where people can still be preselected."""

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Regions:
    """Where everybody lives."""

    person: Ints
    place: npt.NDArray[np.int16]
    codes: tuple[str, ...]

    def of(self, persons: Ints) -> npt.NDArray[np.int16]:
        """Places in `codes`; -1 is not stated."""
        if not len(self.person):
            return np.full(len(persons), -1, np.int16)
        row = np.minimum(np.searchsorted(self.person, persons), len(self.person) - 1)
        found: npt.NDArray[np.int16] = np.where(self.person[row] == persons, self.place[row], -1)
        return found


@dataclass(frozen=True, eq=False)
class Asked:
    """Everything an answer rests on."""

    pool: Pool
    openings: tuple[Opening, ...]
    outside: tuple[Outside, ...]
    near: Nearness
    words: Vocabulary
    parameters: Parameters

    def is_same(self, other: Asked) -> bool:
        """Whether the answer would be the same; a pool that changes is another object."""
        mine = (self.openings, self.near, self.parameters)
        theirs = (other.openings, other.near, other.parameters)
        is_alike = self.pool is other.pool and self.words is other.words and mine == theirs
        return is_alike and all(map(_excludes_same, self.outside, other.outside))


@dataclass(frozen=True, eq=False)
class Found:
    """One answer, and everything it was made from."""

    asked: Asked
    vacancies: tuple[VacancyRecord, ...]
    gaps: Gaps
    regions: Regions
    counted_at: datetime

    @property
    def positions(self) -> Ints:
        """Positions of each vacancy."""
        return np.array([v.positions for v in self.vacancies], np.int64)

    @property
    def lacks(self) -> Bools:
        """Vacancies with fewer eligible people than places."""
        places = np.array([opening.places for opening in self.asked.openings], np.int64)
        return np.array(self.gaps.eligible, np.int64) < places

    def fitting(self, wanted: GapFilter) -> Bools:
        """Vacancies of the filter's country and period."""
        return np.array([_fits(v, wanted) for v in self.vacancies], np.bool_)

    def chosen(self, opened: Opened, wanted: GapFilter) -> Bools:
        """Which entries of a change a filter leaves."""
        keep: Bools = self.fitting(wanted)[opened.vacancy]
        if wanted.region is not None:
            codes = self.regions.codes
            place = codes.index(wanted.region) if wanted.region in codes else -2
            keep = keep & (self.regions.of(opened.person) == place)
        return keep

    def opened(self, name: str) -> Opened:
        """A change by its name, or NotFound."""
        for each in self.gaps.opened:
            if name_of(each.change) == name:
                return each
        raise NotFound(N_("This course opens nothing any more: choose another line of the board."))


def name_of(change: Change) -> str:
    """A change as an address can carry it."""
    level = f":{change.level}" if change.kind is GapKind.LANGUAGE else ""
    return f"{change.kind.value}:{change.code}{level}"


def _fits(vacancy: VacancyRecord, wanted: GapFilter) -> bool:
    if wanted.country is not None and vacancy.country != wanted.country:
        return False
    start = vacancy.start_on
    if start is None:
        return wanted.since is None and wanted.until is None
    return (wanted.since or date.min) <= start <= (wanted.until or date.max)


_kept: WeakKeyDictionary[Engine, Found] = WeakKeyDictionary()
_guard = threading.Lock()


def find(by: Officer) -> Found:
    """What training would open now; the answer before, as long as nothing it rests on changed."""
    live = live_pool()
    today = clock.today()
    parameters = parameters_at(today)
    words, _ = vocabulary(parameters)
    rules = in_force(stored_rules("gaps"), today)
    near = Nearness(int(rules["language_levels"]), frozenset(rules["untaught_licences"]))
    vacancies = _open_vacancies(by)
    per_position = parameters.candidates_per_position
    openings = tuple(Opening(requirement(v), v.positions * per_position) for v in vacancies)
    outside = tuple(
        outside_gates(vacancy, opening.requirement, live.registered)
        for vacancy, opening in zip(vacancies, openings, strict=True)
    )
    with _guard:
        kept = _kept.get(engine())
        asked = Asked(live.pool, openings, outside, near, words, parameters)
        if kept is not None and kept.asked.is_same(asked):
            return replace(kept, vacancies=vacancies)
        with reading() as session:
            regions = Regions(*regions_of_people(session))
        gaps = find_gaps(live.pool, openings, words, parameters, near, outside)
        found = Found(asked, vacancies, gaps, regions, clock.now())
        _kept[engine()] = found
        return found


def _open_vacancies(by: Officer) -> tuple[VacancyRecord, ...]:
    rows = list_vacancies(wanted=VacancyFilter(statuses=OPEN), by=by).rows
    with reading() as session:
        records = [read_vacancy(session, row.number) for row in rows]
    return tuple(sorted(records, key=lambda record: record.number))


def _excludes_same(before: Outside, after: Outside) -> bool:
    return before.keys() == after.keys() and all(
        np.array_equal(before[name].failed, after[name].failed) for name in after
    )
