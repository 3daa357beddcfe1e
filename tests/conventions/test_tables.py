"""Tables say who did what when, in pairs."""

import pytest
from sqlalchemy import CheckConstraint, Table

import db.models  # noqa: F401 - registers the tables
from db.base import Base

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
