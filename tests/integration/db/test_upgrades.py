"""Every migration keeps what is in the database, on both engines, also when it is cut short.

The data of each revision come from the schema itself: a table that a migration adds is filled at
once and has to come through all later ones.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    event,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError

import db.session
from db.encryption import encrypt, sealed_columns
from db.migrate import _config, revision_of, upgrade
from db.session import configure
from db.settings import Settings
from tests.conftest import Postgres

pytestmark = pytest.mark.long
"""A minute and a half of a core: a revision at a time, twice, on both engines."""

FIRST_WORD = re.compile(r"^\(*\"?(\w+)\"?\)* *(?:IN \(|= *ANY *\(+ARRAY\[)'([^']*)'")
MOMENT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
REVISIONS = [one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]

SEALED = {(table.name, column.name) for table, column in sealed_columns()}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
        made = configure(Settings(database_url=url, data_dir=tmp_path, environment="test"))
        event.listen(made, "connect", lambda one, _: one.execute("PRAGMA synchronous=OFF"))
        yield made
        made.dispose()
        db.session._engine = None
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = f"old_{uuid4().hex[:12]}"
    with server.admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    made = configure(Settings(database_url=server.url(name), data_dir=tmp_path, environment="test"))
    yield made
    made.dispose()
    db.session._engine = None
    server.drop_database(name)


@dataclass
class Filler:
    """Writes one row into each table that has none, from what the schema says of it."""

    engine: Engine
    filled: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def fill(self) -> None:
        metadata = MetaData()
        with self.engine.connect() as connection:
            names = set(inspect(connection).get_table_names()) - {"alembic_version"}
            new = [name for name in names if name not in self.filled]
            metadata.reflect(connection, only=new)
        waiting = [table for table in metadata.tables.values() if table.name in new]
        while waiting:
            left = [table for table in waiting if not self._one(table)]
            if len(left) == len(waiting):
                return
            waiting = left

    def _one(self, table: Table) -> bool:
        with self.engine.connect() as connection:
            found = connection.execute(select(table).limit(1)).mappings().first()
        if found is not None:  # the migration itself wrote one
            self.filled[table.name] = dict(found)
            return True
        allowed = self._checks(table.name)
        row: dict[str, Any] = {}
        for column in table.columns:
            try:
                row[column.name] = self._value(column, allowed)
            except LookupError:
                if not column.nullable:
                    return False
                row[column.name] = None
        own = ROWS.get(table.name, {})
        row |= {name: value for name, value in own.items() if name in row}
        try:
            with self.engine.begin() as connection:
                connection.execute(table.insert().values(row))
        except DBAPIError as error:
            self.refused[table.name] = str(error.orig)
            return False
        self.refused.pop(table.name, None)
        self.filled[table.name] = row
        return True

    def _sealed(self, column: Column[Any]) -> bytes | None:
        """Only a key can have written it."""
        if column.nullable:
            return None
        return encrypt(column.table.name, column.name, (1,), "kept")

    def _checks(self, table: str) -> dict[str, str]:
        """The first word that each column of words may hold."""
        with self.engine.connect() as connection:
            checks = inspect(connection).get_check_constraints(table)
        first = {}
        for check in checks:
            text = re.sub(r"::[a-z ]+(\[\])?", "", check["sqltext"])
            if found := FIRST_WORD.match(text):
                first[found[1]] = found[2]
        return first

    def _value(self, column: Column[Any], allowed: dict[str, str]) -> Any:
        for key in column.foreign_keys:
            parent = self.filled.get(key.column.table.name)
            if parent is None or parent.get(key.column.name) is None:
                raise LookupError(key.column.table.name)
            return parent[key.column.name]
        if column.name in allowed:
            return allowed[column.name]
        if (column.table.name, column.name) in SEALED:
            return self._sealed(column)
        kind = column.type
        known: tuple[tuple[Any, Any], ...] = (
            (Boolean, False),
            (Integer, 1),
            (Numeric, Decimal("1.00")),
            (Float, 0.5),
            (DateTime, MOMENT),
            (Date, date(2026, 3, 1)),
            (JSON, {"kept": "as it was"}),
            (LargeBinary, b"kept"),
        )
        for one, value in known:
            if isinstance(kind, one):
                return value
        return f"{column.name} of {column.table.name}"


ROWS: dict[str, dict[str, Any]] = {
    "commission_sessions": {"status": "open"},
    "consents": {"country": None},
    "secret_ballots": {"ended_at": None, "ended_by": None},
    "shortlists": {"decided_at": None, "decided_by": None},
}
"""What the schema's checks ask beyond types and lists of words."""
RENAMED = {("0016", "commission_sessions"): {"status"}}
"""Columns in which a migration puts other words for the same."""


def contents(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as the driver says it."""
    found = {}
    for name in sorted(set(inspect(connection).get_table_names()) - {"alembic_version"}):
        rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings()
        found[name] = sorted((dict(row) for row in rows), key=repr)
    return found


def only(rows: list[dict[str, Any]], columns: set[str]) -> list[str]:
    """The rows with these columns alone, in one order."""
    return sorted(repr({name: row[name] for name in sorted(columns)}) for row in rows)


def test_every_migration_keeps_what_is_there(empty: Engine) -> None:
    filler = Filler(empty)
    lost: list[str] = []
    before: dict[str, list[dict[str, Any]]] = {}
    after = before
    for revision in REVISIONS:
        upgrade(empty, revision)
        with empty.connect() as connection:
            after = contents(connection)
        for table, rows in before.items():
            now = after.get(table, [])
            same = set(rows[0]) & set(now[0] if now else ()) - RENAMED.get((revision, table), set())
            if only(now, same) != only(rows, same) or len(now) != len(rows):
                lost.append(f"{revision} {table}: {rows} became {now}")
        filler.fill()
        with empty.connect() as connection:
            before = {name: rows for name, rows in contents(connection).items() if rows}
    assert lost == []
    assert filler.refused == {}
    assert set(after) - set(filler.filled) == set()


@pytest.mark.parametrize("statement", [1, 40, 400])
def test_an_upgrade_that_is_killed_changes_nothing_and_can_be_repeated(
    empty: Engine, statement: int
) -> None:
    upgrade(empty, "0001")
    Filler(empty).fill()
    with empty.connect() as connection:
        before = contents(connection)
    own = db.session.settings()
    empty.dispose()
    child = os.fork()
    if child == 0:
        try:
            die_at(configure(own), statement)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with empty.connect() as connection:
        assert revision_of(connection) == "0001"
        assert contents(connection) == before
    upgrade(empty)
    with empty.connect() as connection:
        assert revision_of(connection) == REVISIONS[-1]


def die_at(engine: Engine, statement: int) -> None:
    """Upgrade to the newest, and die before the given statement that changes something."""
    done = 0

    def count(_: object, __: object, asked: str, *___: object) -> None:
        nonlocal done
        done += asked.lstrip().upper().startswith(("CREATE", "ALTER", "DROP", "INSERT", "UPDATE"))
        if done >= statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", count)
    upgrade(engine)
