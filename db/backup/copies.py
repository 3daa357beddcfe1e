"""The engine's own copy of a database, and fresh databases made of one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, DBAPIError

from db.backup.facts import facts_of
from db.session import open_engine, settings
from db.settings import Settings
from domain.exceptions import Refused
from domain.texts import N_

RESET = """\
SET lock_timeout = '15s';
SET client_min_messages = warning;
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT quote_ident(c.relname) AS name FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || one.name || ' CASCADE';
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure::text AS name FROM pg_proc p
      WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS (
        SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE 'DROP FUNCTION IF EXISTS ' || one.name || ' CASCADE';
  END LOOP;
END $$;
"""
"""Empties the schema, whatever newer migrations have added, and keeps what is granted on it."""


def is_sqlite(engine: Engine) -> bool:
    """Whether the database is a SQLite file."""
    return engine.dialect.name == "sqlite"


def copy_with_facts(engine: Engine, content: Path) -> dict[str, Any]:
    """Write the engine's copy of one moment; what is in it. The app may go on writing."""
    return (_copy_sqlite if is_sqlite(engine) else _dump)(engine, content)


def _copy_sqlite(engine: Engine, content: Path) -> dict[str, Any]:
    from pysqlite3 import dbapi2

    with engine.connect().execution_options(readonly=True) as connection:
        source = connection.connection.driver_connection
        copy = dbapi2.connect(content)
        try:
            assert source is not None
            source.backup(copy)
        finally:
            copy.close()
    with opened_sqlite(content) as copied:
        facts = checked_facts(copied)
        with copied.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA journal_mode=DELETE")  # type: ignore[union-attr]
    return facts


@contextmanager
def opened_sqlite(content: Path) -> Iterator[Engine]:
    """An engine on a copy."""
    copied = open_engine(Settings(database_url=f"sqlite:///{content}"))
    try:
        yield copied
    finally:
        copied.dispose()


def checked_facts(engine: Engine) -> dict[str, Any]:
    """What is in a copy; Refused where it does not hold together."""
    damaged = Refused(N_("The backup is damaged: its content does not hold together."))
    try:
        with engine.connect() as connection:
            if is_sqlite(engine):
                whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if whole != "ok" or orphans is not None:
                    raise damaged
            return facts_of(connection)
    except DatabaseError as error:
        raise damaged from error


def _dump(engine: Engine, content: Path) -> dict[str, Any]:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        run_tool(
            engine, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={content}"
        )
        return facts_of(connection)


@contextmanager
def fresh_database(engine: Engine, content: Path) -> Iterator[Engine]:
    """A database of its own made of a copy; gone at the end. The running one is not touched."""
    if is_sqlite(engine):
        with tempfile.TemporaryDirectory(dir=content.parent) as folder:
            own = Path(folder) / "fresh.db"
            shutil.copyfile(content, own)
            with opened_sqlite(own) as made:
                yield made
        return
    name = f"proof_{uuid4().hex[:16]}"
    server = engine.execution_options(isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    except DBAPIError as error:
        raise Refused(
            N_(
                "No database could be made to prove the backup in: allow it to the database user "
                "(ALTER ROLE … CREATEDB)."
            )
        ) from error
    url = engine.url.set(database=name).render_as_string(hide_password=False)
    made = open_engine(replace(settings(), database_url=url, pool_size=2))
    try:
        run_tool(
            made,
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
            str(content),
        )
        yield made
    finally:
        made.dispose()
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def replace_postgres(engine: Engine, content: Path) -> None:
    """Empty the database and fill it from a dump, in one transaction: all of it or nothing."""
    script, reset = content.with_name("restore.sql"), content.with_name("reset.sql")
    reset.write_text(RESET, encoding="ascii")
    run_tool(None, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(content))
    run_tool(
        engine,
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--output=/dev/null",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        f"--file={reset}",
        f"--file={script}",
    )


def run_tool(engine: Engine | None, name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs, on a database or on none."""
    tool = shutil.which(name, path=settings().postgres_tools or None)
    if tool is None:
        raise Refused(
            N_("{tool} is missing: install PostgreSQL's client programs, or name their directory."),
            tool=name,
        )
    environment, address = {**os.environ}, []
    if engine is not None:
        url = engine.url.set(drivername="postgresql")
        # The password travels in the environment, never in the arguments that others can list.
        environment["PGPASSWORD"] = url.password or ""
        address = ["--dbname=" + url.set(password=None).render_as_string(hide_password=False)]
    done = subprocess.run(  # noqa: S603 - our own arguments
        [tool, *address, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(N_("{tool} failed: {reason}"), tool=name, reason=_reason(done.stderr))


def _reason(said: str) -> str:
    """The first line; the lines after it may quote rows."""
    return (said.strip().splitlines() or ["?"])[0][:200]
