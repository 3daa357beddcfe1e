"""Proving a backup in a fresh database, and putting it in the place of the running one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Engine

from db.backup.archive import CONTENT, Manifest, opened, put_in_place, read_manifest, unpack
from db.backup.copies import (
    checked_facts,
    fresh_database,
    is_sqlite,
    replace_postgres,
)
from db.backup.sealing import BackupKey
from domain.exceptions import Refused
from domain.texts import N_

Proof = Callable[[Engine], None]
Timing = dict[str, float]


def restore(
    engine: Engine, file: Path, key: BackupKey | None = None, also: Proof | None = None
) -> Manifest:
    """Replace the whole database by a backup, proving its content in a fresh one first.

    No app may be running on the database. Whatever is wrong with the file is refused and leaves the
    database as it was; a process that dies half-way leaves the old one or the new one, whole.
    `also` proves more in the fresh database: it raises Refused.
    """
    folder = Path(engine.url.database or "").resolve().parent if is_sqlite(engine) else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        manifest, content = _unpacked(engine, file, Path(temporary), key)
        _prove(engine, content, manifest, also, {})
        if is_sqlite(engine):
            _put_sqlite_back(engine, content)
        else:
            replace_postgres(engine, content)
            engine.dispose()
    return manifest


def prove(
    engine: Engine, file: Path, key: BackupKey | None = None, also: Proof | None = None
) -> tuple[Manifest, Timing]:
    """Restore a backup into a fresh database and compare; the running one is not touched.

    The seconds are those of three steps: open, restore, compare. Refused where anything differs.
    """
    timing: Timing = {}
    with tempfile.TemporaryDirectory() as temporary:
        began = perf_counter()
        manifest, content = _unpacked(engine, file, Path(temporary), key)
        timing["open"] = perf_counter() - began
        _prove(engine, content, manifest, also, timing)
    return manifest, timing


def _unpacked(
    engine: Engine, file: Path, folder: Path, key: BackupKey | None
) -> tuple[Manifest, Path]:
    try:
        plain = opened(file, folder, key)
        manifest = read_manifest(plain)
        if manifest.engine != engine.dialect.name:
            raise Refused(
                N_("This is a backup of {theirs}; this database is {ours}."),
                theirs=manifest.engine,
                ours=engine.dialect.name,
            )
        content = folder / CONTENT
        unpack(plain, content, manifest)
        if plain != file:
            plain.unlink()
    except OSError as error:
        raise Refused(
            N_("The backup could not be read or unpacked: {reason}."), reason=error.strerror or "?"
        ) from error
    return manifest, content


def _prove(
    engine: Engine, content: Path, manifest: Manifest, also: Proof | None, timing: Timing
) -> None:
    began = perf_counter()
    with fresh_database(engine, content) as made:
        timing["restore"] = perf_counter() - began
        began = perf_counter()
        _check_facts(checked_facts(made), manifest)
        if also is not None:
            also(made)
        timing["compare"] = perf_counter() - began


def _check_facts(found: Mapping[str, Any], manifest: Manifest) -> None:
    said = asdict(manifest)
    if not manifest.hashes:  # of the first format, which counted its own tables only
        said["rows"] = {**found["rows"], **said["rows"]}
        said["hashes"] = found["hashes"]
    different = [name for name in found if found[name] != said[name]]
    if different:
        raise Refused(
            N_("The restored database differs from what was saved: {what}."),
            what=", ".join(different),
        )


def _put_sqlite_back(engine: Engine, content: Path) -> None:
    """Rename the proven copy into its place while nobody else has the old file open."""
    from pysqlite3 import dbapi2

    target = Path(engine.url.database or "")
    engine.dispose()
    if not target.exists():
        put_in_place(content, target)
        return
    running = Refused(
        N_("The database is in use: stop the app and whatever else has it open, then repeat.")
    )
    old = dbapi2.connect(target, timeout=2, isolation_level=None)
    try:
        # Leaves write-ahead mode: what stands in the log goes into the file, and the log goes.
        # Refused by SQLite while anybody else has the file open.
        (mode,) = old.execute("PRAGMA journal_mode=DELETE").fetchone()
        if mode != "delete":
            raise running
        old.execute("BEGIN EXCLUSIVE")
        put_in_place(content, target)
    except dbapi2.OperationalError as error:
        raise running from error
    except dbapi2.DatabaseError:
        # No database any more: the very case for a backup. What is left of it stays beside.
        old.close()
        _put_aside(target)
        put_in_place(content, target)
    finally:
        old.close()


def _put_aside(target: Path) -> None:
    """Rename a damaged file, and with it the log that must not be read into the new one."""
    for end in ("", "-wal", "-shm"):
        part = target.with_name(target.name + end)
        if part.exists():
            part.replace(target.with_name(f"{target.name}.damaged{end}"))
