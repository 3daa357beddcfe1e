"""An incident from the report to the close: clock, assessment, notification in parts, people."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from db.models import (
    AuditEventRow,
    IncidentNotificationRow,
    JobseekerRow,
    MessageRow,
    SignInAttemptRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    AssessmentGround,
    AssessmentStatus,
    BreachedData,
    BreachedPeople,
    BreachType,
    FileFormat,
    Harm,
    IncidentKind,
    IncidentStatus,
    NotificationClock,
    RemainingRisk,
    Role,
    TellPeople,
)
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused, StaleVersion
from domain.records.incidents import AssessmentForm, BreachForm, ReportForm
from domain.records.officer import Officer
from services import clock
from services.due_work import DueJob, run_due
from services.incidents import handling, impact, notifying, people, register, watching
from services.incidents.register import get_incident
from services.permissions import MATRIX, Permission
from tests.factories import histories
from tests.factories.officers import officer

HANDLERS = [role for role in Role if Permission.INCIDENTS_HANDLE in MATRIX[role]]
DESCRIBED = BreachForm(
    circumstances="სია სხვა მისამართზე გაიგზავნა",
    breach_types=(BreachType.CONFIDENTIALITY,),
    data_categories=(BreachedData.IDENTITY, BreachedData.CONTACT),
    data_volume="one list",
    people_categories=(BreachedPeople.JOBSEEKERS,),
    people_count=12,
    measures="წერილი უკან იქნა გამოთხოვილი",
    tell_people=TellPeople.YES,
    tell_people_on=date(2026, 11, 25),
    contact="ნ. ტესტაძე, dpo@example.ge",
)


@pytest.fixture(autouse=True)
def ready(sqlite_database: Engine) -> None:
    pass


@pytest.fixture
def dpo() -> Officer:
    return officer(Role.PRIVACY_OFFICER)


def reported(hours_ago: float = 0, by: Officer | None = None) -> str:
    form = ReportForm(
        IncidentKind.SECURITY,
        "List sent to the wrong address",
        "A list of 12 people went to another employer.",
        clock.now() - timedelta(hours=hours_ago),
    )
    return register.report_incident(form=form, by=by or officer(username=f"r-{hours_ago}"))


def breach(dpo: Officer, hours_ago: float = 0, **changed: Any) -> str:
    """An incident that is assessed as a breach and described."""
    number = reported(hours_ago)
    handling.take_incident(number=number, by=dpo)
    handling.assess_incident(
        number=number, is_breach=True, harm=Harm.POSSIBLE, reason="names and numbers", by=dpo
    )
    version = get_incident(number=number, by=dpo).summary.version
    form = replace(DESCRIBED, **changed)
    handling.describe_breach(number=number, form=form, version=version, by=dpo)
    return number


def notified(number: str, dpo: Officer, late: str = "") -> None:
    notifying.notify_authority(number=number, reference="01/7", late_reason=late, by=dpo)


@pytest.mark.parametrize(
    ("hours", "stands"),
    [
        (0, NotificationClock.RUNNING),
        (47.9, NotificationClock.RUNNING),
        (48.1, NotificationClock.URGENT),
        (71.9, NotificationClock.URGENT),
        (72.1, NotificationClock.OVERDUE),
    ],
)
def test_the_clock_runs_by_the_hours_since_it_was_noticed(
    dpo: Officer, hours: float, stands: NotificationClock
) -> None:
    assert get_incident(number=reported(hours), by=dpo).summary.clock is stands


def test_the_clock_runs_while_nobody_has_said_whether_data_were_reached(dpo: Officer) -> None:
    number = reported(80)
    running = register.list_running_clocks(by=dpo)
    assert [(one.number, one.clock) for one in running] == [(number, NotificationClock.OVERDUE)]


def test_no_clock_runs_where_no_data_were_reached_or_harm_is_least_likely(dpo: Officer) -> None:
    without, harmless = reported(1), reported(2)
    for number, is_breach, harm in (
        (without, False, None),
        (harmless, True, Harm.LEAST_LIKELY),
    ):
        handling.take_incident(number=number, by=dpo)
        handling.assess_incident(
            number=number, is_breach=is_breach, harm=harm, reason="encrypted", by=dpo
        )
    assert register.list_running_clocks(by=dpo) == ()


def test_anybody_reports_and_learns_no_more_than_what_came_of_it() -> None:
    for role in Role:
        reporter = officer(role, username=f"reports-{role.value}")
        number = reported(by=reporter)
        assert [one.number for one in register.list_own_reports(by=reporter)] == [number]
        if Permission.INCIDENTS_READ not in MATRIX[role]:
            with pytest.raises(PermissionDenied):
                get_incident(number=number, by=reporter)


def test_only_privacy_officer_and_administrators_work_on_incidents() -> None:
    assert set(HANDLERS) == {Role.PRIVACY_OFFICER, Role.ADMINISTRATOR}


def test_a_notification_is_frozen_and_more_follows_in_parts(dpo: Officer) -> None:
    number = breach(dpo, people_count=None)
    notified(number, dpo)
    record = get_incident(number=number, by=dpo)
    assert record.summary.clock is NotificationClock.DONE
    version = record.summary.version
    handling.describe_breach(number=number, form=DESCRIBED, version=version, by=dpo)
    notified(number, dpo)
    first, second = get_incident(number=number, by=dpo).notifications
    assert (first.part, first.content["people_count"]) == (1, None)
    assert (second.part, second.content["people_count"]) == (2, 12)
    assert {first.authority, second.authority} == {"state_audit_office"}


def test_a_late_notification_says_why(dpo: Officer) -> None:
    number = breach(dpo, hours_ago=73)
    with pytest.raises(InvalidInput, match="why the notification is late"):
        notified(number, dpo)
    notified(number, dpo, late="The list was found on Monday.")
    sent = get_incident(number=number, by=dpo).notifications[0]
    assert sent.late_reason == "The list was found on Monday."


@pytest.mark.parametrize("missing", notifying.NEEDED)
def test_nothing_is_notified_without_what_makes_it_a_notification(
    dpo: Officer, missing: str
) -> None:
    empty: dict[str, Any] = {missing: None}
    number = breach(dpo, **empty)
    with pytest.raises(Refused, match="Describe circumstances"):
        notified(number, dpo)


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize("form", [FileFormat.PDF, FileFormat.DOCX])
def test_the_paper_is_made_in_both_languages_and_says_the_same_again(
    dpo: Officer, language: str, form: FileFormat
) -> None:
    number = breach(dpo)
    notified(number, dpo)
    made = [
        notifying.make_notice(number=number, part=1, language=language, form=form, by=dpo)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert made[0][0] == f"{number}-1-{language}.{form.value}"
    assert made[0][1].startswith(b"%PDF" if form is FileFormat.PDF else b"PK")


def test_a_draft_says_what_follows_later(dpo: Officer) -> None:
    number = reported()
    _, content = notifying.make_notice(number=number, language="en", form=FileFormat.DOCX, by=dpo)
    words = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "not known yet; follows" in words and "State Audit Office" in words


def test_the_second_who_describes_sees_what_the_first_wrote(dpo: Officer) -> None:
    number = breach(dpo)
    stale = get_incident(number=number, by=dpo).summary.version
    other = officer(Role.ADMINISTRATOR)
    handling.describe_breach(
        number=number, form=replace(DESCRIBED, people_count=13), version=stale, by=other
    )
    with pytest.raises(StaleVersion) as refused:
        handling.describe_breach(
            number=number, form=replace(DESCRIBED, people_count=14), version=stale, by=dpo
        )
    assert refused.value.theirs.people_count == 13  # type: ignore[attr-defined]
    assert get_incident(number=number, by=dpo).form.people_count == 13


def test_people_concerned_are_told_once_each(dpo: Officer) -> None:
    number = breach(dpo)
    made = [histories.person() for _ in range(3)]
    with reading() as session:
        ids = list(
            session.scalars(select(JobseekerRow.external_id).where(JobseekerRow.id.in_(made)))
        )
    with pytest.raises(InvalidInput, match="JS-0"):
        people.name_people(number=number, external_ids=[*ids, "JS-0"], by=dpo)
    assert get_incident(number=number, by=dpo).people_named == 0
    people.name_people(number=number, external_ids=ids, by=dpo)
    people.name_people(number=number, external_ids=ids[:1], by=dpo)
    told = "Your telephone number went to another employer; be careful with calls."
    record = people.tell_people(number=number, text=told, by=dpo)
    assert (record.people_named, record.people_told) == (3, 3)
    with pytest.raises(Refused, match="Nobody waits"):
        people.tell_people(number=number, text=told, by=dpo)
    with reading() as session:
        sent = select(func.count()).where(MessageRow.template == "incidents.people_told")
        assert session.scalar(sent) == 3


def test_others_write_while_thousands_are_told(
    dpo: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told in portions, each lasting by itself: nobody's write waits for the whole list."""
    monkeypatch.setattr(people, "TOLD_AT_ONCE", 2)
    number = breach(dpo)
    made = [histories.person() for _ in range(4)]
    with reading() as session:
        query = select(JobseekerRow.external_id).where(JobseekerRow.id.in_(made))
        people.name_people(number=number, external_ids=list(session.scalars(query)), by=dpo)
    record = people.tell_people(number=number, text="x" * 40, by=dpo)
    assert record.people_told == 4
    with reading() as session:
        events = select(func.count()).where(AuditEventRow.action == "incident_people_told")
        assert session.scalar(events) == 2, "two portions, and no empty one"


