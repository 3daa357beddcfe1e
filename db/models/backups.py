"""Backups that were made, drills of restoring them, and anchors of the audit chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import BackupKind, BackupStatus

RUNNING = text("status = 'running'")


class BackupRunRow(Base):
    """A backup: one at a time, whichever process makes it."""

    __tablename__ = "backup_runs"
    __table_args__ = (
        who_needs_when("started"),
        Index(
            "uq_backup_runs_running",
            "status",
            unique=True,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
    )

    id: Mapped[serial_key]
    kind: Mapped[BackupKind]
    status: Mapped[BackupStatus]
    started_at: Mapped[datetime] = mapped_column(index=True)
    started_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    finished_at: Mapped[datetime | None]
    file_name: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    """Of the file, in bytes."""
    is_encrypted: Mapped[bool | None]
    rows: Mapped[int | None] = mapped_column(BigInteger)
    """Of all tables."""
    audit_seq: Mapped[int | None]
    """The last event of the audit chain in it."""
    is_copied: Mapped[bool | None]
    """Whether the second directory has it; None where there is none."""
    verified_at: Mapped[datetime | None]
    """When it was restored into a fresh database and compared."""
    problem: Mapped[dict[str, Any] | None]
    """Why it failed, or what verifying it found."""
    removed_at: Mapped[datetime | None]
    """When its file went after its period."""


class BackupDrillRow(Base):
    """A rehearsal of restoring: how long it took, and whether all was there."""

    __tablename__ = "backup_drills"
    __table_args__ = (who_needs_when("started"),)

    id: Mapped[serial_key]
    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    file_name: Mapped[str]
    is_good: Mapped[bool]
    measured: Mapped[dict[str, Any]]
    """Seconds of each step, rows, tables, events."""
    problem: Mapped[dict[str, Any] | None]


class AuditAnchorRow(Base):
    """An anchor that left the database; what counts is the copy outside."""

    __tablename__ = "audit_anchors"
    __table_args__ = (who_needs_when("made"),)

    id: Mapped[serial_key]
    seq: Mapped[int]
    hash: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    is_written: Mapped[bool]
    """Whether the file outside could be written."""
