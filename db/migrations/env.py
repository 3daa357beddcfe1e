"""Alembic's entry: migrates the database of the connection it is given, or of the settings."""

from alembic import context
from sqlalchemy import Connection

import db.models  # noqa: F401 - registers the tables
from db.base import Base
from db.session import open_engine
from db.settings import Settings


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        # SQLite too, with our own BEGIN: an upgrade that is killed changes nothing.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_engine(Settings.from_environment()).connect() as connection:
        run(connection)
        connection.commit()
