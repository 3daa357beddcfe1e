"""The people as plain rows for the ranking pool: raw tuples, no entities, a few hundred a moment.

Each function takes the ids to read (None = everybody) and yields rows that begin with the person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import QueryableAttribute, Session

from db.models import (
    AuditHeadRow,
    CandidacyRow,
    JobseekerDesiredCountryRow,
    JobseekerDocumentRow,
    JobseekerLanguageRow,
    JobseekerLicenceRow,
    JobseekerOccupationRow,
    JobseekerRow,
    JobseekerSkillRow,
)
from domain.enums import CandidacyStatus, DocumentKind, JobseekerStatus

CHUNK = 500


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the screens and the gates outside the engine need of a person; never ranked by."""

    id: int
    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None
    birth_date: date | None
    citizenship: str | None
    status: JobseekerStatus
    registered_on: date
    education: int | None
    available_from: date | None
    available_to: date | None


def current_seq(session: Session) -> int:
    """Sequence number of the last event: equal numbers, equal data."""
    return session.scalar(select(func.max(AuditHeadRow.seq))) or 0


def changed_since(session: Session, seq: int) -> list[int]:
    """People whose file changed after an event."""
    return list(session.scalars(select(JobseekerRow.id).where(JobseekerRow.changed_seq > seq)))


def people(session: Session, ids: Collection[int] | None = None) -> Iterator[PersonFacts]:
    """Everybody whose registration is finished."""
    j = JobseekerRow
    query = select(
        j.id,
        j.external_id,
        j.first_name_ka,
        j.last_name_ka,
        j.first_name_lat,
        j.last_name_lat,
        j.region,
        j.birth_date,
        j.citizenship,
        j.status,
        j.registered_on,
        j.education,
        j.available_from,
        j.available_to,
    ).where(j.status != JobseekerStatus.DRAFT)
    for row in _chunks(session, query, j.id, ids):
        yield PersonFacts(row[0], row[1], _full(row[2:4]), _full(row[4:6]), *row[6:])


def _full(parts: tuple[str | None, ...]) -> str | None:
    return " ".join(part for part in parts if part) or None


def occupations(session: Session, ids: Collection[int] | None = None) -> Iterator[Any]:
    """(person, isco, years, evidence)"""
    o = JobseekerOccupationRow
    return _chunks(
        session, select(o.jobseeker_id, o.isco, o.years, o.evidence), o.jobseeker_id, ids
    )


def skills(session: Session, ids: Collection[int] | None = None) -> Iterator[Any]:
    """(person, skill, evidence)"""
    s = JobseekerSkillRow
    return _chunks(session, select(s.jobseeker_id, s.skill_id, s.evidence), s.jobseeker_id, ids)


def languages(session: Session, ids: Collection[int] | None = None) -> Iterator[Any]:
    """(person, language, level 1–7, evidence)"""
    x = JobseekerLanguageRow
    query = select(x.jobseeker_id, x.language, x.level, x.evidence)
    for person, language, level, evidence in _chunks(session, query, x.jobseeker_id, ids):
        yield person, language, level.order, evidence


def licences(session: Session, ids: Collection[int] | None = None) -> Iterator[Any]:
    """(person, licence, evidence); a licence that has run out is still listed by its holder."""
    x = JobseekerLicenceRow
    return _chunks(session, select(x.jobseeker_id, x.licence, x.evidence), x.jobseeker_id, ids)


def desired_countries(session: Session, ids: Collection[int] | None = None) -> Iterator[Any]:
    """(person, country)"""
    x = JobseekerDesiredCountryRow
    return _chunks(session, select(x.jobseeker_id, x.country), x.jobseeker_id, ids)


def passports(session: Session, ids: Collection[int] | None = None) -> dict[int, date]:
    """The last day of each person's longest passport."""
    d = JobseekerDocumentRow
    query = (
        select(d.jobseeker_id, func.max(d.valid_until))
        .where(d.kind == DocumentKind.PASSPORT, d.valid_until.is_not(None))
        .group_by(d.jobseeker_id)
    )
    return dict(_chunks(session, query, d.jobseeker_id, ids))


def held(session: Session, statuses: Collection[CandidacyStatus]) -> list[tuple[int, int]]:
    """(person, vacancy) of everybody who is spoken for."""
    query = select(CandidacyRow.jobseeker_id, CandidacyRow.vacancy_id)
    found = session.execute(query.where(CandidacyRow.status.in_(statuses)))
    return [(person, vacancy) for person, vacancy in found]


def _chunks(
    session: Session,
    query: Select[*tuple[Any, ...]],
    key: QueryableAttribute[int],
    ids: Collection[int] | None,
) -> Iterator[Any]:
    if ids is None:
        yield from map(tuple, session.execute(query))
        return
    some = sorted(ids)
    for start in range(0, len(some), CHUNK):
        yield from map(tuple, session.execute(query.where(key.in_(some[start : start + CHUNK]))))
