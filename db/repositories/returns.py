"""Finds and adds what belongs to a return; never commits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    DeploymentRow,
    ExitSurveyRow,
    FollowUpRow,
    JobseekerRow,
    LocalReferralRow,
    ReturnGainRow,
    ReturnReminderRow,
    ReturnRow,
)
from domain.enums import DeploymentStatus, ReferralStatus

AWAY = (
    DeploymentStatus.DEPARTED,
    DeploymentStatus.ARRIVED,
    DeploymentStatus.WORKING,
    DeploymentStatus.TRANSFERRED,
    DeploymentStatus.LOST_CONTACT,
    DeploymentStatus.ENDED,
)
"""Where somebody is abroad, whether at work or not."""


def find_stay(session: Session, number: str, *, lock: bool = False) -> DeploymentRow | None:
    """The stay abroad of a number."""
    query = select(DeploymentRow).where(DeploymentRow.number == number)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def stays_abroad(session: Session) -> list[DeploymentRow]:
    """Everybody who is abroad now."""
    query = select(DeploymentRow).where(DeploymentRow.status.in_(AWAY)).order_by(DeploymentRow.id)
    return list(session.scalars(query))


def find_return(session: Session, deployment_id: int, *, lock: bool = False) -> ReturnRow | None:
    """The circumstances of the return from a stay."""
    query = select(ReturnRow).where(ReturnRow.deployment_id == deployment_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def settled_reminders(session: Session, deployment_id: int) -> list[ReturnReminderRow]:
    """Every reminder of a stay that was settled, oldest first."""
    query = select(ReturnReminderRow).where(ReturnReminderRow.deployment_id == deployment_id)
    return list(session.scalars(query.order_by(ReturnReminderRow.id)))


def gains_of(session: Session, return_id: int) -> list[ReturnGainRow]:
    """What was written into the file after a return."""
    query = select(ReturnGainRow).where(ReturnGainRow.return_id == return_id)
    return list(session.scalars(query.order_by(ReturnGainRow.id)))


def find_survey(session: Session, return_id: int) -> ExitSurveyRow | None:
    """The answers after a return."""
    return session.scalars(
        select(ExitSurveyRow).where(ExitSurveyRow.return_id == return_id)
    ).one_or_none()


def returns_without_follow_up(session: Session, until: date, months: int) -> list[ReturnRow]:
    """Returns on or before a day for which this follow-up was not planned yet."""
    planned = select(FollowUpRow.return_id).where(
        FollowUpRow.months == months, FollowUpRow.return_id.is_not(None)
    )
    query = select(ReturnRow).where(ReturnRow.returned_on <= until, ReturnRow.id.not_in(planned))
    return list(session.scalars(query.order_by(ReturnRow.id)))


def hired_without_follow_up(session: Session, until: date, months: int) -> list[LocalReferralRow]:
    """People hired on or before a day for whom this follow-up was not planned yet."""
    planned = select(FollowUpRow.referral_id).where(
        FollowUpRow.months == months, FollowUpRow.referral_id.is_not(None)
    )
    query = select(LocalReferralRow).where(
        LocalReferralRow.status == ReferralStatus.HIRED,
        LocalReferralRow.hired_on <= until,
        LocalReferralRow.id.not_in(planned),
    )
    return list(session.scalars(query.order_by(LocalReferralRow.id)))


def external_id_of(session: Session, jobseeker_id: int) -> str:
    """The number of a person's file."""
    query = select(JobseekerRow.external_id).where(JobseekerRow.id == jobseeker_id)
    return session.scalars(query).one()
