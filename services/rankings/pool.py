"""The people who can be ranked, kept in memory and fresh.

Built once per process from the packed values beside the files, then brought up to date before each
ranking: the audit chain's head says whether anything happened, `jobseekers.changed_seq` says to
whom. So a change is in the next answer, also when another process wrote it, and costs what the
changed people cost, however many others there are.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.features import STATUSES, Facts, People
from db.queries import pool as query
from db.queries.pool import NameOf
from db.session import engine, reading
from domain.transitions import NOT_IN_REGISTER
from matching.engine.columns import FactColumn, PeopleColumns, take
from matching.engine.warm import prepare, warm
from matching.parameters import Parameters
from matching.pool import Pool
from matching.types import Vocabulary
from matching.vocabulary import build_vocabulary
from services import clock
from services.policy.versions import parameters_at
from services.reference import Reference, reference

Int32s = npt.NDArray[np.int32]
Column = npt.NDArray[Any]
_OUTSIDE = [STATUSES.index(status) for status in NOT_IN_REGISTER]


@dataclass(frozen=True)
class Registered:
    """What the gates outside the engine ask of everybody in the pool; -1 is unknown."""

    person: npt.NDArray[np.int64]
    """Ids, ascending."""
    birth: Int32s
    """Day ordinals."""
    citizenship: Int32s
    """Places in `countries`."""
    status: npt.NDArray[np.int8]
    """Places in `db.features.STATUSES`."""
    countries: tuple[str, ...]


@dataclass(frozen=True)
class LivePool:
    """One state of everybody: the engine's columns, and what the gates outside it need."""

    seq: int
    pool: Pool
    registered: Registered
    name_of: NameOf
    """The codes that packed people name by number, as far as they have occurred."""

    @property
    def sha256(self) -> str:
        """Name of the state of the engine's columns."""
        return self.pool.sha256()


_kept: WeakKeyDictionary[Engine, LivePool] = WeakKeyDictionary()
_Words = tuple[Vocabulary, str]
_vocabularies: WeakKeyDictionary[Engine, tuple[Reference, dict[int, _Words]]] = WeakKeyDictionary()
KEPT_VOCABULARIES = 4
_guard = threading.Lock()


def live_pool() -> LivePool:
    """Everybody as the database has them now."""
    with _guard, reading() as session:
        kept = _kept.get(engine())
        seq = query.current_seq(session)
        if kept is None or kept.seq > seq:
            columns, registered, name_of = _read(session, None, {})
            kept = LivePool(seq, Pool.from_columns(columns), registered, name_of)
        elif kept.seq < seq:
            kept = _updated(session, kept, seq)
        _kept[engine()] = kept
        return kept


def freshness() -> tuple[int, int] | None:
    """How many people this process has in memory, and how many events it is behind; None: none."""
    kept = _kept.get(engine())
    if kept is None:
        return None
    with reading() as session:
        return len(kept.pool), query.current_seq(session) - kept.seq


def pool_within(session: Session, before: LivePool) -> LivePool:
    """Everybody as the caller's transaction has them, changed since `before`; kept by nobody."""
    return _updated(session, before, query.current_seq(session))


def make_ready() -> None:
    """Do beforehand what the first ranking would wait for: compile, and sort people by skills."""
    warm()
    words, _ = vocabulary(parameters_at(clock.today()))
    prepare(live_pool().pool, words)


def _updated(session: Session, before: LivePool, seq: int) -> LivePool:
    changed = query.changed_since(session, before.seq)
    if not changed:
        return replace(before, seq=seq)
    part, registered, name_of = _read(session, changed, before.name_of)
    # A ranking under way keeps the pool it began with.
    pool = before.pool.copy()
    gone = np.setdiff1d(changed, registered.person)
    if gone.size:
        pool.remove(gone.tolist())
    pool.replace_columns(part)
    return LivePool(seq, pool, _joined(before.registered, registered, gone), name_of)


def _read(
    session: Session, ids: Collection[int] | None, known: NameOf
) -> tuple[PeopleColumns, Registered, NameOf]:
    """Everybody, or some people, whose registration is finished and whose file was not merged."""
    people, name_of = query.read_people(session, ids, known)
    columns, registered = _columns(people, name_of), _registered(people, name_of)
    finished = np.flatnonzero(~np.isin(registered.status, _OUTSIDE))
    if len(finished) < people.size:
        columns, registered = take(columns, finished), _some(registered, finished)
    return columns, registered, name_of