def test_people_are_not_told_before_that_is_decided(dpo: Officer) -> None:
    number = breach(dpo, tell_people=TellPeople.UNDECIDED, tell_people_on=None)
    with pytest.raises(Refused, match="Decide first"):
        people.tell_people(number=number, text="x" * 30, by=dpo)


def test_an_incident_is_closed_only_when_its_clock_stands(dpo: Officer) -> None:
    number = reported()
    with pytest.raises(Refused, match="Begin with"):
        handling.close_incident(number=number, lesson="–", by=dpo)
    handling.take_incident(number=number, by=dpo)
    with pytest.raises(Refused, match="whether personal data"):
        handling.close_incident(number=number, lesson="–", by=dpo)
    handling.assess_incident(
        number=number, is_breach=True, harm=Harm.LIKELY, reason="names", by=dpo
    )
    with pytest.raises(Refused, match="not notified yet"):
        handling.close_incident(number=number, lesson="–", by=dpo)
    version = get_incident(number=number, by=dpo).summary.version
    handling.describe_breach(number=number, form=DESCRIBED, version=version, by=dpo)
    notified(number, dpo)
    closed = handling.close_incident(number=number, lesson="two pairs of eyes", by=dpo)
    assert closed.summary.status is IncidentStatus.CLOSED
    again = handling.reopen_incident(number=number, note="another list", by=dpo)
    assert again.summary.status is IncidentStatus.IN_WORK


