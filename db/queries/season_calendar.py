"""How far vacancies have come on the way to departure: few rows, whatever the number of people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    OrientationCertificateRow,
    ShortlistRow,
    VacancyRow,
)
from domain.enums import CandidacyStatus, VacancyStatus
from domain.transitions import ENDED


def list_vacancies(session: Session, statuses: Collection[VacancyStatus]) -> list[VacancyRow]:
    """Vacancies of these statuses, the earliest first day of work first."""
    query = select(VacancyRow).where(VacancyRow.status.in_(statuses))
    return list(session.scalars(query.order_by(VacancyRow.start_on, VacancyRow.number)))


def find_vacancy(session: Session, number: str) -> VacancyRow | None:
    """The vacancy of that number."""
    return session.scalars(select(VacancyRow).where(VacancyRow.number == number)).one_or_none()


def shortlists(
    session: Session, vacancy_ids: Collection[int]
) -> dict[int, tuple[datetime | None, datetime | None]]:
    """By vacancy: when the last list went to the commission, and when the last one was decided."""
    query = (
        select(
            ShortlistRow.vacancy_id,
            func.max(ShortlistRow.sent_at),
            func.max(ShortlistRow.decided_at),
        )
        .where(ShortlistRow.vacancy_id.in_(vacancy_ids))
        .group_by(ShortlistRow.vacancy_id)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}


def people_by_step(
    session: Session, vacancy_ids: Collection[int]
) -> dict[int, dict[CandidacyStatus, tuple[int, datetime]]]:
    """By vacancy and status: how many people still under way ever reached it, and when the last."""
    people, events = CandidacyRow, CandidacyEventRow
    reached = (
        select(
            people.vacancy_id,
            events.to_status,
            people.id,
            func.max(events.happened_at).label("at"),
        )
        .join(events, events.candidacy_id == people.id)
        .where(people.vacancy_id.in_(vacancy_ids), people.status.not_in(_GONE))
        .group_by(people.vacancy_id, events.to_status, people.id)
        .subquery()
    )
    query = select(
        reached.c.vacancy_id, reached.c.to_status, func.count(), func.max(reached.c.at)
    ).group_by(reached.c.vacancy_id, reached.c.to_status)
    found: dict[int, dict[CandidacyStatus, tuple[int, datetime]]] = {}
    for vacancy_id, status, count, last in session.execute(query):
        found.setdefault(vacancy_id, {})[status] = (count, last)
    return found


_GONE = ENDED - {CandidacyStatus.RETURNED}


def certificates(session: Session, vacancy_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By vacancy: how many people still under way have the certificate, and when the last."""
    query = (
        select(
            CandidacyRow.vacancy_id,
            func.count(),
            func.max(OrientationCertificateRow.issued_at),
        )
        .join(OrientationCertificateRow, OrientationCertificateRow.candidacy_id == CandidacyRow.id)
        .where(CandidacyRow.vacancy_id.in_(vacancy_ids), CandidacyRow.status.not_in(_GONE))
        .group_by(CandidacyRow.vacancy_id)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}
