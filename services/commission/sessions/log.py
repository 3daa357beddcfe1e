"""What was done about a session, for the audit chain."""

from __future__ import annotations

from sqlalchemy.orm import Session

from domain.records.officer import Officer
from services import audit


def record_step(
    session: Session, action: str, number: str, details: dict[str, object] | None, by: Officer
) -> None:
    """One step of a session, in the transaction that takes it."""
    audit.record(
        session,
        action=action,
        entity="commission_session",
        entity_id=number,
        details=details,
        by=by,
    )
