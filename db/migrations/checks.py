"""Widens what a column of words may hold, on both databases.

SQLite keeps a table's checks in the text of its schema. Making the table anew would tear it from
the tables that point to it, so its text is edited instead, as SQLite's own documentation of ALTER
TABLE describes for checks; the rows are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def allow_values(table: str, name: str, column: str, values: Sequence[str]) -> None:
    """Let the check `ck_<table>_<name>` of a column admit exactly these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    constraint, condition = f"ck_{table}_{name}", f"{column} IN ({listed})"
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(table, constraint, condition)
        return
    op.drop_constraint(op.f(constraint), table, type_="check")
    op.create_check_constraint(op.f(constraint), table, condition)


def _rewrite(table: str, constraint: str, condition: str) -> None:
    bind = op.get_bind()
    where = sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :table")
    before = bind.execute(where, {"table": table}).scalar_one()
    pattern = rf"CONSTRAINT {constraint} CHECK \([^()]*\([^()]*\)\)"
    after, found = re.subn(pattern, f"CONSTRAINT {constraint} CHECK ({condition})", before)
    if found != 1:
        raise RuntimeError(f"{constraint} is not in the schema")
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :table"),
        {"sql": after, "table": table},
    )
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
