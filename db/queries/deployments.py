"""What the register of people abroad is read with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    DeploymentEventRow,
    DeploymentRow,
    EarlierStayRow,
    EmployerRow,
    FormerWorkplaceRow,
    JobseekerRow,
    OfficerRow,
    VacancyRow,
)
from domain.enums import DeploymentStatus

OVER = (DeploymentStatus.RETURNED, DeploymentStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Placed:
    """A stay with those it is about."""

    row: DeploymentRow
    person: JobseekerRow
    vacancy: VacancyRow
    employer: EmployerRow | None


def list_placed(session: Session, *conditions: ColumnElement[bool]) -> list[Placed]:
    """Stays with person, vacancy and employer; the newest first."""
    query = (
        select(DeploymentRow, JobseekerRow, VacancyRow, EmployerRow)
        .join(JobseekerRow, JobseekerRow.id == DeploymentRow.jobseeker_id)
        .join(CandidacyRow, CandidacyRow.id == DeploymentRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .outerjoin(EmployerRow, EmployerRow.id == DeploymentRow.employer_id)
        .where(*conditions)
        .order_by(DeploymentRow.id.desc())
    )
    return [Placed(*row) for row in session.execute(query)]


def find_placed(session: Session, number: str) -> Placed | None:
    """The stay of that number."""
    found = list_placed(session, DeploymentRow.number == number)
    return found[0] if found else None


def last_days(session: Session) -> dict[int, date]:
    """The day of the last step of each stay, by the stay's id."""
    event = DeploymentEventRow
    query = select(event.deployment_id, func.max(event.happened_on)).group_by(event.deployment_id)
    return {row[0]: row[1] for row in session.execute(query)}


def counts(session: Session) -> Sequence[Row[str, DeploymentStatus, int]]:
    """How many stays there are, by country and status."""
    d = DeploymentRow
    query = select(d.country, d.status, func.count()).group_by(d.country, d.status)
    return session.execute(query).all()


def count_late(session: Session, day: date) -> dict[str, int]:
    """People past the agreed end who are not back, by country."""
    d = DeploymentRow
    query = (
        select(d.country, func.count())
        .where(
            d.departed_on.is_not(None),
            d.status.not_in(OVER),
            func.coalesce(d.planned_return_on, d.ends_on) < day,
        )
        .group_by(d.country)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def stays_of(session: Session, jobseeker_ids: Collection[int]) -> Sequence[DeploymentRow]:
    """All stays of these people that were not cancelled."""
    query = select(DeploymentRow).where(
        DeploymentRow.jobseeker_id.in_(jobseeker_ids),
        DeploymentRow.status != DeploymentStatus.CANCELLED,
    )
    return session.scalars(query.order_by(DeploymentRow.id)).all()


def earlier_stays_of(session: Session, jobseeker_ids: Collection[int]) -> Sequence[EarlierStayRow]:
    """Earlier stays of these people that stand."""
    query = select(EarlierStayRow).where(
        EarlierStayRow.jobseeker_id.in_(jobseeker_ids), EarlierStayRow.removed_at.is_(None)
    )
    return session.scalars(query.order_by(EarlierStayRow.entered_on)).all()


def steps_of(session: Session, deployment_id: int) -> Sequence[Row[DeploymentEventRow, OfficerRow]]:
    """Steps with whoever told them, in the order of telling."""
    event = DeploymentEventRow
    query = (
        select(event, OfficerRow)
        .outerjoin(OfficerRow, OfficerRow.id == event.happened_by)
        .where(event.deployment_id == deployment_id)
        .order_by(event.id)
    )
    return session.execute(query).all()


def former_workplaces_of(
    session: Session, deployment_id: int
) -> Sequence[Row[FormerWorkplaceRow, str]]:
    """Workplaces before each transfer, with the employer's name, the oldest first."""
    former = FormerWorkplaceRow
    query = (
        select(former, EmployerRow.name)
        .outerjoin(EmployerRow, EmployerRow.id == former.employer_id)
        .where(former.deployment_id == deployment_id)
        .order_by(former.id)
    )
    return session.execute(query).all()


def named(word: str, folded_name: str | None) -> ColumnElement[bool]:
    """In whose number, file, vacancy or employer the word is; in the name too where it is given."""
    fields = (
        DeploymentRow.number,
        JobseekerRow.external_id,
        EmployerRow.name,
        VacancyRow.number,
    )
    found = [field.icontains(word, autoescape=True) for field in fields]
    if folded_name:
        found.append(JobseekerRow.name_key.contains(folded_name, autoescape=True))
    return or_(*found)
