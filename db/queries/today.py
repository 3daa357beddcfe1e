"""What could wait for a recruiter: few rows each, the judgement is in `services.today`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    JobseekerDocumentRow,
    JobseekerRow,
    ShortlistRow,
    VacancyOccupationRow,
    VacancyRow,
)
from domain.enums import CandidacyStatus, DocumentKind, VacancyStatus

_V, _J = VacancyRow, JobseekerRow


@dataclass(frozen=True, slots=True)
class VacancyInWork:
    """A vacancy with how many people stand where."""

    id: int
    number: str
    title: str
    title_ka: str | None
    country: str
    positions: int
    closes_on: date | None
    status: VacancyStatus
    shortlists: int
    people: dict[CandidacyStatus, int] = field(default_factory=dict)


def list_vacancies_in_work(
    session: Session, statuses: Collection[VacancyStatus]
) -> list[VacancyInWork]:
    """Vacancies of these statuses with their candidacies by status."""
    sent = (
        select(func.count()).where(ShortlistRow.vacancy_id == _V.id).correlate(_V).scalar_subquery()
    )
    query = select(
        _V.id,
        _V.number,
        _V.title,
        _V.title_ka,
        _V.country,
        _V.positions,
        _V.closes_on,
        _V.status,
        sent,
    ).where(_V.status.in_(statuses))
    found = {row[0]: VacancyInWork(*row) for row in session.execute(query)}
    counted = (
        select(CandidacyRow.vacancy_id, CandidacyRow.status, func.count())
        .join(_V, _V.id == CandidacyRow.vacancy_id)
        .where(_V.status.in_(statuses))
        .group_by(CandidacyRow.vacancy_id, CandidacyRow.status)
    )
    for vacancy_id, status, people in session.execute(counted):
        found[vacancy_id].people[status] = people
    return list(found.values())


def list_draft_numbers(session: Session) -> list[str]:
    """Numbers of the vacancies that are not published yet."""
    drafts = _V.status == VacancyStatus.DRAFT
    return list(session.scalars(select(_V.number).where(drafts).order_by(_V.id)))


def count_uncoded(session: Session) -> int:
    """Drafts and published vacancies without an occupation."""
    coded = select(VacancyOccupationRow.vacancy_id)
    waiting = _V.status.in_((VacancyStatus.DRAFT, VacancyStatus.PUBLISHED))
    return session.scalar(select(func.count()).where(waiting, _V.id.not_in(coded))) or 0


def list_short_passports(session: Session, statuses: Collection[CandidacyStatus]) -> Sequence[Any]:
    """(file, names, vacancy number, country, season's end, last day of the longest passport)."""
    paper = JobseekerDocumentRow
    longest = (
        select(paper.jobseeker_id, func.max(paper.valid_until).label("until"))
        .where(paper.kind == DocumentKind.PASSPORT, paper.valid_until.is_not(None))
        .group_by(paper.jobseeker_id)
        .subquery()
    )
    season = func.coalesce(_V.end_on, _V.start_on)
    query = (
        select(
            _J.external_id,
            _J.first_name_ka,
            _J.last_name_ka,
            _J.first_name_lat,
            _J.last_name_lat,
            _V.number,
            _V.country,
            season,
            longest.c.until,
        )
        .join(CandidacyRow, CandidacyRow.jobseeker_id == _J.id)
        .join(_V, _V.id == CandidacyRow.vacancy_id)
        .join(longest, longest.c.jobseeker_id == _J.id)
        .where(CandidacyRow.status.in_(statuses), longest.c.until < season)
        .order_by(longest.c.until, _J.id)
    )
    return session.execute(query).all()


def count_undecided_shortlists(session: Session) -> int:
    """Shortlists that lie with the commission."""
    return session.scalar(select(func.count()).where(ShortlistRow.decided_at.is_(None))) or 0


def is_empty(session: Session) -> bool:
    """Whether there is neither a person nor a vacancy."""
    has = [session.scalar(select(select(row).exists())) for row in (JobseekerRow, VacancyRow)]
    return not any(has)
