"""Sessions of before the register of commissions keep all they had, and belong to one."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from db.migrate import upgrade
from db.session import open_engine
from db.settings import Settings

AT = "2026-03-{:02d} 09:00:00+00:00"
RULES = (
    '{"version": "2026-01", "quorum_more_than": "1/2", "organisation_kinds_min": 3, '
    '"decision": "simple_majority", "tie": "chair"}'
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def old_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of the day before, with three sessions of four people in it."""
    if request.param == "sqlite":
        engine = open_engine(Settings(database_url=f"sqlite:///{tmp_path / 'old.db'}"))
        yield filled(engine)
        engine.dispose()
        return
    server = request.getfixturevalue("postgres")
    name = f"old_{uuid4().hex[:12]}"
    with server.admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine = open_engine(Settings(database_url=server.url(name)))
    yield filled(engine)
    engine.dispose()
    server.drop_database(name)


def filled(engine: Engine) -> Engine:
    upgrade(engine, "0015")
    with engine.begin() as connection:
        for statement in statements():
            connection.execute(text(statement.replace(":", r"\:")))
    return engine


def statements() -> Iterator[str]:
    for code, kind in (("m", "ministry"), ("a", "agency"), ("i", "international"), ("n", "ngo")):
        yield (
            "INSERT INTO organisations (code, kind, name_ka, name_en) "
            f"VALUES ('{code}', '{kind}', '{code}', '{code}')"
        )
    roles = ("chair", "commission_member", "commission_member", "chair")
    for officer, (code, role) in enumerate(zip("main", roles, strict=True), start=1):
        yield (
            "INSERT INTO officers (id, username, name_ka, name_en, role, organisation_code, "
            "password_hash, must_change_password, is_demo, language, created_at) VALUES "
            f"({officer}, 'o{officer}', 'x', 'x', '{role}', '{code}', '!', "
            f"false, false, 'ka', '{AT.format(1)}')"
        )
    sessions = ((1, "closed", 4), (2, "open", 1), (3, "planned", 1))
    for key, status, chair in sessions:
        opened = "NULL" if status == "planned" else f"'{AT.format(key + 10)}'"
        yield (
            "INSERT INTO commission_sessions (id, number, planned_at, chair_id, status, rules, "
            "opened_at, opened_by, version, created_at) VALUES "
            f"({key}, 'COM-2026-00{key}', '{AT.format(key + 10)}', {chair}, '{status}', '{RULES}', "
            f"{opened}, {'NULL' if status == 'planned' else chair}, 1, '{AT.format(key + 1)}')"
        )
        for officer, code in ((1, "m"), (2, "a"), (4, "n")):
            kind = {"m": "ministry", "a": "agency", "n": "ngo"}[code]
            yield (
                "INSERT INTO session_members (session_id, officer_id, organisation_code, "
                f"organisation_kind) VALUES ({key}, {officer}, '{code}', '{kind}')"
            )


def test_sessions_of_old_belong_to_a_commission_whose_seats_are_their_members(
    old_database: Engine,
) -> None:
    upgrade(old_database)
    with old_database.connect() as connection:

        def rows(query: str) -> list[tuple[object, ...]]:
            return [tuple(row) for row in connection.execute(text(query))]

        assert rows("SELECT code, name_en, order_number FROM commissions") == [
            ("agency", "Commission of the agency", None)
        ]
        assert str(rows("SELECT term_from FROM commissions")[0][0]) == "2026-03-02"
        seats = "SELECT officer_id, organisation_kind, role FROM commission_seats ORDER BY 1"
        assert rows(seats) == [
            (1, "ministry", "chair"),
            (2, "agency", "member"),
            (4, "ngo", "deputy"),
        ]
        assert "2026-01" in str(rows("SELECT rules FROM commission_rules")[0][0])
        held = (
            "SELECT s.status, s.presiding_id, s.voting_by, c.code FROM commission_sessions s "
            "JOIN commissions c ON c.id = s.commission_id ORDER BY s.id"
        )
        assert rows(held) == [
            ("closed", 4, 4, "agency"),
            ("voting", 1, 1, "agency"),
            ("planned", None, None, "agency"),
        ]
        chairs = (
            "SELECT session_id, officer_id FROM session_members WHERE role = 'chair' ORDER BY 1"
        )
        assert rows(chairs) == [(1, 4), (2, 1), (3, 1)]


def test_database_without_sessions_gets_no_commission(tmp_path: Path) -> None:
    engine = open_engine(Settings(database_url=f"sqlite:///{tmp_path / 'new.db'}"))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM commissions")).scalar() == 0
    engine.dispose()
