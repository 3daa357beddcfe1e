"""The people who can be ranked, kept in memory and fresh.

Built once per process from the database, then brought up to date before each ranking: the audit
chain's head says whether anything happened, `jobseekers.changed_seq` says to whom. So a change is
in the next answer, also when another process wrote it.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.queries import pool as query
from db.queries.pool import PersonFacts
from db.session import engine, reading
from matching.parameters import Parameters
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
        pool, facts = part, people
    else:
        # A ranking under way keeps the pool it began with.
        pool = Pool()
        pool.columns = before.pool.columns
        pool.remove(ids or ())
        pool.replace([part.profile(person) for person in part.persons])
        facts = {k: v for k, v in before.facts.items() if k not in set(ids or ())} | people
    person_of = {each.external_id: each.id for each in facts.values()}
    return LivePool(seq, pool, pool.sha256(), facts, person_of)


def _build(
    session: Session, people: Mapping[int, PersonFacts], ids: Collection[int] | None
) -> Pool:
    passports = query.passports(session, ids)
    everybody = list(people.values())
    return Pool.from_columns(
        person=[p.id for p in everybody],
        registered=[p.registered_on.toordinal() for p in everybody],
        education=[p.education for p in everybody],
        available_from=[_ordinal(p.available_from) for p in everybody],
        available_to=[_ordinal(p.available_to) for p in everybody],
        passport_valid_until=[_ordinal(passports.get(p.id)) for p in everybody],
        occupations=query.occupations(session, ids),
        skills=query.skills(session, ids),
        languages=query.languages(session, ids),
        licences=query.licences(session, ids),
        desired_countries=query.desired_countries(session, ids),
    )


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


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
