"""Keeps the packed copy of each person beside the file, in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import Select, String, Table, bindparam, func, select, type_coerce
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.features import LAYOUT_BYTES, STATUSES, fact, level_word, pack
from db.models import (
    FeatureNameRow,
    JobseekerDesiredCountryRow,
    JobseekerDocumentRow,
    JobseekerFeaturesRow,
    JobseekerLanguageRow,
    JobseekerLicenceRow,
    JobseekerOccupationRow,
    JobseekerRow,
    JobseekerSkillRow,
)
from domain.enums import DocumentKind

KINDS = ("occupation", "skill", "language", "licence", "country", "citizenship")
CHUNK = 500
FEW = 2000
"""Fewer names than these are asked for one by one; else all are read."""


@dataclass
class Names:
    """Numbers of all codes by kind; codes without a number get one that is not stored."""

    number: dict[tuple[str, str], int]
    new: list[tuple[str, str]] = field(default_factory=list)
    _next: int = 0

    def __post_init__(self) -> None:
        self._next = max(self.number.values(), default=0) + 1

    def __call__(self, kind: str, name: str) -> int:
        found = self.number.get((kind, name))
        if found is None:
            found = self.number[kind, name] = self._next
            self.new.append((kind, name))
            self._next += 1
        return found


@dataclass(frozen=True)
class _Read:
    """What the tables say of some people: rows by person."""

    people: Sequence[Any]
    passports: Mapping[int, date]
    lists: Sequence[Mapping[int, list[Any]]]


def read_names(session: Session, wanted: Collection[tuple[str, str]] | None = None) -> Names:
    """The numbers of these kinds and codes, or all that are stored."""
    n = FeatureNameRow
    query = select(n.id, n.kind, n.name)
    if wanted is not None and len(wanted) < FEW:
        query = query.where(n.name.in_(sorted({name for _, name in wanted})))
    return Names({(kind, name): number for number, kind, name in session.execute(query)})


def read_codes(session: Session, numbers: Collection[int] | None = None) -> dict[int, str]:
    """The codes behind these numbers, or behind all."""
    n = FeatureNameRow
    query = select(n.id, n.name)
    if numbers is not None and len(numbers) < FEW:
        query = query.where(n.id.in_(numbers))
    return {row[0]: row[1] for row in session.execute(query)}


def keep_features(session: Session, ids: Collection[int]) -> None:
    """Pack these people as their tables are now; call it after everything else is written."""
    some = sorted(ids)
    for start in range(0, len(some), CHUNK):
        _keep(session, some[start : start + CHUNK])


def fill_features(session: Session, ids: Collection[int] | None = None) -> int:
    """Pack everybody whose value is missing, out of date or of another layout; how many."""
    j, f = JobseekerRow, JobseekerFeaturesRow
    query = (
        select(j.id)
        .outerjoin(f, f.jobseeker_id == j.id)
        .where(
            f.seq.is_(None)
            | (f.seq != j.changed_seq)
            | (func.substr(f.packed, 1, len(LAYOUT_BYTES)) != LAYOUT_BYTES)
        )
    )
    found = sorted({*session.scalars(query), *(ids or ())})
    keep_features(session, found)
    return len(found)


def _keep(session: Session, ids: Sequence[int]) -> None:
    read = _read(session, ids)
    names = _numbered(session, read)
    seq = {row[0]: row[1] for row in read.people}
    rows = [
        {"jobseeker_id": person, "seq": seq[person], "packed": packed}
        for person, packed in _packed(read, names)
    ]
    if rows:
        session.connection().execute(_replacing(session.get_bind().dialect.name), rows)


@cache
def _replacing(dialect: str) -> Any:
    """Writes a person's packed copy over the one before."""
    insert = _insert(dialect, JobseekerFeaturesRow)
    excluded = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=["jobseeker_id"], set_={"seq": excluded.seq, "packed": excluded.packed}
    )


def _numbered(session: Session, read: _Read) -> Names:
    """The stored numbers, after storing those that these people need and nobody had before."""
    wanted = _codes(read)
    names = read_names(session, wanted)
    new = sorted(wanted - names.number.keys())
    if not new:
        return names
    # Two transactions may need the same new name: the second waits for the first, and reads it.
    session.connection().execute(
        _insert(session.get_bind().dialect.name, FeatureNameRow).on_conflict_do_nothing(),
        [{"kind": kind, "name": name} for kind, name in new],
    )
    return read_names(session, wanted)


def _insert(dialect: str, kind: type[Any]) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(cast(Table, kind.__table__))


