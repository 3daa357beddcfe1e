"""The migrations make exactly the tables that the code describes."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

import db.models  # noqa: F401 - registers the tables
from db.base import Base
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
