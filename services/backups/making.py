"""A backup is made, proven, copied elsewhere, and old ones go after their period."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.backup.archive import put_in_place
from db.backup.making import back_up
from db.backup.restoring import prove
from db.backup.sealing import BackupKey
from db.models import BackupRunRow
from db.session import engine, reading, unit_of_work
from domain.enums import BackupKind, BackupStatus, IncidentKind
from domain.exceptions import LabourMigrationError, Refused
from domain.records.officer import Officer
from domain.texts import N_, Sentence, to_json
from services import audit, clock
from services.backups.proof import chain_is_whole
from services.backups.rules import (
    backup_folder,
    limits_now,
    own_key,
    second_folder,
    which_stay,
)
from services.incidents.opening import open_incident
from services.permissions import Permission, check_can


def check_can_back_up() -> None:
    """Refuse where no directory is configured."""
    if backup_folder() is None:
        raise Refused(
            N_("No directory for backups is set: the operator names one (MIGRATION_BACKUP_DIR).")
        )


def make_backup(*, by: Officer) -> int:
    """Make a backup now, prove it and copy it; its number. What fails is written down too."""
    check_can(by, Permission.BACKUPS_MANAGE)
    check_can_back_up()
    run = _begin(BackupKind.MANUAL, by)
    if run is None:
        raise Refused(N_("A backup is being made at this moment: wait until it is done."))
    _make(run, by)
    return run


def back_up_when_due() -> int:
    """A backup each time its interval has passed, where a directory is set: due work."""
    if backup_folder() is None:
        return 0
    with reading() as session:
        last = session.scalar(
            select(BackupRunRow.started_at)
            .where(BackupRunRow.kind == BackupKind.SCHEDULED)
            .order_by(BackupRunRow.started_at.desc())
            .limit(1)
        )
    # Half a minute of grace: the work that is due is asked for once a minute.
    interval = timedelta(minutes=limits_now().every_minutes, seconds=-30)
    if last is not None and clock.now() < last + interval:
        return 0
    run = _begin(BackupKind.SCHEDULED, None)
    if run is None:
        return 0
    _make(run, None)
    return 1


def _begin(kind: BackupKind, by: Officer | None) -> int | None:
    """Write down that a backup begins; None while another one runs, in whichever process."""
    try:
        with unit_of_work() as work:
            _give_up(work.session)
            row = BackupRunRow(
                kind=kind,
                status=BackupStatus.RUNNING,
                started_at=clock.now(),
                started_by=by.id if by else None,
            )
            work.session.add(row)
            audit.record(work.session, action="began", entity="backup", by=by)
            work.commit()
            return row.id
    except IntegrityError:
        return None


def _give_up(session: Session) -> None:
    """One whose process died counts as failed after a while."""
    oldest = clock.now() - timedelta(minutes=limits_now().give_up_minutes)
    session.execute(
        update(BackupRunRow)
        .where(BackupRunRow.status == BackupStatus.RUNNING, BackupRunRow.started_at < oldest)
        .values(
            status=BackupStatus.FAILED,
            finished_at=clock.now(),
            problem=to_json(Sentence(N_("It was broken off: the process that made it ended."))),
        )
    )


def _make(run: int, by: Officer | None) -> None:
    folder = backup_folder()
    assert folder is not None
    try:
        key = own_key()
        moment = clock.now().astimezone(clock.TBILISI)
        ending = "sealed" if key else "zip"
        file = folder / f"backup-{moment:%Y%m%d-%H%M%S}-{run}.{ending}"
        folder.mkdir(parents=True, exist_ok=True)
        manifest = back_up(engine(), file, key)
    except LabourMigrationError as refused:
        _finish(run, by, refused.sentence, status=BackupStatus.FAILED)
        return
    except OSError as error:
        sentence = Sentence(
            N_("The backup could not be written ({reason}): make room, or name another directory."),
            {"reason": error.strerror or "?"},
        )
        _finish(run, by, sentence, status=BackupStatus.FAILED)
        return
    problem, is_copied = _proof(file, key), _copied(file)
    _finish(
        run,
        by,
        problem,
        status=BackupStatus.DONE,
        file_name=file.name,
        size=file.stat().st_size,
        is_encrypted=key is not None,
        rows=manifest.all_rows,
        audit_seq=manifest.audit_seq,
        is_copied=is_copied,
        verified_at=None if problem else clock.now(),
    )
    _remove_old()


def _proof(file: Path, key: BackupKey | None) -> Sentence | None:
    """What restoring it into a fresh database found; None = all is there."""
    try:
        prove(engine(), file, key, chain_is_whole)
    except LabourMigrationError as refused:
        return refused.sentence
    return None


def _copied(file: Path) -> bool | None:
    """Whether the second directory has it; None where there is none."""
    folder = second_folder()
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{file.name}.unfinished"
        shutil.copyfile(file, unfinished)
        unfinished.chmod(0o600)
        put_in_place(unfinished, folder / file.name)
    except OSError:
        return False
    return True


def _finish(
    run: int, by: Officer | None, problem: Sentence | None, *, status: BackupStatus, **facts: object
) -> None:
    """Write down how it ended; a failure, and a copy that is missing, opens an incident."""
    is_missing = facts.get("is_copied") is False
    with unit_of_work() as work:
        row = work.session.get_one(BackupRunRow, run)
        row.status, row.finished_at = status, clock.now()
        row.problem = to_json(problem) if problem else None
        for name, value in facts.items():
            setattr(row, name, value)
        audit.record(
            work.session,
            action="backed_up" if status is BackupStatus.DONE else "backup_failed",
            entity="backup",
            entity_id=run,
            details={"file": row.file_name, "proven": row.verified_at is not None},
            by=by,
        )
        if problem or is_missing:
            what = problem or Sentence(N_("The second directory can't be written."))
            open_incident(
                work.session,
                kind=IncidentKind.AVAILABILITY,
                key="backup",
                sentence=Sentence(
                    N_("A backup failed or could not be proven: {what}"), {"what": what}
                ),
                by=by,
            )
        work.commit()


def _remove_old() -> None:
    """Remove files past their period here and in the second directory, and write it down."""
    with unit_of_work() as work:
        kept = select(BackupRunRow).where(
            BackupRunRow.status == BackupStatus.DONE, BackupRunRow.removed_at.is_(None)
        )
        rows = list(work.session.scalars(kept))
        # One that could not be proven keeps no proven one from staying.
        good = [row for row in rows if row.verified_at is not None]
        stay = which_stay((row.started_at for row in good), limits_now())
        oldest = min(stay, default=None)
        gone = [row for row in good if row.started_at not in stay]
        gone += [
            row
            for row in rows
            if row.verified_at is None and oldest is not None and row.started_at < oldest
        ]
        for row in gone:
            for folder in (backup_folder(), second_folder()):
                if folder is not None and row.file_name:
                    (folder / row.file_name).unlink(missing_ok=True)
            row.removed_at = clock.now()
        if gone:
            audit.record(
                work.session,
                action="removed",
                entity="backup",
                details={"files": [row.file_name for row in gone]},
                by=None,
            )
            work.commit()
