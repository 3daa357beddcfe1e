"""What coming back leaves to do, and what a person's story tells of it."""

from sqlalchemy import Engine

from db.session import reading
from domain.enums import GainKind, Role
from domain.records.officer import Officer
from domain.records.returns import GainForm, SurveyForm
from domain.records.road import RoadTask
from services import clock
from services.returns import follow_ups, gains, reminders, surveys
from services.returns.road import return_events, return_tasks
from tests.factories import stays
from tests.factories.officers import officer
from tests.integration.services.returns.test_coming_back import away, returned, with_a_name


def tasks(by: Officer) -> list[RoadTask]:
    with reading() as session:
        return list(return_tasks(session, by))


def test_a_near_end_and_a_due_question_wait_for_the_recruiter_alone(
    sqlite_database: Engine,
) -> None:
    by = officer()
    away(100)
    near, back = away(10), returned(by)
    assert [task.query for task in tasks(by)] == [{"stay": near}]
    clock.move(95)
    follow_ups.plan_follow_ups()
    assert {"stay": back} in [task.query for task in tasks(by)]
    assert tasks(officer(Role.MANAGER)) == []


def test_the_story_tells_each_step_once_and_no_answer_of_the_survey(
    sqlite_database: Engine,
) -> None:
    by = officer()
    number = with_a_name(away(6))
    reminders.send_return_reminders()
    person = stays.read(number).jobseeker_id
    with reading() as session:
        assert [event.what.text for event in return_events(session, person)] == [
            "Reminded of the return on {day}"
        ]
    number = with_a_name(returned(by))
    gain = GainForm(kind=GainKind.LANGUAGE, code="de", detail="A1")
    gains.add_gain(deployment_number=number, gain=gain, by=by)
    form = SurveyForm(fee_paid=True, comment="a secret")
    surveys.record_survey(deployment_number=number, form=form, by=by)
    person = stays.read(number).jobseeker_id
    with reading() as session:
        told = list(return_events(session, person))
    assert [event.what.text.split(":")[0] for event in told] == [
        "Back home since {day}",
        "Learned abroad, written into the file",
        "Answered the survey after the return",
    ]
    assert all("secret" not in str(event) for event in told)
