"""A use case is kept whole or not at all, on both databases."""

import socket

import pytest
from sqlalchemy import Engine, select

from db.migrate import is_current, upgrade
from db.models import ReferenceFileRow
from db.session import reading, unit_of_work


def note(name: str) -> ReferenceFileRow:
    return ReferenceFileRow(name=name, sha256="0" * 64)


def names() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(ReferenceFileRow.name).where(in_test)))


in_test = ReferenceFileRow.name.startswith("test-")


@pytest.mark.usefixtures("database")
def test_a_committed_use_case_is_kept() -> None:
    with unit_of_work() as work:
        work.session.add(note("test-a"))
        work.commit()
    assert names() == ["test-a"]


@pytest.mark.usefixtures("database")
def test_a_use_case_without_commit_leaves_nothing() -> None:
    with unit_of_work() as work:
        work.session.add(note("test-a"))
        work.session.flush()
    assert names() == []


@pytest.mark.usefixtures("database")
def test_a_failing_use_case_leaves_nothing() -> None:
    with pytest.raises(ZeroDivisionError), unit_of_work() as work:
        work.session.add(note("test-a"))
        work.session.flush()
        _ = 1 / 0
    assert names() == []


def test_a_migrated_database_is_migrated_again_without_a_change(database: Engine) -> None:
    assert is_current(database)
    upgrade(database)
    assert is_current(database)


def test_tests_reach_no_other_machine() -> None:
    with pytest.raises(PermissionError, match="this machine only"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
