"""Making a backup while the app runs."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from db.backup.archive import CONTENT, FORMAT, Manifest, pack, sha256_of
from db.backup.copies import copy_with_facts
from db.backup.sealing import BackupKey
from domain.exceptions import Refused
from domain.texts import N_


def back_up(engine: Engine, file: Path, key: BackupKey | None = None) -> Manifest:
    """Write one consistent backup file, encrypted if there is a key; Refused if it can't be.

    What was at `file` before stays until the new one is whole.
    """
    try:
        with tempfile.TemporaryDirectory(dir=file.resolve().parent) as folder:
            content = Path(folder) / CONTENT
            facts = copy_with_facts(engine, content)
            manifest = Manifest(
                format=FORMAT,
                engine=engine.dialect.name,
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                sha256=sha256_of(content),
                **facts,
            )
            pack(content, manifest, file, key)
    except OSError as error:
        raise _unwritten(error.strerror or type(error).__name__) from error
    except OperationalError as error:
        raise _unwritten(str(error.orig).strip().splitlines()[0][:200]) from error
    except Exception as error:
        if type(error).__module__.startswith("pysqlite3"):
            raise _unwritten(str(error)) from error
        raise
    return manifest


def _unwritten(reason: str) -> Refused:
    return Refused(
        N_("The backup could not be written ({reason}): make room, or name another directory."),
        reason=reason,
    )
