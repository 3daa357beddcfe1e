"""Brings the database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select

MIGRATIONS = Path(__file__).parent / "migrations"


ALONE = 7_310_511
"""The number of the lock that PostgreSQL's processes take while they prepare the database."""


def alone(connection: Connection) -> None:
    """Let processes that start at once prepare the database one after another.

    Held until the end of the transaction; SQLite's own write lock does the same.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ALONE)))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply all missing migrations in one transaction; does nothing on a current database."""
    config = _config()
    with engine.connect() as connection:
        alone(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


def revision_of(connection: Connection) -> str | None:
    """The schema revision of a database; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known_revision(revision: str) -> bool:
    """Whether this software has the migration: a newer software's it has not."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    return revision in known


def is_current(engine: Engine) -> bool:
    """Whether the database already has the newest schema."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return revision_of(connection) == newest
