"""The rehearsal: a backup is restored into a fresh database, compared, and timed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

from db.backup.making import back_up
from db.backup.restoring import prove
from db.backup.sealing import BackupKey
from db.models import BackupDrillRow
from db.session import engine, unit_of_work
from domain.enums import IncidentKind
from domain.exceptions import LabourMigrationError
from domain.records.backups import DrillRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence, to_json
from services import audit, clock
from services.backups.proof import chain_is_whole
from services.backups.reading import drill_record, newest_kept
from services.backups.rules import backup_folder, own_key
from services.incidents.opening import open_incident
from services.permissions import Permission, check_can


def rehearse(
    *, file: Path | None = None, key: BackupKey | None = None, by: Officer | None
) -> DrillRecord:
    """Restore a file, or the newest backup, or a new one, aside; `by` None is the terminal."""
    if by is not None:
        check_can(by, Permission.BACKUPS_MANAGE)
    folder, kept = backup_folder(), newest_kept()
    if file is None and folder is not None and kept is not None and kept.file_name:
        file, key = folder / kept.file_name, key or own_key()
    if file is not None:
        return _rehearsed(file, key, {}, by)
    with tempfile.TemporaryDirectory() as temporary:
        made, began = Path(temporary) / "backup.zip", perf_counter()
        back_up(engine(), made, key)
        return _rehearsed(made, key, {"backup": perf_counter() - began}, by)


def _rehearsed(
    file: Path, key: BackupKey | None, measured: dict[str, float], by: Officer | None
) -> DrillRecord:
    started, problem = clock.now(), None
    try:
        manifest, timing = prove(engine(), file, key, chain_is_whole)
        measured |= timing | {
            "size": file.stat().st_size,
            "rows": manifest.all_rows,
            "tables": len(manifest.rows),
            "events": manifest.audit_seq,
        }
    except LabourMigrationError as refused:
        problem = refused.sentence
    except OSError as error:
        problem = Sentence(
            N_("The backup could not be read or unpacked: {reason}."),
            {"reason": error.strerror or "?"},
        )
    with unit_of_work() as work:
        row = BackupDrillRow(
            started_at=started,
            started_by=by.id if by else None,
            file_name=file.name,
            is_good=problem is None,
            measured={name: round(value, 2) for name, value in measured.items()},
            problem=to_json(problem) if problem else None,
        )
        work.session.add(row)
        work.session.flush()
        audit.record(
            work.session,
            action="rehearsed",
            entity="backup",
            entity_id=row.id,
            details={"file": file.name, "good": row.is_good},
            by=by,
        )
        if problem:
            open_incident(
                work.session,
                kind=IncidentKind.AVAILABILITY,
                key="backup",
                sentence=Sentence(
                    N_("A backup failed or could not be proven: {what}"), {"what": problem}
                ),
                by=by,
            )
        work.commit()
        return drill_record(row)
