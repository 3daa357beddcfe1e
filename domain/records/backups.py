"""Backups, rehearsals of restoring, and anchors of the audit chain, as the screen shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.enums import BackupKind, BackupStatus
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class AnchorRecord:
    """An anchor that left the database."""

    seq: int
    hash: str
    made_at: datetime
    is_written: bool
    """Whether the file outside could be written."""


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """One backup; None where it isn't known (yet)."""

    id: int
    kind: BackupKind
    status: BackupStatus
    started_at: datetime
    finished_at: datetime | None
    file_name: str | None
    size: int | None
    is_encrypted: bool | None
    rows: int | None
    audit_seq: int | None
    is_copied: bool | None
    verified_at: datetime | None
    problem: Sentence | None
    removed_at: datetime | None

    @property
    def is_kept(self) -> bool:
        """Whether it was made and its file has not gone after its period."""
        return self.status is BackupStatus.DONE and self.removed_at is None


@dataclass(frozen=True, slots=True)
class DrillRecord:
    """One rehearsal; `measured` holds seconds of each step and counts."""

    id: int
    started_at: datetime
    file_name: str
    is_good: bool
    measured: Mapping[str, float]
    problem: Sentence | None


@dataclass(frozen=True, slots=True)
class BackupState:
    """What an administrator sees at a glance."""

    folder: str
    """Empty = no backups by schedule."""
    second_folder: str
    is_encrypted: bool
    every_minutes: int
    drill_days: int
    last: BackupRecord | None
    """The newest that was made."""
    next_due: datetime | None
    is_late: bool
    is_drill_late: bool
    runs: tuple[BackupRecord, ...]
    drills: tuple[DrillRecord, ...]
