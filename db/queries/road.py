"""Where everybody stands on the road, and what the register and the process say of one person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from db.models import (
    AuditEventRow,
    CandidacyEventRow,
    CandidacyRow,
    DeploymentRow,
    EmployerRow,
    JobseekerRow,
    VacancyRow,
)
from domain.enums import CandidacyStatus
from domain.records.road import RoadQuery

STORY_ACTIONS = ("registered", "withdrawn", "reactivated", "merged", "merge_undone")


def story_of_file(session: Session, jobseeker_id: int) -> Sequence[Row[AuditEventRow, str]]:
    """What happened to a person's file that belongs into their story, with the file's code."""
    query = (
        select(AuditEventRow, JobseekerRow.external_id)
        .join(JobseekerRow, JobseekerRow.external_id == AuditEventRow.subject)
        .where(
            JobseekerRow.id == jobseeker_id,
            AuditEventRow.entity == "jobseeker",
            AuditEventRow.action.in_(STORY_ACTIONS),
        )
    )
    return session.execute(query).all()


def story_of_candidacies(
    session: Session, jobseeker_id: int
) -> Sequence[Row[CandidacyEventRow, CandidacyRow, str, str]]:
    """Every step of a person's candidacies, with the vacancy's number and country."""
    query = (
        select(CandidacyEventRow, CandidacyRow, VacancyRow.number, VacancyRow.country)
        .join(CandidacyRow, CandidacyRow.id == CandidacyEventRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
        .order_by(CandidacyEventRow.id)
    )
    return session.execute(query).all()


def where_they_stand(
    session: Session, wanted: RoadQuery, statuses: Collection[CandidacyStatus], officer_id: int
) -> Sequence[Any]:
    """(candidacy, status, since when) of everybody asked for, whatever the step; no names."""
    conditions: list[ColumnElement[bool]] = [CandidacyRow.status.in_(statuses)]
    if wanted.vacancy:
        conditions.append(VacancyRow.number == wanted.vacancy)
    if wanted.employer_id:
        conditions.append(VacancyRow.employer_id == wanted.employer_id)
    if wanted.country:
        conditions.append(VacancyRow.country == wanted.country)
    if wanted.mine:
        conditions.append(CandidacyRow.created_by == officer_id)
    since = func.max(CandidacyEventRow.happened_at)
    query = (
        select(CandidacyRow.id, CandidacyRow.status, since)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .join(CandidacyEventRow, CandidacyEventRow.candidacy_id == CandidacyRow.id)
        .where(*conditions)
        .group_by(CandidacyRow.id, CandidacyRow.status)
    )
    return session.execute(query).all()


def who_they_are(session: Session, candidacy_ids: Collection[int]) -> dict[int, Any]:
    """Names, vacancy and employer of these candidacies, and the stay abroad where there is one."""
    person, vacancy = JobseekerRow, VacancyRow
    query = (
        select(
            CandidacyRow.id,
            person.external_id,
            person.first_name_ka,
            person.last_name_ka,
            person.first_name_lat,
            person.last_name_lat,
            vacancy.number,
            vacancy.title_ka,
            vacancy.title,
            vacancy.country,
            EmployerRow.name.label("employer"),
            DeploymentRow.number.label("deployment"),
        )
        .join(person, person.id == CandidacyRow.jobseeker_id)
        .join(vacancy, vacancy.id == CandidacyRow.vacancy_id)
        .outerjoin(EmployerRow, EmployerRow.id == vacancy.employer_id)
        .outerjoin(DeploymentRow, DeploymentRow.candidacy_id == CandidacyRow.id)
        .where(CandidacyRow.id.in_(candidacy_ids))
    )
    return {row[0]: row for row in session.execute(query)}


def vacancies_on_the_road(session: Session, statuses: Collection[CandidacyStatus]) -> Sequence[Any]:
    """Vacancies that have somebody on the road, with their employers."""
    query = (
        select(
            VacancyRow.number,
            VacancyRow.title_ka,
            VacancyRow.title,
            VacancyRow.country,
            VacancyRow.employer_id,
            EmployerRow.name,
        )
        .outerjoin(EmployerRow, EmployerRow.id == VacancyRow.employer_id)
        .where(
            select(CandidacyRow.id)
            .where(CandidacyRow.vacancy_id == VacancyRow.id, CandidacyRow.status.in_(statuses))
            .exists()
        )
        .order_by(VacancyRow.number.desc())
    )
    return session.execute(query).all()
