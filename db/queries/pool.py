"""The people for the ranking pool: packed values by a raw cursor, tables only where one is missing.

And the few facts that screens show of the few people they show.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from db.features import People, person_in, unpack
from db.models import AuditHeadRow, CandidacyRow, JobseekerRow
from db.repositories.features import pack_from_tables, read_codes, read_names
from domain.enums import CandidacyStatus

CHUNK = 500
Ids = npt.NDArray[np.int64]
NameOf = Mapping[int, str]
"""The code behind each number of `feature_names`."""
NOTHING: NameOf = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the screens show of a person besides the ranking; never ranked by."""

    id: int
    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None


def current_seq(session: Session) -> int:
    """Sequence number of the last event: equal numbers, equal data."""
    return session.scalar(select(func.max(AuditHeadRow.seq))) or 0


def changed_since(session: Session, seq: int) -> list[int]:
    """People whose file changed after an event."""
    return list(session.scalars(select(JobseekerRow.id).where(JobseekerRow.changed_seq > seq)))


def read_people(
    session: Session, ids: Collection[int] | None = None, known: NameOf = NOTHING
) -> tuple[People, NameOf]:
    """These people, or everybody, as columns of numbers, and the codes the numbers stand for.

    Whoever has no packed value, an old or a damaged one is read from the tables instead. `known`:
    codes read before; numbers never change their meaning.
    """
    rows = _packed(session, ids)
    packed = [value for _, value in rows if value is not None]
    people = unpack(packed)
    name_of = _codes(session, people, known)
    wanted = np.sort(np.fromiter((row[0] for row in rows), np.int64, len(rows)))
    told: set[int] = set()
    if not np.array_equal(wanted, people.numbers["person"]):
        told.update(np.setdiff1d(wanted, people.numbers["person"]).tolist())
    told.update(_unnamed(people, name_of))
    if told:
        names = read_names(session)
        whole = [value for value in packed if person_in(value) not in told]
        people = unpack([*whole, *pack_from_tables(session, told, names)])
        name_of = {number: name for (_, name), number in names.number.items()}
    return people, name_of


def _packed(session: Session, ids: Collection[int] | None) -> list[tuple[int, bytes | None]]:
    """Everybody's id and value, if it is up to date, by a raw cursor.

    Rows of the ORM take a hundred times as long.
    """
    connection = session.connection()
    raw: Any = connection.connection.driver_connection
    cursor = raw.cursor(binary=True) if connection.dialect.name == "postgresql" else raw.cursor()
    query = (
        "SELECT j.id, f.packed FROM jobseekers j LEFT JOIN jobseeker_features f"
        " ON f.jobseeker_id = j.id AND f.seq = j.changed_seq"
    )
    found: list[tuple[int, bytes | None]] = []
    for part in [""] if ids is None else _among(ids):
        cursor.execute(query + part)
        found.extend(cursor.fetchall())
    cursor.close()
    return found


def _among(ids: Collection[int]) -> list[str]:
    some = sorted(int(person) for person in ids)
    parts = [some[start : start + CHUNK] for start in range(0, len(some), CHUNK)]
    return [f" WHERE j.id IN ({', '.join(map(str, part))})" for part in parts]


def _codes(session: Session, people: People, known: NameOf) -> NameOf:
    """The code of each number that occurs."""
    if not known:
        return read_codes(session)
    used = {int(number) for number in people.numbers["citizenship"] if number >= 0}
    for facts in people.lists.values():
        used.update(np.unique(facts.name).tolist())
    new = used - known.keys()
    return {**known, **read_codes(session, new)} if new else known


def _unnamed(people: People, name_of: NameOf) -> list[int]:
    """Whoever has a fact whose number nobody can name: a dictionary that lost a row."""
    columns = [(facts.row, facts.name) for facts in people.lists.values()]
    columns.append((np.arange(people.size, dtype=np.int32), people.numbers["citizenship"]))
    found: list[int] = []
    for rows, names in columns:
        used = np.flatnonzero(np.bincount(names[names >= 0])).tolist()
        lost = [number for number in used if number not in name_of]
        if lost:
            found.extend(people.numbers["person"][rows[np.isin(names, lost)]].tolist())
    return found


def people_shown(session: Session, ids: Sequence[int]) -> dict[int, PersonFacts]:
    """What screens show of a few people, as their files are now."""
    j = JobseekerRow
    query = select(
        j.id,
        j.external_id,
        j.first_name_ka,
        j.last_name_ka,
        j.first_name_lat,
        j.last_name_lat,
        j.region,
    )
    found: dict[int, PersonFacts] = {}
    for start in range(0, len(ids), CHUNK):
        for row in session.execute(query.where(j.id.in_(ids[start : start + CHUNK]))):
            found[row[0]] = PersonFacts(row[0], row[1], _full(row[2:4]), _full(row[4:6]), row[6])
    return found


def _full(parts: Sequence[str | None]) -> str | None:
    return " ".join(part for part in parts if part) or None


def person_of(session: Session, external_id: str) -> int | None:
    """The id behind a file's number."""
    return session.scalar(select(JobseekerRow.id).where(JobseekerRow.external_id == external_id))


def called(
    session: Session, *, text: str, folded_words: Sequence[str], regions: Collection[str]
) -> Ids:
    """People of a name in either script or a file's number, in some regions; empty = any."""
    j = JobseekerRow
    query = select(j.id)
    if regions:
        query = query.where(j.region.in_(sorted(regions)))
    if text.strip():
        ways = [j.external_id.icontains(text.strip(), autoescape=True)]
        if folded_words:
            ways.append(and_(*(j.name_key.contains(w, autoescape=True) for w in folded_words)))
        query = query.where(or_(*ways))
    rows = session.connection().execute(query)
    return np.fromiter((row[0] for row in rows), np.int64)


def held(session: Session, statuses: Collection[CandidacyStatus]) -> list[tuple[int, int]]:
    """(person, vacancy) of everybody who is spoken for."""
    query = select(CandidacyRow.jobseeker_id, CandidacyRow.vacancy_id)
    found = session.execute(query.where(CandidacyRow.status.in_(statuses)))
    return [(person, vacancy) for person, vacancy in found]
