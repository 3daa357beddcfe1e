"""Rows of appeals and of the decisions they are made against. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models import (
    AppealRow,
    CandidacyRow,
    CommissionSessionRow,
    DecisionRow,
    JobseekerRow,
    ShortlistRow,
    VacancyRow,
)
from domain.enums import AppealStatus

HEARD = (AppealStatus.SCHEDULED, AppealStatus.UPHELD, AppealStatus.DISMISSED)
"""Appeals in one of these have an item on which they are, or were, heard."""


def find_appeal(session: Session, number: str, *, lock: bool = False) -> AppealRow | None:
    """The appeal of that number."""
    query = select(AppealRow).where(AppealRow.number == number)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def list_hearings(session: Session, session_ids: Sequence[int]) -> Sequence[AppealRow]:
    """Appeals that these sessions hear or have heard."""
    query = (
        select(AppealRow)
        .join(ShortlistRow, ShortlistRow.id == AppealRow.hearing_id)
        .where(ShortlistRow.session_id.in_(session_ids), AppealRow.status.in_(HEARD))
        .order_by(AppealRow.id)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()


def sessions_of(session: Session, shortlist_ids: Sequence[int]) -> Sequence[CommissionSessionRow]:
    """The sessions on whose agendas these shortlists stand."""
    sessions = select(ShortlistRow.session_id).where(ShortlistRow.id.in_(shortlist_ids))
    query = select(CommissionSessionRow).where(CommissionSessionRow.id.in_(sessions))
    return session.scalars(query).all()


def standing_appeal(session: Session, shortlist_id: int, candidacy_id: int) -> AppealRow | None:
    """The appeal against a decision, unless it was taken back."""
    query = select(AppealRow).where(
        AppealRow.shortlist_id == shortlist_id,
        AppealRow.candidacy_id == candidacy_id,
        AppealRow.status != AppealStatus.WITHDRAWN,
    )
    return session.scalars(query).one_or_none()


def is_hearing(session: Session, shortlist_id: int) -> bool:
    """Whether the shortlist is an item on which appeals were heard."""
    query = select(AppealRow.id).where(
        AppealRow.hearing_id == shortlist_id, AppealRow.status.in_(HEARD)
    )
    return session.scalar(query.limit(1)) is not None


Told = Row[AppealRow, CandidacyRow, JobseekerRow, VacancyRow, DecisionRow]


def list_appeals(session: Session, number: str | None = None) -> Sequence[Told]:
    """Appeals with candidacy, person, vacancy and the decision, the newest first."""
    query = (
        select(AppealRow, CandidacyRow, JobseekerRow, VacancyRow, DecisionRow)
        .join(CandidacyRow, CandidacyRow.id == AppealRow.candidacy_id)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .join(
            DecisionRow,
            (DecisionRow.shortlist_id == AppealRow.shortlist_id)
            & (DecisionRow.candidacy_id == AppealRow.candidacy_id),
        )
        .order_by(AppealRow.id.desc())
    )
    if number is not None:
        query = query.where(AppealRow.number == number)
    return session.execute(query).all()


def decisions_of_person(
    session: Session, jobseeker_id: int
) -> Sequence[Row[DecisionRow, CandidacyRow, VacancyRow, CommissionSessionRow]]:
    """What commissions decided about a person, the latest first."""
    query = (
        select(DecisionRow, CandidacyRow, VacancyRow, CommissionSessionRow)
        .join(CandidacyRow, CandidacyRow.id == DecisionRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .join(ShortlistRow, ShortlistRow.id == DecisionRow.shortlist_id)
        .join(CommissionSessionRow, CommissionSessionRow.id == ShortlistRow.session_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
        .order_by(DecisionRow.decided_at.desc(), DecisionRow.shortlist_id.desc())
    )
    return session.execute(query).all()


def outcomes_of(session: Session, hearing_ids: Sequence[int]) -> dict[tuple[int, int], DecisionRow]:
    """Decisions of these items by (shortlist, candidacy)."""
    query = select(DecisionRow).where(DecisionRow.shortlist_id.in_(hearing_ids))
    return {(row.shortlist_id, row.candidacy_id): row for row in session.scalars(query)}
