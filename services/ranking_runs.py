"""One ranking: frozen inputs, the engine's answer, the stored run, and running it again."""

from __future__ import annotations

import hashlib
import json
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.models import RankingInputRow, RankingRunRow
from db.queries.pool import PersonFacts, held
from db.repositories import ranking as repository
from db.session import engine, reading, unit_of_work
from domain.enums import JobseekerStatus
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.vacancy import VacancyRecord
from domain.texts import N_
from domain.transitions import HOLDING
from matching.outside import Outside, OutsideGate, with_verdicts
from matching.parameters import Parameters, load, parameters_at
from matching.pool import Pool
from matching.ranking import rank
from matching.types import LanguageAsked, Profile, Ranking, Requirement, Verdict, Vocabulary
from matching.vocabulary import vocabulary_from_bytes, vocabulary_to_bytes
from services import audit, clock
from services.pool import LivePool, live_pool, vocabulary
from services.requirements import requirement
from services.scheme_gates import scheme_verdicts

KEPT_RUNS = 64
OutsideRow = tuple[int, str, int]


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
    facts: Mapping[int, PersonFacts]
    person_of: Mapping[str, int]
    created_at: Any

    def profile(self, person: int) -> Profile:
        """One person as this ranking saw them, with the gates decided outside the engine."""
        return with_verdicts(self.pool.profile(person), self.outside)


_kept: OrderedDict[tuple[Engine, object], Run] = OrderedDict()
_guard = threading.Lock()


def current_run(*, vacancy: VacancyRecord, version: str | None, by: Officer) -> Run:
    """The ranking of a vacancy on today's data; stored when its inputs are new."""
    parameters = load(version) if version else parameters_at(clock.today())
    live = live_pool()
    asked = requirement(vacancy)
    outside = outside_verdicts(vacancy, asked, live)
    words, words_sha256 = vocabulary(parameters)
    inputs = _inputs_sha256(parameters, asked, live.sha256, words_sha256, outside)
    key = (engine(), (vacancy.id, inputs))
    with _guard:
        if key in _kept:
            # A new name or title changes no points: the same ranking, told with today's names.
            _kept[key] = replace(
                _kept[key], vacancy=vacancy, facts=live.facts, person_of=live.person_of
            )
            _kept.move_to_end(key)
            return _kept[key]
    pool, gates = live.pool.copy(), _gates(outside)
    ranking = rank(pool, asked, words, parameters, explain_top=0, outside=gates)
    row = _stored(vacancy, parameters, asked, live, words, ranking, outside, inputs, by)
    run = Run(
        row.id,
        vacancy,
        parameters,
        asked,
        words,
        pool,
        gates,
        ranking,
        live.facts,
        live.person_of,
        row.created_at,
    )
    with _guard:
        _kept[key] = run
        while len(_kept) > KEPT_RUNS:
            _kept.popitem(last=False)
    return run


def find_kept(run_id: int) -> Run | None:
    """A run of this process that is still in memory."""
    with _guard:
        return next(
            (run for (of, _), run in _kept.items() if of is engine() and run.run_id == run_id),
            None,
        )


def outside_verdicts(
    vacancy: VacancyRecord, asked: Requirement, live: LivePool
) -> list[OutsideRow]:
    """Verdicts that differ from MET of the gates that need what the engine must not know.

    Age at departure and citizenship only where the vacancy's scheme has such a rule; a person held
    for this same vacancy is not held elsewhere.
    """
    rows: list[OutsideRow] = []
    with reading() as session:
        elsewhere = {
            person for person, vacancy_id in held(session, HOLDING) if vacancy_id != vacancy.id
        }
    for person, facts in live.facts.items():
        if facts.status is JobseekerStatus.PLACED:
            rows.append((person, "already_placed", int(Verdict.FAILED)))
        if facts.status in (JobseekerStatus.WITHDRAWN, JobseekerStatus.SUSPENDED):
            rows.append((person, "withdrawn", int(Verdict.FAILED)))
        if person in elsewhere:
            rows.append((person, "held_elsewhere", int(Verdict.FAILED)))
        rows.extend(
            (person, gate, int(verdict))
            for gate, verdict in scheme_verdicts(
                vacancy, birth_date=facts.birth_date, citizenship=facts.citizenship
            ).items()
            if verdict is not Verdict.MET
        )
    return [row for row in rows if row[1] in asked.outside_gates]


