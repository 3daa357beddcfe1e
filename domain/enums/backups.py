"""The closed lists about backups."""

from __future__ import annotations

from enum import StrEnum


class BackupKind(StrEnum):
    """Who asked for a backup."""

    SCHEDULED = "scheduled"
    MANUAL = "manual"


class BackupStatus(StrEnum):
    """What became of it."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
