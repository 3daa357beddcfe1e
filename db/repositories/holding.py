"""A row held against others until the commit, as it stands in the database now.

`Session.get(…, with_for_update=True)` is no such thing for a row that was read before: it keeps
what was read, or fails where another changed the row's version in the meantime.
"""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db.base import Base

Row = TypeVar("Row", bound=Base)


def find_held(session: Session, table: type[Row], key: int) -> Row | None:
    """The row of that key, held; None if there is none."""
    (column,) = inspect(table).primary_key
    query = select(table).where(column == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def get_held(session: Session, table: type[Row], key: int) -> Row:
    """The row of that key, held; it is known to be there."""
    row = find_held(session, table, key)
    assert row is not None
    return row
