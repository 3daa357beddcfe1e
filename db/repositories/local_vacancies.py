"""Finds and adds employers and vacancies in Georgia, and referrals; never commits."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from db.models import (
    CandidacyRow,
    DeploymentRow,
    JobseekerRow,
    LocalEmployerRow,
    LocalReferralEventRow,
    LocalReferralRow,
    LocalVacancyRow,
    ReturnRow,
)
from db.repositories.returns import AWAY
from domain.enums import CandidacyStatus, DeploymentStatus, ReferralStatus
from domain.transitions import HOLDING


def find_employer(
    session: Session, employer_id: int, *, lock: bool = False
) -> LocalEmployerRow | None:
    """An employer in Georgia."""
    query = select(LocalEmployerRow).where(LocalEmployerRow.id == employer_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def employer_of_code(session: Session, id_code: str) -> LocalEmployerRow | None:
    """The employer of an identification code."""
    return session.scalars(
        select(LocalEmployerRow).where(LocalEmployerRow.id_code == id_code)
    ).one_or_none()


def list_employers(session: Session) -> list[tuple[LocalEmployerRow, int, int]]:
    """All by name, with how many vacancies and how many people they hired."""
    vacancies = (
        select(func.count())
        .where(LocalVacancyRow.employer_id == LocalEmployerRow.id)
        .scalar_subquery()
    )
    hired = (
        select(func.count())
        .select_from(LocalReferralRow)
        .join(LocalVacancyRow, LocalVacancyRow.id == LocalReferralRow.vacancy_id)
        .where(
            LocalVacancyRow.employer_id == LocalEmployerRow.id,
            LocalReferralRow.status == ReferralStatus.HIRED,
        )
        .scalar_subquery()
    )
    query = select(LocalEmployerRow, vacancies, hired).order_by(LocalEmployerRow.name)
    return [(row, count, taken) for row, count, taken in session.execute(query)]


def find_vacancy(session: Session, number: str, *, lock: bool = False) -> LocalVacancyRow | None:
    """A vacancy in Georgia with its employer and all it asks for."""
    query = (
        select(LocalVacancyRow)
        .where(LocalVacancyRow.number == number)
        .options(joinedload(LocalVacancyRow.employer), selectinload(LocalVacancyRow.requirements))
    )
    if lock:
        query = query.with_for_update(of=LocalVacancyRow).execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def list_vacancies(session: Session) -> list[LocalVacancyRow]:
    """All vacancies in Georgia, the newest first."""
    query = (
        select(LocalVacancyRow)
        .options(joinedload(LocalVacancyRow.employer), selectinload(LocalVacancyRow.requirements))
        .order_by(LocalVacancyRow.id.desc())
    )
    return list(session.scalars(query))


def counted_referrals(session: Session) -> dict[tuple[int, ReferralStatus], int]:
    """How many referrals of each vacancy are where."""
    query = select(LocalReferralRow.vacancy_id, LocalReferralRow.status, func.count()).group_by(
        LocalReferralRow.vacancy_id, LocalReferralRow.status
    )
    return {(vacancy, status): count for vacancy, status, count in session.execute(query)}


def find_referral(
    session: Session, referral_id: int, *, lock: bool = False
) -> LocalReferralRow | None:
    """A referral."""
    query = select(LocalReferralRow).where(LocalReferralRow.id == referral_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def referral_statuses(session: Session, vacancy_id: int) -> dict[int, ReferralStatus]:
    """By person: how far a referral for this vacancy has got."""
    query = select(LocalReferralRow.jobseeker_id, LocalReferralRow.status).where(
        LocalReferralRow.vacancy_id == vacancy_id
    )
    return dict(session.execute(query).all())


def referrals_of_vacancy(
    session: Session, vacancy_id: int
) -> list[tuple[LocalReferralRow, JobseekerRow]]:
    """Referrals for a vacancy with the person, the newest first."""
    query = (
        select(LocalReferralRow, JobseekerRow)
        .join(JobseekerRow, JobseekerRow.id == LocalReferralRow.jobseeker_id)
        .where(LocalReferralRow.vacancy_id == vacancy_id)
        .order_by(LocalReferralRow.id.desc())
    )
    return [(row, person) for row, person in session.execute(query)]


def steps_of(session: Session, referral_ids: Collection[int]) -> list[LocalReferralEventRow]:
    """The steps of these referrals, oldest first."""
    query = select(LocalReferralEventRow).where(LocalReferralEventRow.referral_id.in_(referral_ids))
    return list(session.scalars(query.order_by(LocalReferralEventRow.id)))


def people_away(
    session: Session, people: Collection[int] | None = None
) -> dict[int, DeploymentRow]:
    """By person: the stay abroad that is planned or under way."""
    query = select(DeploymentRow).where(DeploymentRow.status.in_((DeploymentStatus.PLANNED, *AWAY)))
    if people is not None:
        query = query.where(DeploymentRow.jobseeker_id.in_(people))
    return {row.jobseeker_id: row for row in session.scalars(query.order_by(DeploymentRow.id))}


def people_back(session: Session, people: Collection[int]) -> dict[int, ReturnRow]:
    """By person: the last return."""
    query = select(ReturnRow).where(ReturnRow.jobseeker_id.in_(people)).order_by(ReturnRow.id)
    return {row.jobseeker_id: row for row in session.scalars(query)}


def returnees(session: Session) -> list[int]:
    """Everybody who came back from a stay, or is abroad on one now."""
    query = select(DeploymentRow.jobseeker_id).where(
        DeploymentRow.status.in_((DeploymentStatus.RETURNED, *AWAY))
    )
    return sorted(set(session.scalars(query)))


def held_for(session: Session, people: Collection[int]) -> dict[int, CandidacyStatus]:
    """By person: how far the vacancy abroad has got that holds them."""
    query = select(CandidacyRow.jobseeker_id, CandidacyRow.status).where(
        CandidacyRow.jobseeker_id.in_(people), CandidacyRow.status.in_(HOLDING)
    )
    return dict(session.execute(query).all())
