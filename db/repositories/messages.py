"""The outbox. Callers commit."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.models import MessageRow


def add_message(session: Session, **columns: Any) -> int | None:
    """Write a message; its id, or None where the key is there already (also a moment ago)."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(MessageRow).values(**columns, attempts=0)
    statement = insert.on_conflict_do_nothing(index_elements=["key"]).returning(MessageRow.id)
    return session.execute(statement).scalar_one_or_none()
