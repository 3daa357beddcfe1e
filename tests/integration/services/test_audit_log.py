"""The audit log can be searched, its reading leaves a trace, and a changed event is found."""

from dataclasses import replace
from threading import Thread
from time import sleep
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from cli.audit import verify_audit as command
from db.models import AuditEventRow
from db.queries import audit as queries
from db.session import reading, unit_of_work
from domain.enums import Role
from domain.exceptions import NotFound, PermissionDenied
from domain.records.audit import AuditQuery
from domain.records.officer import Officer
from services import audit, audit_log, clock
from services.exports import ExportFormat
from tests.factories.officers import officer

ANYTHING = AuditQuery()


@pytest.fixture
def admin(database: Engine) -> Officer:
    return officer(Role.ADMINISTRATOR)


def happen(
    by: Officer | None, action: str = "updated", entity: str = "jobseeker", **more: Any
) -> int:
    with unit_of_work() as work:
        seq = audit.record(work.session, action=action, entity=entity, **more, by=by)
        work.commit()
        return seq


def test_newest_events_come_first_in_pages(admin: Officer) -> None:
    for number in range(5):
        happen(admin, entity_id=number)
    first = audit_log.find_events(wanted=ANYTHING, limit=3, by=admin)
    assert [row.entity_id for row in first.rows] == [None, "4", "3"]  # the search itself
    assert (first.total, first.is_counted, first.has_more) == (6, True, True)
    rest = audit_log.find_events(wanted=ANYTHING, before=first.rows[-1].seq, limit=3, by=admin)
    assert [row.entity_id for row in rest.rows] == ["2", "1", "0"]
    assert not rest.has_more


def test_a_long_search_is_counted_up_to_a_limit(
    admin: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        happen(admin, entity_id=number)
    monkeypatch.setattr(queries, "MOST_COUNTED", 4)
    found = audit_log.find_events(wanted=AuditQuery(entity="jobseeker"), limit=2, by=admin)
    assert (found.total, found.is_counted) == (4, False)


def test_search_by_what_it_is_about(admin: Officer) -> None:
    for number in range(3):
        happen(admin, entity_id=number)
    wanted = AuditQuery(entity="jobseeker", entity_id="2")
    assert [row.entity_id for row in audit_log.find_events(wanted=wanted, by=admin).rows] == ["2"]


def test_search_by_officer_action_entity_person_and_day(admin: Officer) -> None:
    recruiter = officer(Role.RECRUITER)
    happen(recruiter, "registered", subject="JS-1")
    happen(recruiter, "read", subject="JS-2")
    happen(None, "created", entity="vacancy")

    def found(**wanted: Any) -> list[str]:
        page = audit_log.find_events(wanted=replace(ANYTHING, **wanted), by=admin)
        return [row.action for row in page.rows if row.entity != "audit_log"]

    assert found(officer_id=recruiter.id) == ["read", "registered"]
    assert found(action="created") == ["created"]
    assert found(entity="vacancy") == ["created"]
    assert found(subject="JS-1") == ["registered"]
    assert len(found(since=clock.today(), until=clock.today())) == 3
    assert found(until=clock.today().replace(year=2020)) == []


def test_reading_is_logged_once_a_day_for_each_search(admin: Officer) -> None:
    for _ in range(3):
        audit_log.find_events(wanted=AuditQuery(subject="JS-1"), by=admin)
    readings = audit_log.find_events(wanted=AuditQuery(entity="audit_log"), by=admin)
    assert [row.actor_id for row in readings.rows] == [admin.id] * 2


def test_opened_event_shows_before_and_after_and_names_the_person(admin: Officer) -> None:
    seq = happen(admin, subject="JS-1", details={"phone": ["1", "2"]})
    protector = officer(Role.PRIVACY_OFFICER)
    assert audit_log.get_event(seq=seq, by=protector).details == {"phone": ["1", "2"]}
    shown = audit_log.get_event(seq=seq, by=admin)
    assert (shown.details, shown.fields) == (None, ("phone",))
    last = audit_log.find_events(wanted=AuditQuery(entity="audit_event"), by=admin).rows[0]
    assert (last.action, last.entity_id, last.subject) == ("read", str(seq), "JS-1")


def test_erased_details_are_told_from_none(admin: Officer) -> None:
    seq = happen(admin, details={"phone": ["1", "2"]})
    plain = happen(admin)
    with unit_of_work() as work:
        work.session.execute(text("DELETE FROM audit_details WHERE seq = :seq"), {"seq": seq})
        work.commit()
    assert audit_log.get_event(seq=seq, by=admin).are_erased
    assert not audit_log.get_event(seq=plain, by=admin).are_erased
    assert audit_log.verify_audit(by=admin).broken_seq is None


def test_unknown_event_is_not_found(admin: Officer) -> None:
    with pytest.raises(NotFound):
        audit_log.get_event(seq=4711, by=admin)


def test_whole_chain_verifies_and_the_check_is_logged(admin: Officer) -> None:
    happen(admin)
    assert audit_log.verify_audit(by=admin).broken_seq is None
    with reading() as session:
        last = session.query(AuditEventRow).order_by(AuditEventRow.seq.desc()).first()
    assert last is not None and (last.action, last.actor_id) == ("verified", admin.id)


def tamper(engine: Engine, change: str) -> None:
    """Change the table as somebody with the file in hand could: without its guards."""
    guards = {
        "sqlite": ("DROP TRIGGER audit_events_no_update", "DROP TRIGGER audit_events_no_delete"),
        "postgresql": ("DROP TRIGGER audit_events_never_changed ON audit_events",),
    }
    with engine.begin() as connection:
        for guard in guards[engine.dialect.name]:
            connection.exec_driver_sql(guard)
        connection.exec_driver_sql(change)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE audit_events SET action = 'read' WHERE seq = 2", "a field was changed"),
        (
            "UPDATE audit_events SET previous_hash = hash WHERE seq = 3",
            "it does not follow the event before it",
        ),
        (
            "UPDATE audit_events SET entity_id = (CASE seq WHEN 2 THEN '2' ELSE '1' END), "
            "hash = (SELECT o.hash FROM audit_events o WHERE o.seq = 5 - audit_events.seq) "
            "WHERE seq IN (2, 3)",
            "a field was changed",
        ),
        ("UPDATE audit_events SET subject = 'JS-9' WHERE seq = 2", "a field was changed"),
        ("DELETE FROM audit_events WHERE seq = 2", "an event is missing before this one"),
        ("DELETE FROM audit_head", "the end of the chain is missing"),
        ("DELETE FROM audit_events WHERE seq = 3", "the end of the chain is missing"),
        (
            'UPDATE audit_details SET details = \'{"phone": ["1", "9"]}\' WHERE seq = 2',
            "its details were changed",
        ),
    ],
)
def test_changed_event_is_found(
    admin: Officer, database: Engine, change: str, problem: str
) -> None:
    for number in range(3):
        happen(admin, details={"phone": ["1", str(number)]})
    tamper(database, change)
    report = audit_log.verify_audit(by=admin)
    assert report.broken_seq in (2, 3) or (report.broken_seq, "head" in change) == (4, True)
    assert report.problem == problem