@pytest.mark.parametrize(
    "changed",
    [
        {"people_count": -1},
        {"tell_people_on": None},
        {"tell_people": TellPeople.NO},
        {"circumstances": "x" * 9000},
    ],
)
def test_a_description_that_cannot_be_is_refused(dpo: Officer, changed: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        breach(dpo, **changed)


def test_an_absent_incident_is_not_found(dpo: Officer) -> None:
    with pytest.raises(NotFound):
        get_incident(number="INC-1999-0001", by=dpo)


def test_a_job_that_fails_in_a_row_opens_one_incident_without_what_it_held(dpo: Officer) -> None:
    def fail() -> int:
        name = "ქეთევან 01001012345"
        raise ValueError(f"no such person {name}")

    job = DueJob("a job that fails", fail)
    for _ in range(5):
        run_due((job,))
    incidents = [one for one in register.list_incidents(by=dpo) if "fails" in str(one.title)]
    assert [one.times for one in incidents] == [3]
    events = get_incident(number=incidents[0].number, by=dpo).events
    trace = events[-1].trace or ""
    assert "ValueError" in trace and "in fail" in trace
    assert "01001012345" not in trace.replace('name = "ქეთევან 01001012345"', "")
    assert "no such person ქ" not in trace


def test_many_refused_sign_ins_open_one_incident_of_security(dpo: Officer) -> None:
    with unit_of_work() as work:
        work.session.add_all(
            SignInAttemptRow(
                account_hash=bytes([place]) * 32,
                address_hash=b"a" * 32,
                succeeded=False,
                attempted_at=clock.now(),
            )
            for place in range(15)
        )
        work.commit()
    assert (watching.watch_security(), watching.watch_security()) == (1, 1)
    found = register.list_incidents(by=dpo)
    assert [(one.kind, one.times) for one in found] == [(IncidentKind.SECURITY, 2)]


def test_an_impact_assessment_replaces_the_former_edition(dpo: Officer) -> None:
    form = AssessmentForm(
        "Ranking",
        AssessmentGround.AUTOMATED_DECISIONS,
        "Scores job-seekers for a vacancy",
        "A person could not compare 2,000 files",
        "Somebody is overlooked",
        "Reasons, appeal, fairness report",
        RemainingRisk.LOW,
        clock.today() + timedelta(365),
    )
    for _ in range(2):
        impact.approve_assessment(assessment_id=impact.write_assessment(form=form, by=dpo), by=dpo)
    second, first = impact.list_assessments(by=dpo)
    assert (first.status, second.status) == (AssessmentStatus.REPLACED, AssessmentStatus.APPROVED)
    with pytest.raises(Refused, match="Only a draft"):
        impact.approve_assessment(assessment_id=second.id, by=dpo)
    with pytest.raises(InvalidInput) as refused:
        impact.write_assessment(form=replace(form, risks=" "), by=dpo)
    assert [problem.field for problem in refused.value.problems] == ["risks"]


def test_the_content_of_a_notification_is_kept_by_value(dpo: Officer) -> None:
    number = breach(dpo)
    notified(number, dpo)
    with reading() as session:
        kept = session.scalars(select(IncidentNotificationRow)).one()
    assert kept.content["measures"] == DESCRIBED.measures
    assert kept.reference == "01/7"
