"""Contents of files, each once. Callers commit."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.models import StoredFileRow


def keep_stored(session: Session, **columns: Any) -> None:
    """Keep a content; the one that somebody else keeps in the same moment stays."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(StoredFileRow).values(**columns).on_conflict_do_nothing())
