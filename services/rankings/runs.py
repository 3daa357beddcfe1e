"""One ranking: frozen inputs, the engine's answer, the stored run, and running it again."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.models import RankingRunRow
from db.repositories import ranking as repository
from db.session import engine, reading, unit_of_work
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.vacancy import VacancyRecord
from domain.texts import N_
from matching.outside import Outside, with_verdicts
from matching.parameters import Parameters, from_plain, to_plain
from matching.pool import Pool
from matching.ranking import rank
from matching.reference import assess
from matching.types import (
    CriterionResult,
    LanguageAsked,
    Profile,
    RankedCandidate,
    Ranking,
    Requirement,
    Vocabulary,
)
from matching.vocabulary import vocabulary_from_bytes, vocabulary_to_bytes
from services import audit, clock
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at, parameters_of
from services.rankings.outside_gates import outside_gates
from services.rankings.pool import live_pool, vocabulary
from services.rankings.store import (
    Order,
    keep_people,
    order_of,
    people_from,
    result_bytes,
    result_from,
)
from services.vacancies.requirements import requirement

KEPT_RUNS = 64
KEPT_ASSESSMENTS = 400
"""Of one run: eight pages of its list."""
KEPT_PEOPLE = 4_000_000
"""People of all kept runs together: some 40 bytes each."""


@dataclass(frozen=True)
class Run:
    """A ranking together with everything it was made from."""

    run_id: int
    vacancy: VacancyRecord
    parameters: Parameters
    requirement: Requirement
    vocabulary: Vocabulary
    pool: Pool
    outside: Outside
    ranking: Ranking
    created_at: Any
    _assessed: dict[int, tuple[Profile, tuple[CriterionResult, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def profile(self, person: int) -> Profile:
        """One person as this ranking saw them, with the gates decided outside the engine."""
        return with_verdicts(self.pool.profile(person), self.outside)

    def profiles(self, persons: Iterable[int]) -> dict[int, Profile]:
        """The same of several people."""
        known = self.pool.profiles(persons).values()
        return {profile.person: with_verdicts(profile, self.outside) for profile in known}

    def criteria(self, profile: Profile) -> tuple[CriterionResult, ...]:
        """How somebody meets each criterion of the vacancy; the same list is looked at often."""
        kept = self._assessed.get(profile.person)
        if kept is not None and kept[0] == profile:
            return kept[1]
        found = assess(profile, self.requirement, self.vocabulary, self.parameters)
        if len(self._assessed) >= KEPT_ASSESSMENTS:
            self._assessed.clear()
        self._assessed[profile.person] = profile, found
        return found

    def candidate(self, person: int) -> RankedCandidate | None:
        """A person in the ranked list; None for somebody excluded."""
        place = self.ranking.places.place_of(person)
        return None if place is None else self.ranking.candidates[place]


@dataclass(frozen=True)
class _Inputs:
    """What a ranking is made of, and the name of it all."""

    vacancy: VacancyRecord
    parameters: Parameters
    asked: Requirement
    words: Vocabulary
    pool: Pool
    outside: Outside
    sha256: str


_kept: OrderedDict[tuple[Engine, object], Run] = OrderedDict()
_frozen: list[tuple[Vocabulary, bytes]] = []
_guard = threading.Lock()


def current_run(*, vacancy: VacancyRecord, version: str | None, by: Officer) -> Run:
    """The ranking of a vacancy on today's data; stored when its inputs are new."""
    inputs = _inputs(vacancy, parameters_of(version) if version else parameters_at(clock.today()))
    key = (engine(), (vacancy.id, inputs.sha256))
    with _guard:
        if key in _kept:
            # A new title changes no points: the same ranking, told with today's words.
            _kept[key] = replace(_kept[key], vacancy=vacancy)
            _kept.move_to_end(key)
            return _kept[key]
    ranking = rank(
        inputs.pool,
        inputs.asked,
        inputs.words,
        inputs.parameters,
        explain_top=0,
        outside=inputs.outside,
    )
    row = _stored(inputs, ranking, by)
    run = Run(
        row.id,
        vacancy,
        inputs.parameters,
        inputs.asked,
        inputs.words,
        inputs.pool,
        inputs.outside,
        ranking,
        row.created_at,
    )
    with _guard:
        _kept[key] = run
        while len(_kept) > KEPT_RUNS or _people_kept() > max(KEPT_PEOPLE, len(run.pool)):
            _kept.popitem(last=False)
    return run


def _people_kept() -> int:
    return sum(len(run.pool) for run in _kept.values())


def find_kept(run_id: int) -> Run | None:
    """A run of this process that is still in memory."""
    with _guard:
        return next(
            (run for (of, _), run in _kept.items() if of is engine() and run.run_id == run_id),
            None,
        )


