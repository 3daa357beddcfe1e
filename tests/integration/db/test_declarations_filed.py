"""What was declared before there were receipts is filed, and nothing of it is lost."""

import importlib
from datetime import UTC, datetime

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, select, text

from db.models import ConflictDeclarationRow, NumberSeriesRow
from db.session import reading
from domain.enums import ConflictKind
from services.commission import declare_conflict
from tests.integration.services.commission.room import Room, send_shortlist

MIGRATION = importlib.import_module("db.migrations.versions.0015_declarations_are_filed")


def to_the_old_table(connection: Connection) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        MIGRATION.downgrade()


def to_the_new_one(connection: Connection) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        MIGRATION.upgrade()


def declare_as_before(connection: Connection, shortlist_id: int, officer_id: int, at: str) -> None:
    connection.execute(
        text("INSERT INTO conflict_declarations VALUES (:item, :officer, 'family', 'cousin', :at)"),
        {
            "item": shortlist_id,
            "officer": officer_id,
            "at": at if connection.dialect.name == "sqlite" else datetime.fromisoformat(at),
        },
    )


def test_old_declarations_become_first_filings_with_numbers(database: Engine) -> None:
    room = Room()
    first, second = send_shortlist(room.number), send_shortlist(room.number, number="V-2")
    room.declare(first, room.chair)
    with database.begin() as connection:
        to_the_old_table(connection)
        for item, member, at in (
            (second, room.ngo, "2024-12-31 20:30:00+00:00"),  # the new year has begun in Tbilisi
            (first, room.ngo, "2024-12-31 19:30:00+00:00"),
            (first, room.agency, "2024-06-01 08:00:00+00:00"),
        ):
            declare_as_before(connection, item, member.id, at)
        to_the_new_one(connection)
    with reading() as session:
        filed = {row.number: row for row in session.scalars(select(ConflictDeclarationRow))}
        series = {row.series: row.last for row in session.scalars(select(NumberSeriesRow))}
    year = datetime.now(UTC).year
    assert sorted(filed) == sorted(
        ["DEC-2024-00001", "DEC-2024-00002", "DEC-2025-00001", f"DEC-{year}-00001"]
    )
    assert series == {"DEC-2024": 2, "DEC-2025": 1, f"DEC-{year}": 1}
    oldest = filed["DEC-2024-00001"]
    assert (oldest.shortlist_id, oldest.officer_id, oldest.revision) == (first, room.agency.id, 1)
    assert (oldest.kind, oldest.explanation, oldest.is_late) == (
        ConflictKind.FAMILY,
        "cousin",
        False,
    )
    assert oldest.declared_at == datetime(2024, 6, 1, 8, tzinfo=UTC)
    assert filed["DEC-2025-00001"].shortlist_id == second


def test_numbers_go_on_where_the_old_declarations_end(database: Engine) -> None:
    room = Room()
    shortlist_id = send_shortlist(room.number)
    room.declare(shortlist_id, room.chair, room.agency)
    with database.begin() as connection:
        to_the_old_table(connection)
        to_the_new_one(connection)
    declare_conflict(
        shortlist_id=shortlist_id, kind=ConflictKind.NONE, explanation=None, by=room.ngo
    )
    with reading() as session:
        numbers = list(session.scalars(select(ConflictDeclarationRow.number)))
    assert sorted(number[-5:] for number in numbers) == ["00001", "00002", "00003"]


def test_what_was_filed_is_never_changed(database: Engine) -> None:
    room = Room()
    room.declare(send_shortlist(room.number), room.chair)
    for statement in (
        "UPDATE conflict_declarations SET kind = 'none'",
        "DELETE FROM conflict_declarations",
    ):
        with database.connect() as connection, pytest.raises(Exception, match="never changed"):
            connection.execute(text(statement))
