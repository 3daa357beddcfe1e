"""The people who can be ranked, kept in memory and fresh.

Built once per process from the database, then brought up to date before each ranking: the audit
chain's head says whether anything happened, `jobseekers.changed_seq` says to whom. So a change is
in the next answer, also when another process wrote it.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.queries import pool as query
from db.queries.pool import PersonFacts
from db.session import engine, reading
from domain.enums import Evidence
from matching.columns import UNKNOWN, FactColumn, Int32s, PeopleColumns
from matching.parameters import Parameters
from matching.points import in_months
from matching.pool import Pool
from matching.types import Vocabulary
from matching.vocabulary import build_vocabulary
from services.reference import Reference, reference


@dataclass(frozen=True)
class LivePool:
    """One state of everybody: the engine's columns, and what screens and outside gates need."""

    seq: int
    pool: Pool
    sha256: str
    facts: Mapping[int, PersonFacts]
    person_of: Mapping[str, int]
    """External id → id."""


_kept: WeakKeyDictionary[Engine, LivePool] = WeakKeyDictionary()
_vocabularies: WeakKeyDictionary[Engine, tuple[Reference, str, Vocabulary, str]] = (
    WeakKeyDictionary()
)
_guard = threading.Lock()


def live_pool() -> LivePool:
    """Everybody as the database has them now."""
    with _guard, reading() as session:
        kept = _kept.get(engine())
        seq = query.current_seq(session)
        if kept is None or kept.seq > seq:
            kept = _read(session, seq, None, None)
        elif kept.seq < seq:
            changed = query.changed_since(session, kept.seq)
            kept = _read(session, seq, kept, changed)
        _kept[engine()] = kept
        return kept


def _read(
    session: Session, seq: int, before: LivePool | None, ids: Collection[int] | None
) -> LivePool:
    if before is not None and not ids:
        return LivePool(seq, before.pool, before.sha256, before.facts, before.person_of)
    people = {facts.id: facts for facts in query.people(session, ids)}
    part = _build(session, people, ids)
    if before is None:
        pool, facts = Pool.from_columns(part), people
    else:
        # A ranking under way keeps the pool it began with.
        pool = before.pool.copy()
        pool.remove(ids or ())
        pool.replace_columns(part)
        facts = {k: v for k, v in before.facts.items() if k not in set(ids or ())} | people
    person_of = {each.external_id: each.id for each in facts.values()}
    return LivePool(seq, pool, pool.sha256(), facts, person_of)


def _build(
    session: Session, people: Mapping[int, PersonFacts], ids: Collection[int] | None
) -> PeopleColumns:
    passports = query.passports(session, ids)
    everybody = [people[person] for person in sorted(people)]
    place = {facts.id: row for row, facts in enumerate(everybody)}
    plain = ((p, name, 0, e) for p, name, e in query.skills(session, ids))
    licences = ((p, name, 0, e) for p, name, e in query.licences(session, ids))
    worked = (
        (p, code, UNKNOWN if years is None else in_months(years), e)
        for p, code, years, e in query.occupations(session, ids)
    )
    wished = ((p, c, 0, Evidence.STATED) for p, c in query.desired_countries(session, ids))
    return PeopleColumns(
        person=np.array([p.id for p in everybody], np.int64),
        registered=np.array([p.registered_on.toordinal() for p in everybody], np.int32),
        education=np.array(
            [UNKNOWN if p.education is None else p.education for p in everybody], np.int8
        ),
        available_from=_ordinals(p.available_from for p in everybody),
        available_to=_ordinals(p.available_to for p in everybody),
        passport_valid_until=_ordinals(passports.get(p.id) for p in everybody),
        occupations=_facts(worked, place),
        skills=_facts(plain, place),
        languages=_facts(query.languages(session, ids), place),
        licences=_facts(licences, place),
        desired_countries=_facts(wished, place),
    )


def _facts(rows: Iterable[tuple[int, str, int, str]], place: Mapping[int, int]) -> FactColumn:
    known = [row for row in rows if row[0] in place]
    names = {name: i for i, name in enumerate(dict.fromkeys(row[1] for row in known))}
    strength = {evidence.value: i for i, evidence in enumerate(Evidence)}
    return FactColumn(
        np.array([place[row[0]] for row in known], np.int32),
        np.array([names[row[1]] for row in known], np.int32),
        tuple(names),
        np.array([row[2] for row in known], np.int32),
        np.array([strength[row[3]] for row in known], np.uint8),
    )


def _ordinals(days: Iterable[date | None]) -> Int32s:
    return np.array([UNKNOWN if day is None else day.toordinal() for day in days], np.int32)


def vocabulary(parameters: Parameters) -> tuple[Vocabulary, str]:
    """What the reference tables say about skills, and the SHA-256 that names this state."""
    tables = reference()
    kept = _vocabularies.get(engine())
    if kept is not None and kept[0] is tables and kept[1] == parameters.version:
        return kept[2], kept[3]
    built = build_vocabulary(
        tables.skill_group,
        tables.broader_group,
        tables.essential_skills,
        parameters,
        tables.own_skills,
        tables.own_essential_skills,
    )
    text = repr(
        (
            sorted(built.group.items()),
            sorted(built.broader.items()),
            sorted((k, sorted(v)) for k, v in built.essential.items()),
            sorted(built.rarity.items()),
        )
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    _vocabularies[engine()] = (tables, parameters.version, built, digest)
    return built, digest