def run_of(run_id: int, by: Officer) -> Run:
    """A run that an officer has on screen; NotFound asks to open the ranking again."""
    check_can(by, Permission.RANKING_READ)
    run = find_kept(run_id)
    if run is None:
        raise NotFound(N_("This ranking is no longer open. Open the vacancy's ranking again."))
    return run


def _inputs(vacancy: VacancyRecord, parameters: Parameters) -> _Inputs:
    live = live_pool()
    asked = requirement(vacancy)
    outside = outside_gates(vacancy, asked, live.registered)
    words, words_sha256 = vocabulary(parameters)
    named = [
        to_plain(parameters),
        _plain(asdict(asked)),
        live.sha256,
        words_sha256,
        [
            [name, _ids_sha256(gate.failed), _ids_sha256(gate.unknown)]
            for name, gate in sorted(outside.items())
        ],
    ]
    digest = hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()
    return _Inputs(vacancy, parameters, asked, words, live.pool, outside, digest)


def _ids_sha256(ids: np.ndarray[Any, Any]) -> str:
    return hashlib.sha256(np.sort(ids).astype("<i8").tobytes()).hexdigest()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def _stored(inputs: _Inputs, ranking: Ranking, by: Officer) -> RankingRunRow:
    result = result_bytes(order_of(ranking), inputs.outside)
    with unit_of_work() as work:
        known = repository.find_run_by_inputs(work.session, inputs.vacancy.id, inputs.sha256)
        if known is not None:
            return known
        now = clock.now()
        words = _words_bytes(inputs.words)
        row = RankingRunRow(
            vacancy_id=inputs.vacancy.id,
            parameters_version=inputs.parameters.version,
            parameters=to_plain(inputs.parameters),
            requirement=asdict(inputs.asked),
            people_sha256=keep_people(work.session, inputs.pool, now),
            vocabulary_sha256=repository.keep_input(work.session, words, now),
            inputs_sha256=inputs.sha256,
            pool_size=ranking.pool,
            ranked=len(ranking.candidates),
            excluded=dict(ranking.excluded_by_gate),
            result=result,
            created_at=now,
            created_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        audit.record(
            work.session,
            action="ranked",
            entity="vacancy",
            entity_id=inputs.vacancy.number,
            details={
                "run": row.id,
                "parameters": inputs.parameters.version,
                "pool": ranking.pool,
            },
            by=by,
        )
        work.commit()
        return row


def _words_bytes(words: Vocabulary) -> bytes:
    """The vocabulary frozen; the same one is ranked by all day."""
    if not _frozen or _frozen[0][0] is not words:
        _frozen[:] = [(words, vocabulary_to_bytes(words))]
    return _frozen[0][1]


@dataclass(frozen=True)
class Reproduced:
    """An old run ranked again from its own frozen inputs."""

    ranking: Ranking
    parameters: Parameters
    is_same: bool
    """Whether everybody comes out at the same place with the same points."""


@dataclass(frozen=True)
class FrozenInputs:
    """What an old run was made from, and the order that came out."""

    requirement: Requirement
    vocabulary: Vocabulary
    parameters: Parameters
    pool: Pool
    outside: Outside
    order: Order
    created_at: datetime


def frozen_inputs(run_id: int) -> FrozenInputs:
    """The stored people, vocabulary, requirement and parameters of a run."""
    with reading() as session:
        row = session.get(RankingRunRow, run_id)
        if row is None:
            raise NotFound(N_("There is no ranking with this number."))
        pool = people_from(session, row.people_sha256)
        words = repository.get_input(session, row.vocabulary_sha256)
    order, outside = result_from(row.result)
    return FrozenInputs(
        stored_requirement(row.requirement),
        vocabulary_from_bytes(words),
        parameters_of_run(row),
        pool,
        outside,
        order,
        row.created_at,
    )


def reproduce_run(run_id: int) -> Reproduced:
    """Rank an old run again with its own people, vocabulary, requirement and parameters."""
    kept = frozen_inputs(run_id)
    ranking = rank(
        kept.pool,
        kept.requirement,
        kept.vocabulary,
        kept.parameters,
        explain_top=0,
        outside=kept.outside,
    )
    return Reproduced(ranking, kept.parameters, order_of(ranking).is_same(kept.order))


def parameters_of_run(row: RankingRunRow) -> Parameters:
    """The values a run was made with, whatever became of the version since."""
    # Older runs know the name alone, of a version that was built in.
    stored = row.parameters
    return from_plain(stored) if stored else parameters_of(row.parameters_version)


def stored_requirement(stored: Mapping[str, Any]) -> Requirement:
    """What was asked, as the engine takes it, from the form that a run stores."""
    languages = tuple(LanguageAsked(**each) for each in stored["languages"])
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items()}
    return Requirement(**{**plain, "languages": languages})


def stored_order(session: Session, run_id: int) -> Order:
    """Everyone ranked in a stored run, in order."""
    query = select(RankingRunRow.result).where(RankingRunRow.id == run_id)
    return result_from(session.scalars(query).one())[0]
