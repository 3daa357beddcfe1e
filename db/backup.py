"""One consistent file of the whole database while the app runs, and its way back.

The file is a ZIP of a manifest and the engine's own copy: SQLite's backup interface (a plain copy
of the file would tear), or pg_dump in the snapshot in which the rows were counted. A file that is
damaged, of another engine or of a newer schema is refused before anything is touched.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select, table, text

import db.models  # noqa: F401 - registers the tables
from db.base import Base
from db.migrate import is_known_revision, revision_of
from db.session import settings
from domain.exceptions import Refused
from domain.texts import N_

FORMAT = 1
MANIFEST, CONTENT = "manifest.json", "content"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; restoring proves each of it."""

    format: int
    engine: str
    revision: str
    made_at: str
    sha256: str
    rows: Mapping[str, int]
    audit_seq: int
    audit_hash: str


def back_up(engine: Engine, file: Path) -> Manifest:
    """Write one consistent backup file; the app may go on writing meanwhile."""
    with tempfile.TemporaryDirectory(dir=file.resolve().parent) as folder:
        content = Path(folder) / CONTENT
        facts = (_copy_sqlite if engine.dialect.name == "sqlite" else _dump)(engine, content)
        manifest = Manifest(
            format=FORMAT,
            engine=engine.dialect.name,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            sha256=_sha256(content),
            **facts,
        )
        unfinished = Path(folder) / "unfinished.zip"
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            archive.write(content, CONTENT)
        os.replace(unfinished, file)
    return manifest


def _facts(connection: Connection) -> dict[str, Any]:
    """Schema revision, rows of each table, and the head of the audit chain."""
    rows = {
        name: connection.scalar(select(func.count()).select_from(table(name))) or 0
        for name in sorted(Base.metadata.tables)
    }
    head = connection.execute(text("SELECT seq, hash FROM audit_head")).first()
    return {
        "revision": revision_of(connection) or "",
        "rows": rows,
        "audit_seq": head[0] if head else 0,
        "audit_hash": head[1] if head else "",
    }


def _copy_sqlite(engine: Engine, content: Path) -> dict[str, Any]:
    from pysqlite3 import dbapi2

    with engine.connect() as connection:
        source = connection.connection.driver_connection
        copy = dbapi2.connect(content)
        try:
            assert source is not None
            source.backup(copy)
        finally:
            copy.close()
    return _sqlite_facts(content)


def _sqlite_facts(content: Path) -> dict[str, Any]:
    from db.session import open_engine
    from db.settings import Settings

    copied = open_engine(Settings(database_url=f"sqlite:///{content}"))
    try:
        with copied.connect() as connection:
            whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if whole != "ok" or orphans is not None:
                raise Refused(N_("The backup is damaged: its content does not hold together."))
            facts = _facts(connection)
        with copied.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA journal_mode=DELETE")  # type: ignore[union-attr]
    finally:
        copied.dispose()
    return facts


def _dump(engine: Engine, content: Path) -> dict[str, Any]:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        facts = _facts(connection)
        _run_tool(
            engine, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={content}"
        )
    return facts


def _run_tool(engine: Engine, name: str, *arguments: str) -> None:
    tool = shutil.which(name, path=settings().postgres_tools or None)
    if tool is None:
        raise Refused(
            N_("{tool} is missing: install PostgreSQL's client programs, or name their directory."),
            tool=name,
        )
    url = engine.url.set(drivername="postgresql")
    # The password travels in the environment, never in the arguments that others can list.
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    address = url.set(password=None).render_as_string(hide_password=False)
    done = subprocess.run(  # noqa: S603 - our own arguments
        [tool, f"--dbname={address}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(N_("{tool} failed: {reason}"), tool=name, reason=done.stderr.strip()[:400])


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def read_manifest(file: Path) -> Manifest:
    """What the backup says of itself; Refused for a file that is none."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise Refused(N_("This file is not a backup of this system, or it is damaged.")) from error
    if manifest.format != FORMAT or not is_known_revision(manifest.revision):
        raise Refused(N_("This backup was made by a newer version of the software: update first."))
    return manifest


def restore(engine: Engine, file: Path) -> Manifest:
    """Replace the whole database by a backup, proving its content first.

    No app may be running on the database. A damaged, foreign or newer file is refused and leaves
    the database as it was.
    """
    manifest = read_manifest(file)
    if manifest.engine != engine.dialect.name:
        raise Refused(
            N_("This is a backup of {theirs}; this database is {ours}."),
            theirs=manifest.engine,
            ours=engine.dialect.name,
        )
    folder = Path(engine.url.database or "").resolve().parent if _is_sqlite(engine) else None
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        content = Path(temporary) / CONTENT
        _unpack(file, content, manifest)
        if _is_sqlite(engine):
            _put_sqlite_back(engine, content, manifest)
        else:
            _put_dump_back(engine, content, manifest)
    return manifest


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _unpack(file: Path, content: Path, manifest: Manifest) -> None:
    damaged = Refused(N_("The backup is damaged: its content is not what was saved."))
    try:
        with (
            zipfile.ZipFile(file) as archive,
            archive.open(CONTENT) as packed,
            content.open("wb") as stream,
        ):
            shutil.copyfileobj(packed, stream, CHUNK)
    except (OSError, KeyError, EOFError, zlib.error, zipfile.BadZipFile, ValueError) as error:
        raise damaged from error
    if _sha256(content) != manifest.sha256:
        raise damaged


def _put_sqlite_back(engine: Engine, content: Path, manifest: Manifest) -> None:
    _check_facts(_sqlite_facts(content), manifest)
    target = Path(engine.url.database or "")
    engine.dispose()
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    os.replace(content, target)


def _put_dump_back(engine: Engine, content: Path, manifest: Manifest) -> None:
    _run_tool(
        engine,
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
        str(content),
    )
    engine.dispose()
    with engine.connect() as connection:
        _check_facts(_facts(connection), manifest)


def _check_facts(found: Mapping[str, Any], manifest: Manifest) -> None:
    said = asdict(manifest)
    different = [name for name in found if found[name] != said[name]]
    if different:
        raise Refused(
            N_("The restored database differs from what was saved: {what}."),
            what=", ".join(different),
        )