def test_event_that_can_not_even_be_read_is_named(
    sqlite_database: Engine,
) -> None:
    for number in range(3):
        happen(None, details={"phone": ["1", str(number)]})
    tamper(sqlite_database, "UPDATE audit_events SET happened_at = 'never' WHERE seq = 2")
    assert audit.verify_chain() == audit.ChainReport(1, 2, "a field was changed")


def test_only_administrators_and_data_protection_read_the_log(admin: Officer) -> None:
    seq = happen(admin)
    for role in set(Role) - {Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}:
        other = officer(role)
        for forbidden in (
            lambda by: audit_log.find_events(wanted=ANYTHING, by=by),
            lambda by: audit_log.get_event(seq=seq, by=by),
            lambda by: audit_log.verify_audit(by=by),
            lambda by: audit_log.list_actors(by=by),
            lambda by: audit_log.export_events(headings=[], rows=[], form=ExportFormat.CSV, by=by),
        ):
            with pytest.raises(PermissionDenied):
                forbidden(other)


def test_export_is_logged(admin: Officer) -> None:
    made = audit_log.export_events(
        headings=["№"], rows=[(1,), (2,)], form=ExportFormat.CSV, by=admin
    )
    assert made.content.decode("utf-8-sig").splitlines() == ["№", "1", "2"]
    (row,) = audit_log.find_events(wanted=AuditQuery(action="exported"), by=admin).rows
    assert audit_log.get_event(seq=row.seq, by=admin).details == {"rows": 2, "format": "csv"}


def test_command_says_whole_or_where_it_is_broken(
    sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIGRATION_DATABASE_URL", str(sqlite_database.url))
    happen(None)
    whole = CliRunner().invoke(command)
    assert (whole.exit_code, "whole: 1 events" in whole.output) == (0, True)
    tamper(sqlite_database, "UPDATE audit_events SET action = 'read' WHERE seq = 1")
    broken = CliRunner().invoke(command)
    assert broken.exit_code == 1
    assert "BROKEN at event 1: a field was changed" in broken.output


def test_two_first_events_in_the_same_moment_are_one_chain(database: Engine) -> None:
    second = Thread(target=lambda: happen(None))
    with unit_of_work() as work:
        audit.record(work.session, action="updated", entity="jobseeker", by=None)
        second.start()
        sleep(0.2)  # the second one meets the chain without its first event
        work.commit()
    second.join(30)
    assert audit.verify_chain() == audit.ChainReport(2)
