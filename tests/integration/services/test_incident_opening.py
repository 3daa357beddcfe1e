"""What the system notices opens one incident, however often and by however many processes."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.models import AuditEventRow, IncidentEventRow, IncidentRow, MessageRow
from db.session import reading, unit_of_work
from domain.enums import IncidentKind, IncidentStatus, Role
from domain.texts import Sentence
from services.incidents.opening import open_incident
from services.incidents.rules import authority_on
from tests.factories.officers import officer

WHAT = Sentence("The audit chain breaks.")


def notice(key: str = "audit-chain") -> str:
    with unit_of_work() as work:
        number = open_incident(work.session, kind=IncidentKind.DATA, key=key, sentence=WHAT)
        work.commit()
        return number


def all_incidents() -> list[IncidentRow]:
    with reading() as session:
        return list(session.scalars(select(IncidentRow).order_by(IncidentRow.id)))


@pytest.mark.usefixtures("sqlite_database")
def test_the_same_again_is_counted_on_the_incident_that_runs() -> None:
    first = notice()
    assert [notice(), notice()] == [first, first]
    assert notice("backup") != first
    one, other = all_incidents()
    assert (one.times, other.times, one.version) == (3, 1, 1)
    assert one.notify_until - one.identified_at == timedelta(hours=72)


@pytest.mark.usefixtures("sqlite_database")
def test_after_the_close_the_same_again_opens_a_new_incident() -> None:
    first = notice()
    with unit_of_work() as work:
        row = work.session.scalars(select(IncidentRow)).one()
        row.status = IncidentStatus.CLOSED
        work.commit()
    assert notice() != first


@pytest.mark.usefixtures("sqlite_database")
def test_those_who_act_on_incidents_hear_of_it_once() -> None:
    told = {officer(Role.PRIVACY_OFFICER).id, officer(Role.ADMINISTRATOR).id}
    officer(Role.RECRUITER)
    notice()
    notice()
    with reading() as session:
        assert {row.recipient_id for row in session.scalars(select(MessageRow))} == told
        actions = session.scalars(select(AuditEventRow.action)).all()
        steps = session.scalars(select(IncidentEventRow.step)).all()
    assert actions.count("opened_incident") == 1 and len(steps) == 1


def test_of_processes_that_notice_the_same_at_once_one_opens_it(database: Engine) -> None:
    together = threading.Barrier(6)
    numbers: list[str] = []

    def run() -> None:
        together.wait()
        numbers.append(notice())

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 6 and len(set(numbers)) == 1
    assert [row.times for row in all_incidents()] == [6]


def test_the_authority_is_the_one_of_the_day() -> None:
    from datetime import date

    assert authority_on(date(2026, 3, 1)).code == "personal_data_protection_service"
    assert authority_on(date(2026, 3, 2)).code == "state_audit_office"