def _gates(rows: Iterable[OutsideRow]) -> Outside:
    found: dict[str, dict[int, list[int]]] = {}
    for person, gate, verdict in rows:
        found.setdefault(gate, {}).setdefault(verdict, []).append(person)
    return {
        gate: OutsideGate.of(
            failed=by_verdict.get(Verdict.FAILED, ()), unknown=by_verdict.get(Verdict.UNKNOWN, ())
        )
        for gate, by_verdict in found.items()
    }


def _inputs_sha256(
    parameters: Parameters,
    asked: Requirement,
    people: str,
    words: str,
    outside: list[OutsideRow],
) -> str:
    text = json.dumps(
        [_plain(asdict(parameters)), _plain(asdict(asked)), people, words, sorted(outside)],
        sort_keys=True,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def _stored(
    vacancy: VacancyRecord,
    parameters: Parameters,
    asked: Requirement,
    live: LivePool,
    words: Vocabulary,
    ranking: Ranking,
    outside: list[OutsideRow],
    inputs: str,
    by: Officer,
) -> RankingRunRow:
    with unit_of_work() as work:
        known = repository.find_run_by_inputs(work.session, vacancy.id, inputs)
        if known is not None:
            return known
        now = clock.now()
        row = RankingRunRow(
            vacancy_id=vacancy.id,
            parameters_version=parameters.version,
            requirement=asdict(asked),
            people_sha256=repository.keep_input(work.session, live.pool.to_bytes(), now),
            vocabulary_sha256=repository.keep_input(work.session, vocabulary_to_bytes(words), now),
            inputs_sha256=inputs,
            pool_size=ranking.pool,
            ranked=len(ranking.candidates),
            excluded=dict(ranking.excluded_by_gate),
            result=_result_bytes(ranking, outside),
            created_at=now,
            created_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        audit.record(
            work.session,
            action="ranked",
            entity="vacancy",
            entity_id=vacancy.number,
            details={"run": row.id, "parameters": parameters.version, "pool": ranking.pool},
            by=by,
        )
        work.commit()
        return row


def _result_bytes(ranking: Ranking, outside: list[OutsideRow]) -> bytes:
    plain = {
        "order": [(c.person, c.points, c.low, c.high) for c in ranking.candidates],
        "outside": sorted(outside),
    }
    return zlib.compress(json.dumps(plain).encode(), 6)


@dataclass(frozen=True)
class Reproduced:
    """An old run ranked again from its own frozen inputs."""

    ranking: Ranking
    parameters: Parameters
    is_same: bool
    """Whether everybody comes out at the same place with the same points."""


def reproduce_run(run_id: int) -> Reproduced:
    """Rank an old run again with its own people, vocabulary, requirement and parameters."""
    with reading() as session:
        row = session.get(RankingRunRow, run_id)
        if row is None:
            raise NotFound(N_("There is no ranking with this number."))
        people = session.get_one(RankingInputRow, row.people_sha256).content
        words = session.get_one(RankingInputRow, row.vocabulary_sha256).content
    stored = json.loads(zlib.decompress(row.result))
    parameters = load(row.parameters_version)
    ranking = rank(
        Pool.from_bytes(people),
        _requirement_from(row.requirement),
        vocabulary_from_bytes(words),
        parameters,
        explain_top=0,
        outside=_gates(tuple(x) for x in stored["outside"]),
    )
    order = [[c.person, c.points, c.low, c.high] for c in ranking.candidates]
    return Reproduced(ranking, parameters, order == stored["order"])


def _requirement_from(stored: Mapping[str, Any]) -> Requirement:
    languages = tuple(LanguageAsked(**each) for each in stored["languages"])
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items()}
    return Requirement(**{**plain, "languages": languages})


def stored_order(session: Session, run_id: int) -> tuple[tuple[int, int, int, int], ...]:
    """(person, points, low, high) of everyone ranked in a stored run, in order."""
    content = session.scalars(select(RankingRunRow.result).where(RankingRunRow.id == run_id)).one()
    return _order_in(run_id, content)


@lru_cache(maxsize=256)
def _order_in(_run_id: int, content: bytes) -> tuple[tuple[int, int, int, int], ...]:
    return tuple(tuple(each) for each in json.loads(zlib.decompress(content))["order"])
