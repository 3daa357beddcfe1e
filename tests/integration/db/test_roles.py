"""The app's own user on PostgreSQL adds to the audit chain and can't change it."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import ProgrammingError

from db.roles import grants
from db.session import unit_of_work
from services import audit
from services.audit import verify_chain


@pytest.fixture
def as_app(database: Engine) -> Iterator[Engine]:
    """The database as a user who does not own it."""
    if database.dialect.name == "sqlite":
        pytest.skip("a file has no users")
    role = f"app_{uuid4().hex[:8]}"
    with database.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {role}")
        for statement in grants(role):
            connection.exec_driver_sql(statement)
    database.dispose()

    def become(connection: object, *_: object) -> None:
        connection.execute(f"SET ROLE {role}")  # type: ignore[attr-defined]
        connection.commit()  # type: ignore[attr-defined]

    event.listen(database, "connect", become)
    yield database
    event.remove(database, "connect", become)
    database.dispose()
    with database.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {role}")
        connection.exec_driver_sql(f"DROP ROLE {role}")


def test_the_app_adds_events_and_can_not_change_remove_or_unguard_them(as_app: Engine) -> None:
    with unit_of_work() as work:
        audit.record(work.session, action="read", entity="list", details={"a": 1}, by=None)
        work.commit()
    for forbidden in (
        "UPDATE audit_events SET action = 'updated'",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "DELETE FROM audit_head",
        "UPDATE alembic_version SET version_num = '0001'",
        "DROP TRIGGER audit_events_never_changed ON audit_events",
        "ALTER TABLE audit_events DISABLE TRIGGER ALL",
        "CREATE TABLE mine (id int)",
    ):
        with as_app.connect() as connection, pytest.raises(ProgrammingError):
            connection.exec_driver_sql(forbidden)
    report = verify_chain()
    assert (report.problem, report.events) == (None, 1)


@pytest.mark.parametrize("name", ["", "App", "a; DROP TABLE x", 'a"b', "1a"])
def test_only_a_plain_name_becomes_part_of_the_statements(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a role"):
        grants(name)
