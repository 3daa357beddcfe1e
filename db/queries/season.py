"""Season plans for screens: heads, vacancies, people with what became of them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    JobseekerRow,
    OfficerRow,
    SeasonPlanPersonRow,
    SeasonPlanRow,
    SeasonPlanVacancyRow,
    VacancyRow,
)
from domain.enums import CandidacyStatus, JobseekerStatus, PlacedBecause, PlanLayer

P, V = SeasonPlanPersonRow, SeasonPlanVacancyRow
PlannedVacancy = tuple[SeasonPlanVacancyRow, VacancyRow, OfficerRow | None]
"""What a plan has, the vacancy as it is now, who adopted it."""


class PlannedPerson(NamedTuple):
    """What a plan has of a person, and the file as it is now."""

    jobseeker_id: int
    plan_id: int
    vacancy_id: int
    layer: PlanLayer
    points: int
    because: PlacedBecause
    best_vacancy_id: int
    best_points: int
    last_points: int | None
    next_points: int | None
    picked_vacancy_id: int | None
    external_id: str
    status: JobseekerStatus
    changed_seq: int


def all_candidacies(session: Session) -> list[tuple[int, int, CandidacyStatus]]:
    """(person, vacancy, status) of everybody who is or was in the process."""
    query = select(CandidacyRow.jobseeker_id, CandidacyRow.vacancy_id, CandidacyRow.status)
    return [(person, vacancy, status) for person, vacancy, status in session.execute(query)]


def heads(session: Session, plan_id: int | None = None) -> list[tuple[Any, ...]]:
    """Plans with their sums, the newest first: row, officer, vacancies, sums, adopted."""
    query = (
        select(
            SeasonPlanRow,
            OfficerRow,
            func.count(V.vacancy_id),
            func.sum(V.positions),
            func.sum(V.filled),
            func.sum(V.points),
            func.sum(V.picked),
            func.sum(V.picked_points),
            func.sum(case((V.adopted_at.is_not(None), 1), else_=0)),
        )
        .join(V, V.plan_id == SeasonPlanRow.id)
        .outerjoin(OfficerRow, OfficerRow.id == SeasonPlanRow.made_by)
        .group_by(SeasonPlanRow.id, OfficerRow.id)
        .order_by(SeasonPlanRow.id.desc())
    )
    if plan_id is not None:
        query = query.where(SeasonPlanRow.id == plan_id)
    return [tuple(row) for row in session.execute(query)]


def vacancies_of(session: Session, plan_id: int) -> list[PlannedVacancy]:
    """The vacancies of a plan, by number."""
    query = (
        select(V, VacancyRow, OfficerRow)
        .join(VacancyRow, VacancyRow.id == V.vacancy_id)
        .outerjoin(OfficerRow, OfficerRow.id == V.adopted_by)
        .where(V.plan_id == plan_id)
        .order_by(VacancyRow.number)
    )
    return [(row, vacancy, officer) for row, vacancy, officer in session.execute(query)]


def people_of(session: Session, plan_id: int, vacancy_id: int | None = None) -> list[PlannedPerson]:
    """The people of a plan, or of one of its vacancies, positions first, best first."""
    first = case({layer: place for place, layer in enumerate(PlanLayer)}, value=P.layer)
    own = [getattr(P, name) for name in PlannedPerson._fields if hasattr(P, name)]
    j = JobseekerRow
    query = (
        select(*own, j.external_id, j.status, j.changed_seq)  # rows of the ORM take far longer
        .join(j, j.id == P.jobseeker_id)
        .where(P.plan_id == plan_id)
        .order_by(first, P.points.desc(), P.jobseeker_id)
    )
    if vacancy_id is not None:
        query = query.where(P.vacancy_id == vacancy_id)
    return [PlannedPerson._make(row) for row in session.execute(query)]


def candidacies_of_planned(
    session: Session, plan_id: int
) -> list[tuple[int, int, CandidacyStatus]]:
    """(person, vacancy, status) of the people of a plan."""
    query = (
        select(CandidacyRow.jobseeker_id, CandidacyRow.vacancy_id, CandidacyRow.status)
        .join(P, P.jobseeker_id == CandidacyRow.jobseeker_id)
        .where(P.plan_id == plan_id)
    )
    return [(person, vacancy, status) for person, vacancy, status in session.execute(query)]
