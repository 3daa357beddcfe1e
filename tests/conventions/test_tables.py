"""Tables say who did what when, in pairs."""

import ast

import pytest
from sqlalchemy import CheckConstraint, Table

import db.models  # noqa: F401 - registers the tables
from db.base import Base
from db.encryption import sealed_columns
from tests.conventions.tree import parsed, sources

TABLES = list(Base.metadata.tables.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_actor_has_a_time(table: Table) -> None:
    names = set(table.columns.keys())
    checks = [str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint)]
    for actor in (name for name in names if name.endswith("_by")):
        time = actor.removesuffix("_by") + "_at"
        assert time in names, f"{actor} without {time}"
        if table.columns[time].nullable:
            assert f"{actor} IS NULL OR {time} IS NOT NULL" in checks


def test_every_field_that_is_encrypted_is_known_to_the_change_of_keys() -> None:
    known = {(table.name, column.name) for table, column in sealed_columns()}
    written = {
        (first.value, second.value)
        for path in sources("services")
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id == "encrypt"
        for first, second in [call.args[:2]]
        if isinstance(first, ast.Constant) and isinstance(second, ast.Constant)
    }
    assert written and written <= known
