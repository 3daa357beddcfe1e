"""Stays abroad: loading and storing. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import DeploymentEventRow, DeploymentRow
from domain.enums import DeploymentStatus


@dataclass(frozen=True, slots=True)
class Step:
    """Where a stay gets, on which day, and what is said of it."""

    status: DeploymentStatus
    on: date
    note: str | None = None


def add_step(
    session: Session, row: DeploymentRow, step: Step, *, at: datetime, by: int | None
) -> None:
    """Write the step down and let the stay stand there."""
    row.status, row.updated_at, row.updated_by = step.status, at, by
    session.add(
        DeploymentEventRow(
            deployment_id=row.id,
            to_status=step.status,
            happened_on=step.on,
            note=step.note,
            happened_at=at,
            happened_by=by,
        )
    )


def find_of_candidacy(session: Session, candidacy_id: int) -> DeploymentRow | None:
    """The stay of a candidacy; None before the candidate has confirmed."""
    query = select(DeploymentRow).where(DeploymentRow.candidacy_id == candidacy_id)
    return session.scalars(query).one_or_none()


def find_by_number(session: Session, number: str, *, lock: bool = False) -> DeploymentRow | None:
    """The stay of that number; `lock` keeps others from changing it until the commit."""
    query = select(DeploymentRow).where(DeploymentRow.number == number)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def follow_candidacy(session: Session, candidacy_id: int, jobseeker_id: int) -> None:
    """The stay belongs to the file to which its candidacy was carried over."""
    row = find_of_candidacy(session, candidacy_id)
    if row is not None:
        row.jobseeker_id = jobseeker_id


def lock_again(session: Session, row: DeploymentRow) -> None:
    """Hold the stay and its candidacy until the commit, as they are in the database now."""
    session.flush()
    session.refresh(row, with_for_update=True)


def list_steps(session: Session, deployment_id: int) -> Sequence[DeploymentEventRow]:
    """What happened to a stay, in the order in which it was told."""
    query = select(DeploymentEventRow).where(DeploymentEventRow.deployment_id == deployment_id)
    return session.scalars(query.order_by(DeploymentEventRow.id)).all()


def last_step(session: Session, deployment_id: int) -> DeploymentEventRow | None:
    """The last step by the day on which it happened, planning left aside."""
    query = select(DeploymentEventRow).where(
        DeploymentEventRow.deployment_id == deployment_id,
        DeploymentEventRow.to_status.not_in([DeploymentStatus.PLANNED, DeploymentStatus.CANCELLED]),
    )
    latest = query.order_by(DeploymentEventRow.happened_on.desc(), DeploymentEventRow.id.desc())
    return session.scalars(latest.limit(1)).one_or_none()
