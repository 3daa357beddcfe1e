"""The only place that asks what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from db.session import settings

TBILISI = ZoneInfo("Asia/Tbilisi")

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _told.get() or _present()


def _present() -> datetime:
    """The real moment; in a demonstration, so many days later as its clock was moved."""
    return datetime.now(UTC) + timedelta(days=moved_days())


def moved_days() -> int:
    """By how many days the clock of a demonstration was moved; always 0 in production."""
    try:
        with _moved_file().open(encoding="ascii") as kept:
            text = kept.read(8).strip()
    except OSError:
        return 0
    return int(text) if text.isdigit() and settings().environment in {"demo", "test"} else 0


def move(days: int) -> int:
    """Move the clock of a demonstration on by so many days; how far it is moved in all.

    ValueError in production, and backwards: the audit chain is in the order of time.
    """
    if settings().environment not in {"demo", "test"}:
        raise ValueError("the clock moves in a demonstration only")
    if days < 0:
        raise ValueError("the clock only moves on")
    moved = moved_days() + days
    _moved_file().write_text(str(moved), encoding="ascii")
    return moved


def _moved_file() -> Path:
    return settings().data_dir / "clock"


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
    if moment > _present():
        raise ValueError("what has not happened yet can't be told")
    before = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(before)
