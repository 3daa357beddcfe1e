"""Who belongs to which group, and who came how far: ids and codes, no names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, String, and_, or_, select, type_coerce
from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    DecisionRow,
    JobseekerRow,
    ShortlistRow,
)
from domain.enums import CandidacyStatus, DecisionOutcome

Traits = tuple[int, str | None, str | date | None, str | None, str | None]


def read_traits(session: Session) -> Sequence[Traits]:
    """(person, sex, birth date, region, municipality) of every file, by id, as stored.

    A birth date may be a date or its ISO text: making objects of hundreds of thousands takes longer
    than reading them, and only the few distinct values matter.
    """
    j = JobseekerRow
    sex, birth = type_coerce(j.sex, String), type_coerce(j.birth_date, String)
    query = select(j.id, sex, birth, j.region, j.municipality).order_by(j.id)
    found: Any = session.connection().execute(query).all()
    return cast(Sequence[Traits], found)


def preselected(session: Session, vacancies: Collection[int]) -> list[int]:
    """People on the shortlists of these vacancies, made or in the making.

    Whoever was taken off again before the commission had the file is not.
    """
    c, e = CandidacyRow, CandidacyEventRow
    presented = select(e.candidacy_id).where(e.to_status == CandidacyStatus.COMMISSION_REVIEW)
    query = select(c.jobseeker_id).where(
        c.vacancy_id.in_(vacancies),
        or_(c.status != CandidacyStatus.WITHDRAWN, c.id.in_(presented)),
    )
    return list(session.scalars(query.distinct()))


def decided_for(session: Session, vacancies: Collection[int]) -> list[tuple[int, bool]]:
    """(person, approved) of every decision on these vacancies."""
    return _decided(session, CandidacyRow.vacancy_id.in_(vacancies))


def decided_between(session: Session, begin: datetime, end: datetime) -> list[tuple[int, bool]]:
    """(person, approved) of every decision from a moment on and before another."""
    return _decided(session, and_(DecisionRow.decided_at >= begin, DecisionRow.decided_at < end))


def _decided(session: Session, where: ColumnElement[bool]) -> list[tuple[int, bool]]:
    query = (
        select(CandidacyRow.jobseeker_id, DecisionRow.outcome)
        .join(CandidacyRow, CandidacyRow.id == DecisionRow.candidacy_id)
        .where(where)
    )
    return [(who, outcome is DecisionOutcome.APPROVED) for who, outcome in session.execute(query)]


def last_run_sent(session: Session, vacancy_id: int) -> int | None:
    """The ranking that the vacancy's last shortlist was made from."""
    s = ShortlistRow
    query = select(s.run_id).where(s.vacancy_id == vacancy_id, s.run_id.is_not(None))
    return session.scalar(query.order_by(s.id.desc()).limit(1))
