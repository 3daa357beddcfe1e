"""What a version would change on the shortlists of all open vacancies, before it counts."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine

from db.queries.pool import PersonFacts, people_shown
from db.repositories.policy import preselected_of
from db.session import engine, reading, unit_of_work
from domain.records.officer import Officer
from domain.records.policy import (
    Moved,
    ParametersVersion,
    ParameterValue,
    Preview,
    VacancyPreview,
)
from domain.records.vacancy import VacancyRecord
from matching.outside import Outside
from matching.parameters import Parameters, parse
from matching.standing import stand
from matching.top import Top, batch
from matching.types import Requirement
from services import audit, clock
from services.permissions import Permission, check_can
from services.policy.versions import document_named, parameters_at
from services.rankings.batch import open_vacancies
from services.rankings.outside_gates import outside_gates
from services.rankings.pool import LivePool, live_pool, vocabulary
from services.vacancies.requirements import requirement

Ints = npt.NDArray[np.int64]
KEPT = 8
FURTHER = 2
"""Ranks are told up to so many times the places of the vacancy with most; beyond, "more than"."""
AT_LEAST = 100


@dataclass(frozen=True)
class SeenPreview:
    """A preview and who has looked at it."""

    content: Preview
    seen_by: set[int] = field(default_factory=set)


_Name = tuple[str, int, tuple[ParameterValue, ...]]
"""With the values: once a draft is thrown away, the next one may get its name and number."""
_kept: WeakKeyDictionary[Engine, OrderedDict[_Name, SeenPreview]] = WeakKeyDictionary()
_guard = threading.Lock()


def _name(version: ParametersVersion) -> _Name:
    return version.version, version.edition, version.values


def find_preview(version: ParametersVersion) -> SeenPreview | None:
    """The preview of exactly these values against the version in force, where one was made."""
    with _guard:
        kept = _kept.get(engine(), OrderedDict()).get(_name(version))
    if kept is None or kept.content.compared_with != parameters_at(clock.today()).version:
        return None
    return kept


def preview_version(*, version: ParametersVersion, anew: bool = False, by: Officer) -> Preview:
    """Who would enter and leave each open shortlist; kept until the version changes, or `anew`."""
    check_can(by, Permission.RANKING_READ)
    kept = None if anew else find_preview(version)
    if kept is None:
        kept = SeenPreview(_compare(version, by))
        with _guard:
            of_engine = _kept.setdefault(engine(), OrderedDict())
            of_engine[_name(version)] = kept
            while len(of_engine) > KEPT:
                of_engine.popitem(last=False)
    if by.id not in kept.seen_by:
        _log(kept.content, by)
        kept.seen_by.add(by.id)
    return kept.content


def _log(preview: Preview, by: Officer) -> None:
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="previewed",
            entity="parameter_version",
            entity_id=preview.version,
            details={"compared_with": preview.compared_with, **preview.counts()},
            by=by,
        )
        work.commit()


@dataclass(frozen=True)
class _Question:
    """The open vacancies, asked of everybody as they are now."""

    records: Sequence[VacancyRecord]
    asked: Sequence[Requirement]
    outside: Sequence[Outside]
    live: LivePool
    preselected: Mapping[int, Ints]
    """People by vacancy."""


@dataclass(frozen=True)
class _Answer:
    """What one version says to it."""

    parameters: Parameters
    tops: Sequence[Top]
    ranks: Sequence[Mapping[int, int]]
    """By vacancy: rank of everybody who was looked at, and of all preselected ones."""

    def within(self, place: int, record: VacancyRecord) -> list[int]:
        """The people within a vacancy's places, best first."""
        found: list[int] = self.tops[place].persons[: self.places(record)].tolist()
        return found

    def places(self, record: VacancyRecord) -> int:
        """How many may be preselected for it."""
        return record.positions * self.parameters.candidates_per_position


def _compare(version: ParametersVersion, by: Officer) -> Preview:
    with reading() as session:
        proposed = parse(document_named(session, version.version))
    now = parameters_at(clock.today())
    question = _question(by)
    most = max((record.positions for record in question.records), default=0)
    ratio = max(now.candidates_per_position, proposed.candidates_per_position)
    beyond = max(FURTHER * most * ratio, AT_LEAST)
    before, after = (_answer(question, each, beyond) for each in (now, proposed))
    return Preview(
        version=version.version,
        compared_with=now.version,
        made_at=clock.now(),
        people=len(question.live.pool),
        beyond=beyond,
        vacancies=tuple(_previews(question, before, after)),
    )


def _question(by: Officer) -> _Question:
    records, live = open_vacancies(by), live_pool()
    asked = [requirement(record) for record in records]
    outside = [
        outside_gates(record, each, live.registered)
        for record, each in zip(records, asked, strict=True)
    ]
    with reading() as session:
        found = preselected_of(session, [record.id for record in records])
    return _Question(
        records, asked, outside, live, {of: np.array(ids, np.int64) for of, ids in found.items()}
    )


def _answer(question: _Question, parameters: Parameters, beyond: int) -> _Answer:
    words, _ = vocabulary(parameters)
    tops = batch(
        question.live.pool,
        question.asked,
        words,
        parameters,
        k=beyond,
        threads=os.cpu_count() or 1,
        outside=question.outside,
    )
    ranks = []
    for place, top in enumerate(tops):
        rank_of = {person: rank for rank, person in enumerate(top.persons.tolist(), start=1)}
        chosen = question.preselected.get(question.records[place].id, np.zeros(0, np.int64))
        if not rank_of.keys() >= set(chosen.tolist()):
            rank_of |= _exact(question, place, parameters, words, chosen)
        ranks.append(rank_of)
    return _Answer(parameters, tops, ranks)


def _exact(
    question: _Question, place: int, parameters: Parameters, words: Any, people: Ints
) -> dict[int, int]:
    """Ranks of some people however far behind they are; the excluded have none."""
    standing = stand(
        question.live.pool, question.asked[place], words, parameters, question.outside[place]
    )
    in_order = standing.person[standing.order]
    places = np.flatnonzero(np.isin(in_order, people))
    return dict(zip(in_order[places].tolist(), (places + 1).tolist(), strict=True))


def _previews(question: _Question, before: _Answer, after: _Answer) -> Iterator[VacancyPreview]:
    found = []
    for place, record in enumerate(question.records):
        old, new = before.within(place, record), after.within(place, record)
        chosen = question.preselected.get(record.id, np.zeros(0, np.int64)).tolist()
        entering = [person for person in new if person not in set(old)]
        leaving = [person for person in old if person not in set(new)]
        found.append((place, record, entering, leaving, chosen))
    with reading() as session:
        ids = sorted({person for *_, a, b, c in found for person in (*a, *b, *c)})
        shown = people_shown(session, ids)

    def moved(place: int, people: Sequence[int]) -> tuple[Moved, ...]:
        return tuple(
            _moved(shown[p], before.ranks[place].get(p), after.ranks[place].get(p))
            for p in people
            if p in shown  # whose file was not erased since
        )

    for place, record, entering, leaving, chosen in found:
        yield VacancyPreview(
            number=record.number,
            title=record.title,
            title_ka=record.title_ka,
            country=record.country,
            positions=record.positions,
            places_before=before.places(record),
            places_after=after.places(record),
            entering=moved(place, entering),
            leaving=moved(place, leaving),
            preselected=moved(place, chosen),
        )


def _moved(person: PersonFacts, before: int | None, after: int | None) -> Moved:
    return Moved(person.external_id, person.name_ka, person.name_lat, before, after)
