"""Numbers without gaps. Callers commit: a use case that fails gives its number back."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

NEXT = text(
    "INSERT INTO number_series (series, last) VALUES (:series, 1) "
    "ON CONFLICT (series) DO UPDATE SET last = number_series.last + 1 RETURNING last"
)


def next_in_series(session: Session, series: str) -> int:
    """The next number of a series such as "DEC-2026", from 1; others wait until the commit."""
    return int(session.execute(NEXT, {"series": series}).scalar_one())
