"""Reminded once for each planned day; the return, what was learned and the survey go where told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select

from db.models import (
    DeploymentRow,
    EmployerRow,
    FollowUpRow,
    JobseekerRow,
    MessageRow,
    MonitoringCaseRow,
    ReturnReminderRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    CaseCategory,
    CefrLevel,
    Evidence,
    FollowUpOutcome,
    GainKind,
    JobseekerStatus,
    PayAsPromised,
    ReminderState,
    ReturnNeed,
    ReturnReason,
    Role,
)
from domain.enums import DeploymentStatus as D
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused, StaleVersion
from domain.records.officer import Officer
from domain.records.returns import GainForm, ReturnForm, SurveyForm
from services import clock
from services.jobseekers.register import get_jobseeker
from services.monitoring.cases import get_case
from services.rankings.pool import live_pool
from services.returns import follow_ups, gains, recording, reminders, surveys
from services.returns import reading as screens
from tests.factories import histories, stays
from tests.factories.officers import officer

ABROAD = (D.DEPARTED, D.ARRIVED, D.WORKING)


def away(days_left: int | None = 100, employer: int | None = None) -> str:
    """Somebody at work abroad whose stay ends in so many days."""
    end = None if days_left is None else clock.today() + timedelta(days_left)
    vacancy = histories.vacancy(end_on=end, employer_id=employer)
    return stays.stay(*ABROAD, vacancy=vacancy, on=clock.today() - timedelta(30))


def employer() -> int:
    with unit_of_work() as work:
        row = EmployerRow(
            name="Beispielhof", status="verified", created_at=clock.now(), updated_at=clock.now()
        )
        work.session.add(row)
        work.commit()
        return row.id


def messages(template: str = "returns.end_is_near") -> list[MessageRow]:
    with reading() as session:
        return list(session.scalars(select(MessageRow).where(MessageRow.template == template)))


def back(**changed: object) -> ReturnForm:
    told = {"returned_on": clock.today(), "reason": ReturnReason.SEASON_OVER}
    return ReturnForm(**{**told, **changed})  # type: ignore[arg-type]


def returned(by: Officer, **changed: object) -> str:
    number = away(0, **{k: changed.pop(k) for k in ("employer",) if k in changed})  # type: ignore[arg-type]
    recording.record_return(deployment_number=number, form=back(**changed), by=by)
    return number


def with_a_name(number: str) -> str:
    """The stay of somebody whose file can be saved: a name is the least that it needs."""
    with unit_of_work() as work:
        person = work.session.get_one(JobseekerRow, stays.read(number).jobseeker_id)
        person.first_name_ka, person.last_name_ka = "ნინო", "ტესტაძე"
        person.first_name_lat, person.last_name_lat = "Nino", "Testadze"
        work.commit()
    return number


def secret_of(address: str) -> str:
    return address.rsplit("/", 1)[1]


def test_each_reminder_goes_out_once_however_often_the_job_runs(sqlite_database: Engine) -> None:
    away(100)
    for _ in range(2):
        assert reminders.send_return_reminders() == 0
    for days, sent in ((10, 1), (76, 2), (7, 3)):
        clock.move(days)
        for _ in range(3):
            reminders.send_return_reminders()
        assert len(messages()) == sent


def test_a_late_job_sends_the_nearest_reminder_and_no_other(sqlite_database: Engine) -> None:
    number = away(5)
    assert reminders.send_return_reminders() == 1
    with reading() as session:
        told = reminders.reminders_of(session, stays.read(number))
    assert {x.days_before: x.state for x in told} == {
        90: ReminderState.PASSED,
        14: ReminderState.PASSED,
        7: ReminderState.SENT,
    }
    assert len(messages()) == 1


def test_another_planned_day_is_reminded_of_anew(sqlite_database: Engine) -> None:
    number = away(14)
    assert reminders.send_return_reminders() == 1
    later = clock.today() + timedelta(60)
    with unit_of_work() as work:
        work.session.get_one(DeploymentRow, stays.read(number).id).planned_return_on = later
        work.commit()
    assert reminders.send_return_reminders() == 1  # the new day is told at once
    assert reminders.send_return_reminders() == 0
    clock.move(46)
    assert reminders.send_return_reminders() == 1
    assert [message.facts["day"] for message in messages()] == [
        {"date": (later - timedelta(46)).isoformat()},
        {"date": later.isoformat()},
        {"date": later.isoformat()},
    ]


def test_nobody_is_reminded_who_is_back_has_not_left_or_has_no_known_end(
    sqlite_database: Engine,
) -> None:
    by = officer()
    stays.stay(vacancy=histories.vacancy(end_on=clock.today() + timedelta(5)))
    away(None)
    returned(by)
    assert reminders.send_return_reminders() == 0
    with reading() as session:
        assert session.scalars(select(ReturnReminderRow)).all() == []


def test_a_return_ends_the_stay_and_frees_the_person(sqlite_database: Engine) -> None:
    by = officer()
    number = away(3)
    form = back(needs=(ReturnNeed.JOB, ReturnNeed.LEGAL_CLAIM), plan="visit on Monday")
    recording.record_return(deployment_number=number, form=form, by=by)
    stay = stays.read(number)
    assert (stay.status, stay.returned_on, stay.end_reason) == (
        D.RETURNED,
        clock.today(),
        "completed",
    )
    with reading() as session:
        person = session.get_one(JobseekerRow, stay.jobseeker_id)
        assert person.status is JobseekerStatus.ACTIVE
    detail = screens.get_return(deployment_number=number, by=by)
    assert detail.form == form
    assert detail.stay.is_on_time is True
    with pytest.raises(Refused, match="recorded already"):
        recording.record_return(deployment_number=number, form=form, by=by)


def test_on_time_is_up_to_the_tolerance_and_unknown_without_a_planned_day(
    sqlite_database: Engine,
) -> None:
    by = officer()
    found = {}
    for days in (-7, -8, None):
        number = away(days)
        recording.record_return(deployment_number=number, form=back(), by=by)
        found[days] = screens.get_return(deployment_number=number, by=by).stay.is_on_time
    assert found == {-7: True, -8: False, None: None}


def test_an_impossible_return_is_refused_with_the_field(sqlite_database: Engine) -> None:
    by = officer()
    number = away(3)
    for wrong, field in (
        ({"returned_on": clock.today() + timedelta(1)}, "returned_on"),
        ({"returned_on": clock.today() - timedelta(31)}, "returned_on"),
        ({"reason": ReturnReason.OTHER}, "reason_note"),
    ):
        with pytest.raises(InvalidInput) as refused:
            recording.record_return(deployment_number=number, form=back(**wrong), by=by)
        assert [problem.field for problem in refused.value.problems] == [field]
    planned = stays.stay()
    with pytest.raises(Refused, match="has not departed"):
        recording.record_return(deployment_number=planned, form=back(), by=by)
    with pytest.raises(PermissionDenied):
        recording.record_return(deployment_number=number, form=back(), by=officer(Role.MANAGER))
    assert stays.read(number).status is D.WORKING


def test_who_saves_second_overwrites_nothing(sqlite_database: Engine) -> None:
    by = officer()
    number = returned(by)
    version = screens.get_return(deployment_number=number, by=by).version or 0
    recording.update_return(
        deployment_number=number, form=back(plan="first"), version=version, by=by
    )
    with pytest.raises(StaleVersion):
        recording.update_return(
            deployment_number=number, form=back(plan="second"), version=version, by=by
        )
    assert screens.get_return(deployment_number=number, by=by).form == back(plan="first")


def test_what_was_learned_stands_in_the_file_and_in_the_next_ranking(
    sqlite_database: Engine,
) -> None:
    by = officer()
    number = with_a_name(returned(by))
    stay = stays.read(number)
    live_pool()
    for gain in (
        GainForm(
            kind=GainKind.LANGUAGE,
            code="de",
            detail="A2",
            evidence=Evidence.CERTIFICATE,
            evidence_note="telc 2026",
        ),
        GainForm(kind=GainKind.LICENCE, code="C", evidence=Evidence.CERTIFICATE),
        GainForm(kind=GainKind.OCCUPATION, code="9211", detail="0,3"),
    ):
        gains.add_gain(deployment_number=number, gain=gain, by=by)
    detail = screens.get_return(deployment_number=number, by=by)
    assert [(x.kind, x.code, x.detail) for x in detail.gains] == [
        (GainKind.LANGUAGE, "de", "A2"),
        (GainKind.LICENCE, "C", ""),
        (GainKind.OCCUPATION, "9211", "0,3"),
    ]
    form = get_jobseeker(external_id=detail.stay.external_id, by=by).form
    assert (form.languages[0].level, form.languages[0].evidence) == (
        CefrLevel.A2,
        Evidence.CERTIFICATE,
    )
    assert (form.occupations[0].isco, form.occupations[0].years, form.occupations[0].country) == (
        "9211",
        0.3,
        "DE",
    )
    profile = live_pool().pool.profile(stay.jobseeker_id)
    assert profile.languages == {"de": (2, Evidence.CERTIFICATE)}
    assert "C" in profile.licences


def test_nothing_known_better_is_overwritten(sqlite_database: Engine) -> None:
    by = officer()
    number = with_a_name(returned(by))
    known = GainForm(kind=GainKind.LANGUAGE, code="de", detail="B1", evidence=Evidence.CERTIFICATE)
    gains.add_gain(deployment_number=number, gain=known, by=by)
    for detail in ("A2", "B1"):
        with pytest.raises(InvalidInput, match="already"):
            gains.add_gain(
                deployment_number=number,
                gain=GainForm(kind=GainKind.LANGUAGE, code="de", detail=detail),
                by=by,
            )
    with pytest.raises(InvalidInput):
        gains.add_gain(
            deployment_number=number,
            gain=GainForm(kind=GainKind.OCCUPATION, code="9211", detail="many"),
            by=by,
        )
    with pytest.raises(Refused, match="Record the return first"):
        gains.add_gain(deployment_number=away(3), gain=known, by=by)
    assert len(screens.get_return(deployment_number=number, by=by).gains) == 1


def test_the_survey_is_sent_once_by_itself_and_answered_once(sqlite_database: Engine) -> None:
    by = officer()
    farm = employer()
    number = returned(by, employer=farm)
    assert surveys.send_exit_surveys() == 1
    assert surveys.send_exit_surveys() == 0
    first = secret_of(str((messages("returns.exit_survey")[0].secrets or {})["link"]))
    assert surveys.open_survey(secret=first).employer == "Beispielhof"
    form = SurveyForm(
        fee_paid=True,
        fee_amount=Decimal(300),
        fee_currency="EUR",
        pay_as_promised=PayAsPromised.PARTLY,
        recommends=4,
    )
    surveys.answer_survey(secret=first, form=form)
    with pytest.raises(Refused, match="answered already"):
        surveys.answer_survey(secret=first, form=SurveyForm(recommends=10))
    kept = screens.get_return(deployment_number=number, by=by).survey
    assert kept is not None
    assert (kept.recommends, kept.fee_amount, kept.by_officer) == (4, Decimal("300.00"), False)
    with pytest.raises(Refused, match="answered already"):
        surveys.send_survey(deployment_number=number, by=by)
    with reading() as session:
        said = surveys.exit_answers_of(session, farm)
    assert (said.returned, said.answered, said.fees_paid, said.recommends_mean) == (1, 1, 1, 4.0)
    assert said.pay_answers == {PayAsPromised.PARTLY: 1}


def test_a_link_that_is_over_called_back_or_unknown_answers_nothing(
    sqlite_database: Engine,
) -> None:
    by = officer()
    number = returned(by)
    older = secret_of(surveys.send_survey(deployment_number=number, by=by))
    newer = secret_of(surveys.send_survey(deployment_number=number, by=by))
    with pytest.raises(Refused, match="called back"):
        surveys.answer_survey(secret=older, form=SurveyForm(recommends=5))
    with pytest.raises(NotFound):
        surveys.open_survey(secret="x" * 43)
    clock.move(61)
    with pytest.raises(Refused, match="was open until"):
        surveys.answer_survey(secret=newer, form=SurveyForm(recommends=5))
    surveys.record_survey(deployment_number=number, form=SurveyForm(recommends=5), by=by)
    kept = screens.get_return(deployment_number=number, by=by).survey
    assert kept is not None
    assert kept.by_officer


def test_wrong_answers_name_their_fields_and_are_not_kept(sqlite_database: Engine) -> None:
    by = officer()
    secret = secret_of(surveys.send_survey(deployment_number=returned(by), by=by))
    for form, field in (
        (SurveyForm(), "fee_paid"),
        (SurveyForm(fee_paid=True, fee_amount=Decimal(-1), fee_currency="EUR"), "fee_amount"),
        (SurveyForm(fee_paid=True, fee_amount=Decimal(10)), "fee_currency"),
        (SurveyForm(recommends=11), "recommends"),
    ):
        with pytest.raises(InvalidInput) as refused:
            surveys.answer_survey(secret=secret, form=form)
        assert field in [problem.field for problem in refused.value.problems]
    surveys.answer_survey(secret=secret, form=SurveyForm(recommends=0))


def test_people_are_asked_after_three_six_and_twelve_months_once_each(
    sqlite_database: Engine,
) -> None:
    by = officer()
    number = returned(by)
    assert follow_ups.plan_follow_ups() == 0
    made = []
    for days in (95, 92, 185):
        clock.move(days)
        made += [follow_ups.plan_follow_ups(), follow_ups.plan_follow_ups()]
    assert made == [1, 0, 1, 0, 1, 0]
    tasks = screens.get_return(deployment_number=number, by=by).follow_ups
    assert [task.months for task in tasks] == [3, 6, 12]
    follow_ups.record_follow_up(
        follow_up_id=tasks[0].id, outcome=FollowUpOutcome.EMPLOYED, note="at a bakery", by=by
    )
    with pytest.raises(Refused):
        follow_ups.record_follow_up(
            follow_up_id=tasks[0].id, outcome=FollowUpOutcome.LOOKING, by=by
        )
    board = screens.get_returns_board(by=by)
    assert [task.months for task in board.due] == [6, 12]


def test_a_task_of_a_year_ago_is_not_made_up_for_three_times(sqlite_database: Engine) -> None:
    by = officer()
    returned(by)
    clock.move(370)
    assert follow_ups.plan_follow_ups() == 1
    with reading() as session:
        assert [row.months for row in session.scalars(select(FollowUpRow))] == [12]


def test_the_board_counts_who_is_expected_late_or_without_a_known_day(
    sqlite_database: Engine,
) -> None:
    by = officer()
    soon, late = away(20), away(-2)
    away(None)
    away(200)
    back_number = returned(by)
    board = screens.get_returns_board(by=by)
    assert [x.deployment for x in board.expected] == [late, soon]
    assert (board.overdue, board.unknown_end) == (1, 1)
    assert [x.deployment for x in board.back] == [back_number]
    assert isinstance(board.back[0].returned_on, date)


def test_a_fee_and_much_less_pay_become_cases_with_the_monitoring_officers(
    sqlite_database: Engine,
) -> None:
    by = officer()
    secret = secret_of(surveys.send_survey(deployment_number=returned(by), by=by))
    form = SurveyForm(
        fee_paid=True,
        fee_amount=Decimal(300),
        fee_currency="EUR",
        fee_to="an agent",
        pay_as_promised=PayAsPromised.NO,
        comment="half of the hours",
    )
    surveys.answer_survey(secret=secret, form=form)
    with reading() as session:
        found = session.scalars(select(MonitoringCaseRow).order_by(MonitoringCaseRow.id)).all()
        assert all(case.act_until > clock.now() for case in found)
        numbers = [case.number for case in found]
    inspector = officer(Role.INSPECTOR)
    told = [get_case(number=number, by=inspector) for number in numbers]
    assert [(case.summary.category, case.text) for case in told] == [
        (CaseCategory.FEE, "300 EUR an agent\n\nhalf of the hours"),
        (CaseCategory.WAGE, "half of the hours"),
    ]


def test_a_good_survey_opens_no_case(sqlite_database: Engine) -> None:
    by = officer()
    form = SurveyForm(fee_paid=False, pay_as_promised=PayAsPromised.PARTLY)
    surveys.record_survey(deployment_number=returned(by), form=form, by=by)
    with reading() as session:
        assert session.scalars(select(MonitoringCaseRow)).all() == []
