"""The migrations make exactly the tables that the code describes."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

import db.models  # noqa: F401 - registers the tables
from db.base import Base
from db.migrate import upgrade
from db.session import open_engine
from db.settings import Settings
from domain.enums import JobseekerStatus
from tests.factories import histories


def test_migrations_lead_to_the_models(database: Engine) -> None:
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_merged_file_is_a_status_of_the_register_and_nonsense_is_not(database: Engine) -> None:
    nobody = histories.person(status=JobseekerStatus.MERGED)
    with database.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(
            text("UPDATE jobseekers SET status = 'nonsense' WHERE id = :id"), {"id": nobody}
        )


def test_skills_keep_their_names_when_esco_gets_its_place(tmp_path: Path) -> None:
    engine = open_engine(Settings(database_url=f"sqlite:///{tmp_path / 'old.db'}"))
    upgrade(engine, "0001")
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO skill_groups VALUES ('G01', 2, NULL, 'Growing', 'მოყვანა')",
            "INSERT INTO skills VALUES ('S0001', 'G01', 'sow', 'თესვა')",
            "INSERT INTO skill_occupations VALUES ('S0001', '9211', 'essential')",
        ):
            connection.exec_driver_sql(statement)
    upgrade(engine, "0002")
    with engine.connect() as connection:
        skill = connection.exec_driver_sql("SELECT id, label_ka, source FROM skills").one()
        names = connection.exec_driver_sql("SELECT lang, label FROM skill_labels ORDER BY lang")
        assert tuple(skill) == ("S0001", "თესვა", "own")
        assert [tuple(row) for row in names] == [("en", "sow"), ("ka", "თესვა")]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()
