"""Who is expected back and who is back, with everything a list shows of them; read only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.models import (
    DeploymentRow,
    EmployerRow,
    ExitSurveyRow,
    FollowUpRow,
    JobseekerRow,
    LocalReferralRow,
    LocalVacancyRow,
    ReturnGainRow,
    ReturnReminderRow,
    ReturnRow,
)
from domain.enums import DeploymentStatus, ReferralStatus, ReminderState


@dataclass(frozen=True, slots=True)
class StayFacts:
    """A stay abroad with the person, the employer and the return."""

    stay: DeploymentRow
    person: JobseekerRow
    employer: str | None
    back: ReturnRow | None
    survey: ExitSurveyRow | None


def _stays() -> Select[DeploymentRow, JobseekerRow, str, ReturnRow, ExitSurveyRow]:
    return (
        select(DeploymentRow, JobseekerRow, EmployerRow.name, ReturnRow, ExitSurveyRow)
        .join(JobseekerRow, JobseekerRow.id == DeploymentRow.jobseeker_id)
        .outerjoin(EmployerRow, EmployerRow.id == DeploymentRow.employer_id)
        .outerjoin(ReturnRow, ReturnRow.deployment_id == DeploymentRow.id)
        .outerjoin(ExitSurveyRow, ExitSurveyRow.return_id == ReturnRow.id)
    )


def stays_in(session: Session, statuses: Collection[DeploymentStatus]) -> list[StayFacts]:
    """All stays in these states."""
    query = _stays().where(DeploymentRow.status.in_(statuses)).order_by(DeploymentRow.id)
    return [StayFacts(*row) for row in session.execute(query)]


def find_stay_facts(session: Session, number: str) -> StayFacts | None:
    """One stay by its number."""
    row = session.execute(_stays().where(DeploymentRow.number == number)).one_or_none()
    return StayFacts(*row) if row else None


def last_reminders(session: Session) -> dict[tuple[int, date], int]:
    """The nearest reminder that was sent, by stay and planned day of return."""
    query = (
        select(
            ReturnReminderRow.deployment_id,
            ReturnReminderRow.expected_on,
            func.min(ReturnReminderRow.days_before),
        )
        .where(ReturnReminderRow.state == ReminderState.SENT)
        .group_by(ReturnReminderRow.deployment_id, ReturnReminderRow.expected_on)
    )
    return {(stay, day): days for stay, day, days in session.execute(query)}


def counted_gains(session: Session) -> dict[int, int]:
    """How much was written into the file, by return."""
    query = select(ReturnGainRow.return_id, func.count()).group_by(ReturnGainRow.return_id)
    return dict(session.execute(query).all())


def counted_referrals(session: Session) -> dict[int, tuple[int, bool]]:
    """How often somebody was referred, and whether anybody hired them, by person."""
    hired = func.count().filter(LocalReferralRow.status == ReferralStatus.HIRED)
    query = select(LocalReferralRow.jobseeker_id, func.count(), hired).group_by(
        LocalReferralRow.jobseeker_id
    )
    return {person: (count, bool(taken)) for person, count, taken in session.execute(query)}


def follow_ups(
    session: Session, *, return_id: int | None = None, open_only: bool = False
) -> list[tuple[FollowUpRow, JobseekerRow, str | None, str | None]]:
    """Tasks with the person, the stay's number and the vacancy in Georgia, oldest first."""
    person = func.coalesce(ReturnRow.jobseeker_id, LocalReferralRow.jobseeker_id)
    query = (
        select(FollowUpRow, JobseekerRow, DeploymentRow.number, LocalVacancyRow.number)
        .outerjoin(LocalReferralRow, LocalReferralRow.id == FollowUpRow.referral_id)
        .outerjoin(
            ReturnRow,
            ReturnRow.id == func.coalesce(FollowUpRow.return_id, LocalReferralRow.return_id),
        )
        .outerjoin(DeploymentRow, DeploymentRow.id == ReturnRow.deployment_id)
        .outerjoin(LocalVacancyRow, LocalVacancyRow.id == LocalReferralRow.vacancy_id)
        .join(JobseekerRow, JobseekerRow.id == person)
        .order_by(FollowUpRow.due_on, FollowUpRow.id)
    )
    if return_id is not None:
        query = query.where(ReturnRow.id == return_id)
    if open_only:
        query = query.where(FollowUpRow.done_at.is_(None))
    return [tuple(row) for row in session.execute(query)]  # type: ignore[misc]


def referrals_of(session: Session, jobseeker_id: int) -> list[tuple[str, ReferralStatus]]:
    """The vacancies in Georgia somebody was recommended for, and how far it got."""
    query = (
        select(LocalVacancyRow.number, LocalReferralRow.status)
        .join(LocalVacancyRow, LocalVacancyRow.id == LocalReferralRow.vacancy_id)
        .where(LocalReferralRow.jobseeker_id == jobseeker_id)
        .order_by(LocalReferralRow.id)
    )
    return [(number, status) for number, status in session.execute(query)]
