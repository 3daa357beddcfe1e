"""The only place that asks what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

TBILISI = ZoneInfo("Asia/Tbilisi")

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Georgia, by which deadlines run."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day in Georgia on which a moment falls, by which limits run."""
    return moment.astimezone(TBILISI).date()


def beginning(day: date) -> datetime:
    """The first moment of a day in Georgia."""
    return datetime.combine(day, time(), TBILISI)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let this thread's use cases happen at a past moment: for the story of the sample data only.

    The audit chain is in the order of writing, so a story has to be told in the order of time.
    """
    if moment > datetime.now(UTC):
        raise ValueError("what has not happened yet can't be told")
    before = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(before)