def pack_from_tables(session: Session, ids: Collection[int], names: Names) -> Iterator[bytes]:
    """People packed in memory, where the stored value is missing, out of date or damaged."""
    some = sorted(ids)
    for start in range(0, len(some), CHUNK):
        for _, packed in _packed(_read(session, some[start : start + CHUNK]), names):
            yield packed


def _read(session: Session, ids: Sequence[int]) -> _Read:
    some = {"ids": list(ids)}
    people = session.execute(PEOPLE_OF, some).all()
    passports = session.execute(PASSPORTS_OF, some)
    lists = [_by_person(session, query, ids) for query in LISTS_OF]
    return _Read(people, {person: day for person, day in passports if day}, lists)


def _of_some(column: Any) -> Any:
    return column.in_(bindparam("ids", expanding=True))


def _list_queries() -> tuple[Select[*tuple[Any, ...]], ...]:
    """In the order of `db.features.LISTS`: person, code, evidence and value."""
    o, s, x = JobseekerOccupationRow, JobseekerSkillRow, JobseekerLanguageRow
    y, c = JobseekerLicenceRow, JobseekerDesiredCountryRow
    return (
        select(o.jobseeker_id, o.isco, type_coerce(o.evidence, String), o.years).where(
            _of_some(o.jobseeker_id)
        ),
        select(s.jobseeker_id, s.skill_id, type_coerce(s.evidence, String)).where(
            _of_some(s.jobseeker_id)
        ),
        select(
            x.jobseeker_id,
            x.language,
            type_coerce(x.evidence, String),
            type_coerce(x.level, String),
        ).where(_of_some(x.jobseeker_id)),
        select(y.jobseeker_id, y.licence, type_coerce(y.evidence, String)).where(
            _of_some(y.jobseeker_id)
        ),
        select(c.jobseeker_id, c.country).where(_of_some(c.jobseeker_id)),
    )


# Put together once: each change of a person asks them.
LISTS_OF = _list_queries()
PEOPLE_OF = select(
    JobseekerRow.id,
    JobseekerRow.changed_seq,
    JobseekerRow.registered_on,
    JobseekerRow.education,
    JobseekerRow.available_from,
    JobseekerRow.available_to,
    JobseekerRow.birth_date,
    JobseekerRow.citizenship,
    JobseekerRow.status,
).where(_of_some(JobseekerRow.id))
PASSPORTS_OF = (
    select(JobseekerDocumentRow.jobseeker_id, func.max(JobseekerDocumentRow.valid_until))
    .where(
        JobseekerDocumentRow.kind == DocumentKind.PASSPORT,
        JobseekerDocumentRow.valid_until.is_not(None),
        _of_some(JobseekerDocumentRow.jobseeker_id),
    )
    .group_by(JobseekerDocumentRow.jobseeker_id)
)


def _by_person(
    session: Session, query: Select[*tuple[Any, ...]], ids: Sequence[int]
) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in session.execute(query, {"ids": list(ids)}):
        found.setdefault(row[0], []).append(row)
    return found


def _codes(read: _Read) -> set[tuple[str, str]]:
    wanted = {("citizenship", row[7]) for row in read.people if row[7] is not None}
    for kind, rows in zip(KINDS, read.lists, strict=False):
        wanted.update((kind, row[1]) for facts in rows.values() for row in facts)
    return wanted


def _packed(read: _Read, names: Names) -> Iterator[tuple[int, bytes]]:
    for row in sorted(map(tuple, read.people)):
        person, _, registered, education, begins, ends, born, citizenship, status = row
        numbers = (
            person,
            registered.toordinal(),
            education,
            _ordinal(begins),
            _ordinal(ends),
            _ordinal(read.passports.get(person)),
            _ordinal(born),
            None if citizenship is None else names("citizenship", citizenship),
            STATUSES.index(status),
        )
        yield person, pack(numbers, _words(person, read, names))


def _words(person: int, read: _Read, names: Names) -> list[list[int]]:
    work, skills, spoken, licences, wished = (rows.get(person, []) for rows in read.lists)
    return [
        _pairs((fact(names("occupation", r[1]), r[2]), _months_word(r[3])) for r in work),
        sorted(fact(names("skill", r[1]), r[2]) for r in skills),
        _pairs((fact(names("language", r[1]), r[2]), level_word(r[3])) for r in spoken),
        sorted(fact(names("licence", r[1]), r[2]) for r in licences),
        sorted(fact(names("country", r[1]), "stated") for r in wished),
    ]


def _pairs(facts: Iterator[tuple[int, int]]) -> list[int]:
    return [word for pair in sorted(facts) for word in pair]


def _months_word(years: float | None) -> int:
    """One more than the whole months, the nearest, as the engine counts them; 0 = not stated."""
    return 0 if years is None else int(years * 12 + 0.5) + 1


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
