"""How often, how long and how many: the dated rules of backups, and which files stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.backup.sealing import BackupKey, read_key
from db.session import settings
from services import clock
from services.dated_rules import limits_in_force


@dataclass(frozen=True)
class BackupLimits:
    """The rules in force."""

    every_minutes: int
    late_percent: int
    keep_newest: int
    keep_hourly: int
    keep_daily: int
    keep_weekly: int
    keep_monthly: int
    give_up_minutes: int
    drill_days: int


def limits_now() -> BackupLimits:
    """The rules of today."""
    return limits_in_force(BackupLimits, "backups", clock.today())


def backup_folder() -> Path | None:
    """Where backups by schedule go, if a directory is configured."""
    return Path(settings().backup_dir) if settings().backup_dir else None


def second_folder() -> Path | None:
    """Where a copy of each goes, if a second directory is configured."""
    return Path(settings().backup_second_dir) if settings().backup_second_dir else None


def own_key() -> BackupKey | None:
    """The key that backups by schedule are locked with; None = they are not encrypted."""
    named = settings().backup_key_file
    return read_key(Path(named)) if named else None


def which_stay(moments: Iterable[datetime], limits: BackupLimits) -> set[datetime]:
    """The newest, and the last one of each of so many hours, days, weeks and months of Georgia."""
    newest_first = sorted(moments, reverse=True)
    kept = set(newest_first[: limits.keep_newest])
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (limits.keep_hourly, lambda at: (at.date(), at.hour)),
        (limits.keep_daily, lambda at: at.date()),
        (limits.keep_weekly, lambda at: at.isocalendar()[:2]),
        (limits.keep_monthly, lambda at: (at.year, at.month)),
    )
    for most, period_of in periods:
        last_of: dict[object, datetime] = {}
        for moment in newest_first:
            last_of.setdefault(period_of(moment.astimezone(clock.TBILISI)), moment)
        kept |= set(list(last_of.values())[:most])
    return kept
