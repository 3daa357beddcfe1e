"""What must be the same in a database and in the one its backup is restored into."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine.interfaces import ReflectedColumn

from db.migrate import revision_of

READ_AT_ONCE = 2_000
SAME_EVERYWHERE = (
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
)
"""So that PostgreSQL writes equal values as equal text on any server."""


def facts_of(connection: Connection) -> dict[str, Any]:
    """Schema revision, rows and content hash of each table, and the end of the audit chain."""
    tables = sorted(inspect(connection).get_table_names())
    read = _sqlite_pieces if connection.dialect.name == "sqlite" else _postgres_pieces
    rows, hashes = {}, {}
    for statement in () if connection.dialect.name == "sqlite" else SAME_EVERYWHERE:
        connection.exec_driver_sql(statement)
    for table in tables:
        digest = hashlib.sha256()
        for piece in read(connection, table):
            digest.update(piece)
        hashes[table] = digest.hexdigest()
        rows[table] = connection.exec_driver_sql(f"SELECT count(*) FROM {_quoted(table)}").scalar()
    head = None
    if "audit_head" in tables:
        head = connection.execute(text("SELECT seq, hash FROM audit_head")).first()
    return {
        "revision": revision_of(connection) or "",
        "rows": rows,
        "hashes": hashes,
        "audit_seq": head[0] if head else 0,
        "audit_hash": head[1] if head else "",
    }


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _order(connection: Connection, table: str) -> str:
    """By primary key, whatever the server's collation; by everything where there is none."""
    found = inspect(connection)
    key = found.get_pk_constraint(table)["constrained_columns"]
    columns = {column["name"]: column for column in found.get_columns(table)}
    if connection.dialect.name == "sqlite":
        return ", ".join(map(_quoted, key or columns))
    return ", ".join(_by(columns[name]) for name in key or columns)


def _by(column: ReflectedColumn) -> str:
    name = _quoted(column["name"])
    return name if "INT" in str(column["type"]).upper() else f'{name}::text COLLATE "C"'


def _sqlite_pieces(connection: Connection, table: str) -> Iterator[bytes]:
    order = _order(connection, table)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(f"SELECT * FROM {_quoted(table)} ORDER BY {order}")  # noqa: S608
        while found := cursor.fetchmany(READ_AT_ONCE):
            yield "\n".join(map(repr, found)).encode("utf-8", "surrogatepass") + b"\n"
    finally:
        cursor.close()


def _postgres_pieces(connection: Connection, table: str) -> Iterator[bytes]:
    order = _order(connection, table)
    query = f"SELECT * FROM {_quoted(table)} ORDER BY {order}"  # noqa: S608
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as pieces:
        for piece in pieces:
            yield bytes(piece)
