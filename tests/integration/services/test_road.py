"""What waits on the road, and a person's whole story."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from db.models import JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import RoadArea, Role, Urgency
from domain.exceptions import PermissionDenied, Refused
from domain.records.officer import Officer
from domain.records.road import RoadQuery, RoadTask
from domain.texts import Sentence
from services import clock
from services.jobseekers.registration import register_jobseeker
from services.notifications import Recipient, queue_message
from services.notifications.worker import send_due
from services.road import timeline, todo
from services.road.board import get_board, limits_on, list_choices
from services.road.calling import ask_to_call, calling_refusal
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


def on_the_road(*steps: tuple[str, str], vacancy: int | None = None) -> int:
    return histories.candidacy(histories.person(), vacancy or histories.vacancy(), *steps)


def days_ago(days: int) -> str:
    return str(clock.today() - timedelta(days))


def test_the_board_counts_each_step_and_shows_late_ones_first(sqlite_database: Engine) -> None:
    limit = limits_on(clock.today())[C.SENT]
    fresh = on_the_road(("approved", days_ago(limit + 9)), ("sent", days_ago(limit - 2)))
    late = on_the_road(("sent", days_ago(limit + 1)))
    on_the_road(("working", days_ago(400)))
    on_the_road(("declined", days_ago(400)))
    board = get_board(wanted=RoadQuery(), by=officer())
    assert {step.status: (step.people, step.late) for step in board.steps if step.people} == {
        C.SENT: (2, 1),
        C.WORKING: (1, 0),
    }
    assert [(row.id, row.is_late) for row in board.rows][:2] == [(late, True), (fresh, False)]
    assert board.rows[0].days == limit + 1
    assert board.rows[0].due_on == clock.today() - timedelta(1)
    assert (board.total, board.late) == (3, 1)


def test_the_last_day_of_a_step_is_not_late_yet(sqlite_database: Engine) -> None:
    on_the_road(("sent", days_ago(limits_on(clock.today())[C.SENT])))
    assert not get_board(wanted=RoadQuery(), by=officer()).rows[0].is_late


def test_the_board_can_be_narrowed(sqlite_database: Engine) -> None:
    poland = histories.vacancy("PL")
    one = on_the_road(("sent", days_ago(90)), vacancy=poland)
    on_the_road(("approved", days_ago(1)))
    recruiter = officer()

    def ids(**wanted: object) -> list[int]:
        board = get_board(wanted=RoadQuery(**wanted), by=recruiter)  # type: ignore[arg-type]
        return [row.id for row in board.rows]

    number = get_board(wanted=RoadQuery(country="PL"), by=recruiter).rows[0].vacancy
    assert ids(country="PL") == ids(vacancy=number) == ids(late_only=True) == [one]
    assert ids(step=C.SENT) == [one]
    assert ids(mine=True) == ids(employer_id=7) == []
    narrowed = get_board(wanted=RoadQuery(step=C.SENT), by=recruiter)
    assert sum(step.people for step in narrowed.steps) == 2, "counts are of every step"
    assert list_choices(by=recruiter).countries == ("DE", "PL")


def test_what_has_to_be_done_for_somebody_is_their_next_action(sqlite_database: Engine) -> None:
    candidacy = on_the_road(("permit_pending", days_ago(1)))
    recruiter = officer()
    (row,) = get_board(wanted=RoadQuery(), by=recruiter).rows
    assert (row.action.page, row.action.query) == ("preparation", {"candidacy": str(candidacy)})
    told = replace(task(Urgency.LATE, None), action="Ask for the passport", candidacy_id=candidacy)
    (row,) = get_board(wanted=RoadQuery(), tasks=[told], by=recruiter).rows
    assert row.action.text == "Ask for the passport"


def test_the_board_takes_two_queries_however_many_people(sqlite_database: Engine) -> None:
    recruiter, asked = officer(), []

    def count(*_args: object) -> None:
        asked.append(1)

    event.listen(sqlite_database, "before_cursor_execute", count)
    for people in (1, 6):
        for _ in range(people):
            on_the_road(("sent", days_ago(1)))
        asked.clear()
        get_board(wanted=RoadQuery(), by=recruiter)
        assert len(asked) <= 3
    event.remove(sqlite_database, "before_cursor_execute", count)


def test_somebody_is_asked_to_call_once_a_day(sqlite_database: Engine) -> None:
    candidacy, recruiter = on_the_road(("sent", days_ago(1))), officer()
    with pytest.raises(Refused, match="neither a phone"):
        ask_to_call(candidacy_id=candidacy, by=recruiter)
    with unit_of_work() as work:
        work.session.get_one(JobseekerRow, 1).phone = "+995555000101"
        work.commit()
    assert calling_refusal(candidacy_id=candidacy, by=recruiter) is None
    ask_to_call(candidacy_id=candidacy, by=recruiter)
    with pytest.raises(Refused, match="today already"):
        ask_to_call(candidacy_id=candidacy, by=recruiter)


def test_an_officer_finds_on_the_screen_what_was_told_to_them(sqlite_database: Engine) -> None:
    recruiter, other = officer(), officer(username="other")
    with unit_of_work() as work:
        queue_message(
            work.session,
            template="monitoring.case_opened",
            to=Recipient.officer(recruiter.id),
            values={"case": "CASE-7", "urgency": "high", "until": clock.today()},
            key="k",
            by=None,
        )
        work.commit()
    send_due()
    (told,) = todo.list_todo(by=recruiter)
    assert told.page == "cases"
    assert "CASE-7" in render(told.what, "en")
    assert todo.list_todo(by=other) == ()
