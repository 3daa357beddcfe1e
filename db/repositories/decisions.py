"""Rows that decisions on a vacancy share: its lock, its places, its reserve. Callers commit."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, ShortlistRow, VacancyRow
from domain.enums import CandidacyStatus

IN_PLACE = (
    CandidacyStatus.APPROVED,
    CandidacyStatus.SENT,
    CandidacyStatus.EMPLOYER_SELECTED,
    CandidacyStatus.CONFIRMED,
    CandidacyStatus.ORIENTATION,
    CandidacyStatus.PERMIT_PENDING,
    CandidacyStatus.PERMIT_GRANTED,
    CandidacyStatus.DEPARTED,
    CandidacyStatus.WORKING,
    CandidacyStatus.RETURNED,
)
"""Who takes up one of a vacancy's places: approved, and not left, refused or rejected since."""


def lock_vacancy_of(session: Session, shortlist_id: int) -> None:
    """Hold the vacancy of a shortlist: its places are given away by one decision at a time."""
    query = (
        select(VacancyRow)
        .join(ShortlistRow, ShortlistRow.vacancy_id == VacancyRow.id)
        .where(ShortlistRow.id == shortlist_id)
        .with_for_update(of=VacancyRow)
        .execution_options(populate_existing=True)
    )
    session.scalars(query).one_or_none()


def count_in_place(session: Session, vacancy_id: int) -> int:
    """Candidacies that take up one of the vacancy's places."""
    query = select(func.count()).where(
        CandidacyRow.vacancy_id == vacancy_id, CandidacyRow.status.in_(IN_PLACE)
    )
    return session.scalar(query) or 0


def last_reserve_order(session: Session, vacancy_id: int, others: Collection[int]) -> int:
    """The last place on the vacancy's reserve list, those now decided on left out; 0 without."""
    query = select(func.max(CandidacyRow.reserve_order)).where(
        CandidacyRow.vacancy_id == vacancy_id,
        CandidacyRow.status == CandidacyStatus.RESERVE,
        CandidacyRow.id.not_in(others),
    )
    return session.scalar(query) or 0
