"""What waits on the road, and a person's whole story."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.session import reading, unit_of_work
from domain.enums import RoadArea, Role, Urgency
from domain.exceptions import PermissionDenied
from domain.records.officer import Officer
from domain.records.road import RoadTask
from domain.texts import Sentence
from services.jobseekers.registration import register_jobseeker
from services.notifications import Recipient, queue_message
from services.road import timeline, todo
from services.texts import render
from tests.factories import histories
from tests.factories.jobseekers import person as form
from tests.factories.officers import officer


def task(urgency: Urgency, due: date | None) -> RoadTask:
    return RoadTask(RoadArea.CV, urgency, due, Sentence("x"), "x", "road")


def test_what_is_late_comes_first_then_what_is_due_first(
    sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [
        task(Urgency.LATER, None),
        task(Urgency.DUE, date(2027, 3, 2)),
        task(Urgency.LATE, date(2027, 2, 1)),
        task(Urgency.DUE, date(2027, 3, 1)),
    ]

    def source(_session: Session, _officer: Officer) -> Iterator[RoadTask]:
        yield from told

    monkeypatch.setattr(todo, "SOURCES", (source,))
    assert list(todo.list_todo(by=officer())) == [told[2], told[3], told[1], told[0]]


def test_nobody_without_the_right_is_told_what_waits(sqlite_database: Engine) -> None:
    with pytest.raises(PermissionDenied):
        todo.list_todo(by=officer(Role.COMMISSION_MEMBER))


def test_a_story_goes_from_registration_to_return(sqlite_database: Engine) -> None:
    person = histories.person(registered_on="2026-01-10")
    vacancy = histories.vacancy()
    histories.candidacy(
        person,
        vacancy,
        ("preselected", "2026-02-01"),
        ("commission_review", "2026-02-02"),
        ("approved", "2026-02-10"),
        ("returned", "2026-10-01"),
    )
    with unit_of_work() as work:
        queue_message(
            work.session,
            template="road.please_call",
            to=Recipient.jobseeker(person),
            values={"vacancy": "V-1", "until": date(2026, 12, 1)},
            key="k",
            by=None,
        )
        work.commit()
    with reading() as session:
        told = timeline.events_of(session, person)
    assert [event.area for event in reversed(told)] == [
        RoadArea.REGISTER,
        RoadArea.SELECTION,
        RoadArea.COMMISSION,
        RoadArea.COMMISSION,
        RoadArea.RETURN,
        RoadArea.MESSAGE,
    ]
    assert render(told[0].what, "en") == "Message “Request to call back” waits to be sent"
    assert "დაბრუნდა" in render(told[1].what, "ka")


def test_a_registration_has_its_hour_and_officer(sqlite_database: Engine) -> None:
    recruiter = officer()
    register_jobseeker(form=form(), by=recruiter)
    with reading() as session:
        told = timeline.events_of(session, 1)
    assert [(event.area, event.by, event.is_day_only) for event in told] == [
        (RoadArea.REGISTER, recruiter.id, False)
    ]
