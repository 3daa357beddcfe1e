"""How backups stand: the last one, the next one, what is late."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from db.models import BackupDrillRow, BackupRunRow
from db.session import reading, settings
from domain.enums import BackupStatus
from domain.records.backups import BackupRecord, BackupState, DrillRecord
from domain.records.officer import Officer
from domain.texts import from_json
from services import clock
from services.backups.rules import limits_now
from services.permissions import Permission, check_can

SHOWN = 60


def backup_state(*, by: Officer) -> BackupState:
    """Everything the screen of backups shows."""
    check_can(by, Permission.BACKUPS_MANAGE)
    limits, own = limits_now(), settings()
    with reading() as session:
        runs = session.scalars(
            select(BackupRunRow).order_by(BackupRunRow.started_at.desc()).limit(SHOWN)
        )
        rehearsed = session.scalars(
            select(BackupDrillRow).order_by(BackupDrillRow.started_at.desc()).limit(SHOWN)
        )
        made = tuple(_record(row) for row in runs)
        drills = tuple(drill_record(row) for row in rehearsed)
    last = newest_kept()
    interval = timedelta(minutes=limits.every_minutes)
    due = (last.started_at if last else clock.now()) + (interval if last else timedelta())
    good_drill = next((one for one in drills if one.is_good), None)
    oldest_drill = clock.now() - timedelta(days=limits.drill_days)
    return BackupState(
        folder=own.backup_dir,
        second_folder=own.backup_second_dir,
        is_encrypted=bool(own.backup_key_file),
        every_minutes=limits.every_minutes,
        drill_days=limits.drill_days,
        last=last,
        next_due=due if own.backup_dir else None,
        is_late=bool(own.backup_dir)
        and (last is None or clock.now() > last.started_at + interval * limits.late_percent / 100),
        is_drill_late=good_drill is None or good_drill.started_at < oldest_drill,
        runs=made,
        drills=drills,
    )


def newest_kept() -> BackupRecord | None:
    """The newest backup whose file is there and was proven."""
    with reading() as session:
        row = session.scalars(
            select(BackupRunRow)
            .where(
                BackupRunRow.status == BackupStatus.DONE,
                BackupRunRow.removed_at.is_(None),
                BackupRunRow.verified_at.is_not(None),
            )
            .order_by(BackupRunRow.started_at.desc())
            .limit(1)
        ).first()
        return _record(row) if row else None


def _record(row: BackupRunRow) -> BackupRecord:
    return BackupRecord(
        id=row.id,
        kind=row.kind,
        status=row.status,
        started_at=row.started_at,
        finished_at=row.finished_at,
        file_name=row.file_name,
        size=row.size,
        is_encrypted=row.is_encrypted,
        rows=row.rows,
        audit_seq=row.audit_seq,
        is_copied=row.is_copied,
        verified_at=row.verified_at,
        problem=from_json(row.problem) if row.problem else None,
        removed_at=row.removed_at,
    )


def drill_record(row: BackupDrillRow) -> DrillRecord:
    """The rehearsal as a screen shows it."""
    return DrillRecord(
        id=row.id,
        started_at=row.started_at,
        file_name=row.file_name,
        is_good=row.is_good,
        measured=row.measured,
        problem=from_json(row.problem) if row.problem else None,
    )
