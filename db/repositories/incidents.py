"""Incidents, one at a time. Callers commit."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import IncidentRow


def find_locked(session: Session, number: str) -> IncidentRow | None:
    """The incident of that number; others who want to change it wait for the caller's end."""
    query = select(IncidentRow).where(IncidentRow.number == number).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()