def _columns(people: People, name_of: NameOf) -> PeopleColumns:
    number = people.numbers
    lists = {name: _named(facts, name_of) for name, facts in people.lists.items()}
    return PeopleColumns(
        person=number["person"].astype(np.int64),
        registered=number["registered"],
        education=number["education"].astype(np.int8),
        available_from=number["available_from"],
        available_to=number["available_to"],
        passport_valid_until=number["passport_valid_until"],
        **lists,
    )


def _named(facts: Facts, name_of: NameOf) -> FactColumn:
    places, names = _renumbered(facts.name, name_of)
    return FactColumn(facts.row, places, names, facts.value, facts.evidence)


def _renumbered(numbers: Int32s, name_of: NameOf) -> tuple[Int32s, tuple[str, ...]]:
    """Stored numbers (-1 unknown) as places in a table of the names that occur."""
    used = np.flatnonzero(np.bincount(numbers + 1))
    used = used[used > 0] - 1
    place = np.full(int(numbers.max(initial=-1)) + 2, -1, np.int32)
    place[used + 1] = np.arange(len(used))
    return place[numbers + 1], tuple(name_of[number] for number in used.tolist())


def _registered(people: People, name_of: NameOf) -> Registered:
    number = people.numbers
    citizenship, countries = _renumbered(number["citizenship"], name_of)
    return Registered(
        number["person"].astype(np.int64),
        number["birth"],
        citizenship,
        number["status"].astype(np.int8),
        countries,
    )


def _some(known: Registered, rows: npt.NDArray[np.int64]) -> Registered:
    return Registered(
        known.person[rows],
        known.birth[rows],
        known.citizenship[rows],
        known.status[rows],
        known.countries,
    )


def _joined(old: Registered, new: Registered, gone: npt.NDArray[np.int64]) -> Registered:
    """Both together; who is in both is taken from the new one."""
    countries = (*old.countries, *(c for c in new.countries if c not in old.countries))
    place_of = np.array([*(countries.index(c) for c in new.countries), -1], np.int32)
    citizenship = place_of[new.citizenship]
    rows = np.searchsorted(old.person, new.person)
    inside = len(rows) == 0 or rows[-1] < len(old.person)
    if not gone.size and inside and np.array_equal(old.person[rows], new.person):
        return Registered(
            old.person,
            _put(old.birth, rows, new.birth),
            _put(old.citizenship, rows, citizenship),
            _put(old.status, rows, new.status),
            countries,
        )
    return _merged(old, replace(new, citizenship=citizenship, countries=countries), gone)


def _put(column: Column, rows: npt.NDArray[np.int64], values: Column) -> Column:
    """The column with other values in some rows; itself where they are there already."""
    if np.array_equal(column[rows], values):
        return column
    changed = column.copy()
    changed[rows] = values
    return changed


def _merged(old: Registered, new: Registered, gone: npt.NDArray[np.int64]) -> Registered:
    """The same when people have come or gone; `new` counts countries for both."""
    out = np.concatenate([gone, new.person])
    stays = np.ones(len(old.person), bool)
    place = np.searchsorted(old.person, out)
    known = place < len(old.person)
    known[known] &= old.person[place[known]] == out[known]
    stays[place[known]] = False
    rest = old.person[stays]
    before = np.searchsorted(rest, new.person)
    return Registered(
        np.insert(rest, before, new.person),
        np.insert(old.birth[stays], before, new.birth),
        np.insert(old.citizenship[stays], before, new.citizenship),
        np.insert(old.status[stays], before, new.status),
        new.countries,
    )


def vocabulary(parameters: Parameters) -> tuple[Vocabulary, str]:
    """What the reference tables say about skills, and the SHA-256 that names this state."""
    tables = reference()
    # Of all parameters only this one weighs skills: versions that share it share the vocabulary.
    base = parameters.skill_rarity_base
    kept = _vocabularies.get(engine())
    known = kept[1] if kept is not None and kept[0] is tables else {}
    if base in known:
        return known[base]
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
    rest = list(known.items())[1 - KEPT_VOCABULARIES :]
    _vocabularies[engine()] = (tables, {**dict(rest), base: (built, digest)})
    return built, digest
