"""What passes in the database (deadlock, failed serialization, lost connection) is a sentence."""

from __future__ import annotations

import threading

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from db.requests import Request, working_for
from db.session import UnitOfWork, configure, reading, unit_of_work
from db.settings import Settings
from domain.exceptions import DoneAlready, TryAgain
from services import audit, requests
from tests.integration.services.commission.race import accepted, at_once, refused

NOTHING_CHANGED = "Nothing was changed: try again"
FAILED = "DO $$ BEGIN RAISE EXCEPTION 'could not serialize' USING ERRCODE = '{}'; END $$"
LOST = "SELECT pg_terminate_backend(pg_backend_pid())"


def change(request_id: str) -> None:
    with requests.once(request_id), unit_of_work() as work:
        audit.record(work.session, action="tried", entity="test", by=None)
        work.commit()


def tried() -> int:
    with reading() as session:
        query = "SELECT count(*) FROM audit_events WHERE action = 'tried'"
        return session.execute(text(query)).scalar() or 0


@pytest.mark.postgres
@pytest.mark.parametrize("statement", [FAILED.format("40001"), FAILED.format("40P01"), LOST])
@pytest.mark.parametrize("database_settings", ["postgres"], indirect=True)
def test_passing_failure_is_a_sentence_and_the_next_try_goes_through(
    database: Engine, statement: str
) -> None:
    with pytest.raises(TryAgain, match=NOTHING_CHANGED), unit_of_work() as work:
        audit.record(work.session, action="tried", entity="test", by=None)
        work.session.execute(text(statement))
        work.commit()
    with pytest.raises(TryAgain), reading() as session:
        session.execute(text(statement))
    assert tried() == 0
    change("request-again")
    assert tried() == 1


@pytest.mark.postgres
@pytest.mark.parametrize("database_settings", ["postgres"], indirect=True)
def test_of_two_who_wait_for_each_other_one_is_told_to_try_again(database: Engine) -> None:
    both_hold = threading.Barrier(2)

    def hold(first: int, second: int) -> None:
        with unit_of_work() as work:
            work.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": first})
            both_hold.wait(timeout=30)
            work.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": second})
            work.commit()

    answers = at_once(lambda: hold(1, 2), lambda: hold(2, 1))
    assert len(accepted(answers)) == 1
    assert [NOTHING_CHANGED in str(one) for one in refused(answers)] == [True]


def test_locked_file_is_a_sentence(sqlite_database: Engine, settings: Settings) -> None:
    engine = configure(settings)
    event.listen(engine, "connect", lambda own, _: own.execute("PRAGMA busy_timeout=20"))
    stranger = dbapi2.connect(str(engine.url.database), isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    with pytest.raises(TryAgain, match=NOTHING_CHANGED):
        change("request-locked")
    stranger.execute("ROLLBACK")
    stranger.close()
    change("request-locked")
    assert tried() == 1


@pytest.mark.postgres
@pytest.mark.parametrize("database_settings", ["postgres"], indirect=True)
def test_connection_lost_after_the_commit_doubles_nothing(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit came through and its answer did not: the screen must keep the request's id."""
    commit = Session.commit

    def commit_unheard(session: Session) -> None:
        commit(session)
        session.execute(text(LOST))

    monkeypatch.setattr(Session, "commit", commit_unheard)
    request = Request("request-1")
    not_twice = pytest.raises(TryAgain, match="is not saved twice")
    with not_twice, working_for(request), UnitOfWork("tests.order") as work:
        audit.record(work.session, action="tried", entity="test", by=None)
        work.commit()
    assert not request.has_changed, "a new id would be drawn, and the order be done twice"
    monkeypatch.undo()
    with pytest.raises(DoneAlready), requests.once("request-1"), UnitOfWork("tests.order"):
        pass
    assert tried() == 1
