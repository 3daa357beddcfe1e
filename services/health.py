"""What the outermost layer asks before anybody has signed in."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from db.session import reading, settings


def is_database_ready() -> bool:
    """Whether the database answers."""
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def secure_cookies() -> bool:
    """Whether the app stands behind TLS."""
    return settings().secure_cookies
