"""Cases: who reads what, how the clock runs out, complaints without a name, suspensions."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select

from db.models import AuditEventRow, MessageRow
from db.session import reading
from domain.enums import (
    AuthorityKind,
    CaseCategory,
    CaseChannel,
    CaseOutcome,
    CaseStatus,
    CaseUrgency,
    Role,
    VisitKind,
    VisitStatus,
)
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.monitoring import CaseForm, FindingForm, VisitForm
from domain.records.officer import Officer
from services import clock
from services.monitoring import complaints, handling, visits
from services.monitoring.cases import get_case, get_photo, list_cases
from services.monitoring.suspensions import (
    end_suspensions,
    lift_suspension,
    suspend_until,
    suspension_refusal,
)
from services.monitoring.trust import trust_file
from services.permissions import MATRIX, Permission
from services.vacancies import vacancies
from tests.factories.monitoring import asked, employer, worker
from tests.factories.officers import officer
from tests.factories.vacancies import draft_vacancy

WORDS = "ბრიგადირი გვემუქრება"
READERS = [role for role in Role if Permission.MONITORING_READ in MATRIX[role]]


@pytest.fixture(autouse=True)
def ready(sqlite_database: Engine) -> None:
    pass


def complaint(by: Officer, **changed: object) -> str:
    form = CaseForm(CaseCategory.WAGE, CaseUrgency.HIGH, CaseChannel.CONSUL, WORDS)
    for name, value in changed.items():
        object.__setattr__(form, name, value)
    return complaints.register_case(form=form, by=by).number


@pytest.mark.parametrize("role", READERS)
def test_only_a_monitoring_officer_reads_what_a_complaint_says(role: Role) -> None:
    number = complaint(officer(username="takes-down"), complainant_name="ქეთევან", text=WORDS)
    case = get_case(number=number, by=officer(role))
    if role is Role.INSPECTOR:
        assert (case.text, case.complainant_name) == (WORDS, "ქეთევან")
    else:
        assert WORDS not in repr(case)
        assert "ქეთევან" not in repr(case)


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
def test_who_is_not_in_monitoring_sees_no_case(role: Role) -> None:
    number = complaint(officer(username="takes-down"))
    for read in (lambda by: list_cases(by=by), lambda by: get_case(number=number, by=by)):
        with pytest.raises(PermissionDenied):
            read(officer(role, f"{role}-{id(read)}"))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.INSPECTOR])
def test_only_a_monitoring_officer_works_on_cases_and_sees_photos(role: Role) -> None:
    number = complaint(officer(username="takes-down"))
    other = officer(role)
    with pytest.raises(PermissionDenied):
        handling.take_case(number=number, by=other)
    with pytest.raises(PermissionDenied):
        get_photo(photo_id=1, by=other)


def test_reading_a_case_is_recorded() -> None:
    number = complaint(officer())
    get_case(number=number, by=officer(Role.INSPECTOR))
    with reading() as session:
        query = select(func.count()).select_from(AuditEventRow).filter_by(action="read_case")
        assert session.scalar(query) == 1


def test_a_case_that_nobody_begins_is_escalated_to_the_managers_once() -> None:
    officer(Role.MANAGER)
    number = complaint(officer(), urgency=CaseUrgency.HIGH)
    assert handling.escalate_cases() == 0
    clock.move(1)
    assert (handling.escalate_cases(), handling.escalate_cases()) == (1, 0)
    with reading() as session:
        query = select(func.count()).select_from(MessageRow)
        assert session.scalar(query.filter_by(template="monitoring.case_ran_out")) == 1
    assert list_cases(by=officer(Role.INSPECTOR))[0].number == number


def test_beginning_stops_the_clock() -> None:
    inspector = officer(Role.INSPECTOR)
    number = complaint(officer())
    handling.take_case(number=number, by=inspector)
    clock.move(2)
    assert handling.escalate_cases() == 0


def test_a_case_goes_its_way_to_the_money_and_its_outcome() -> None:
    inspector = officer(Role.INSPECTOR)
    number = complaint(officer(), employer_id=employer())
    with pytest.raises(Refused, match="Begin with the case first"):
        handling.note_case(number=number, note="called", by=inspector)
    handling.take_case(number=number, by=inspector)
    handling.refer_case(
        number=number, kind=AuthorityKind.POLICE, authority="Police of Nordfeld", by=inspector
    )
    (referral,) = get_case(number=number, by=inspector).referrals
    handling.record_reply(referral_id=referral.id, reply="They come", by=inspector)
    handling.record_remedy(
        number=number,
        amount=Decimal("612.40"),
        currency="EUR",
        received_on=clock.today(),
        by=inspector,
    )
    done = handling.close_case(
        number=number, outcome=CaseOutcome.FOUNDED, satisfaction=5, note="paid", by=inspector
    )
    assert (done.status, done.outcome) == (CaseStatus.CLOSED, CaseOutcome.FOUNDED)
    file = trust_file(employer_id=employer(), by=inspector)
    assert file.recovered == (("EUR", Decimal("612.40")),)
    with pytest.raises(Refused, match="closed"):
        handling.note_case(number=number, note="more", by=inspector)


def test_money_that_is_not_more_than_nothing_is_no_remedy() -> None:
    with pytest.raises(InvalidInput):
        handling.record_remedy(
            number="-",
            amount=Decimal(0),
            currency="EUR",
            received_on=clock.today(),
            by=officer(Role.INSPECTOR),
        )


def test_danger_by_the_link_is_red_and_pressed_twice_it_is_one_case() -> None:
    _, secret = asked(worker())
    told = [
        complaints.complain_by_link(
            secret=secret, category=CaseCategory.SAFETY, text="", in_danger=True, photos=()
        )
        for _ in range(2)
    ]
    assert told[0].number == told[1].number
    assert told[0].act_until == told[0].opened_at + timedelta(hours=1)


def test_an_anonymous_complaint_is_looked_at_by_number_and_secret_only() -> None:
    secret = complaints.new_secret()
    told = [
        complaints.complain_publicly(
            secret=secret,
            category=CaseCategory.FOOD,
            text=WORDS,
            country="DE",
            employer="",
            contact="",
            in_danger=False,
            photos=(),
        )
        for _ in range(2)
    ]
    assert told[0].look.number == told[1].look.number
    number = told[0].look.number
    assert complaints.look_at_complaint(number=number, secret=secret).status is CaseStatus.OPEN
    for other in (complaints.new_secret(), "", number):
        with pytest.raises(NotFound):
            complaints.look_at_complaint(number=number, secret=other)


def suspended(by: Officer, days: int = 10) -> int:
    id_ = employer()
    today = clock.today()
    suspend_until(
        employer_id=id_, from_on=today, until_on=today + timedelta(days), reason="pay", by=by
    )
    return id_


def refused(employer_id: int) -> str:
    with reading() as session:
        return str(suspension_refusal(session, employer_id) or "")


def test_a_suspended_employer_publishes_nothing_and_gets_nobody() -> None:
    inspector = officer(Role.INSPECTOR)
    id_ = suspended(inspector)
    assert "is suspended from" in refused(id_)
    recruiter = officer()
    draft = draft_vacancy(recruiter, employer="Beispielhof Nordfeld")
    with pytest.raises(Refused, match="is suspended from"):
        vacancies.publish_vacancy(number=draft.number, by=recruiter)
    with pytest.raises(Refused, match="suspended already"):
        suspended(inspector)


def test_a_suspension_ends_by_itself_after_its_last_day() -> None:
    id_ = suspended(officer(Role.INSPECTOR), days=10)
    clock.move(10)
    assert refused(id_)
    clock.move(1)
    assert not refused(id_), "also before the due work has run"
    assert (end_suspensions(), end_suspensions()) == (1, 0)


def test_a_lifted_suspension_is_over_at_once() -> None:
    manager = officer(Role.MANAGER)
    id_ = suspended(manager)
    lift_suspension(employer_id=id_, reason="all paid", by=manager)
    assert not refused(id_)


def test_a_visit_is_closed_when_everything_is_put_right() -> None:
    inspector = officer(Role.INSPECTOR)
    plan = VisitForm(employer(), VisitKind.ON_SITE, clock.today(), "Zeda Mkhedvelidze")
    visit = visits.plan_visit(form=plan, by=inspector)
    lines = [code for code, _ in visits.checklist_on(visit.checklist_from)[1]]
    found = [FindingForm(code, 3 if code == "pay" else 0, "no payslip") for code in lines]
    args = {"number": visit.number, "visited_on": clock.today(), "summary": "", "by": inspector}
    with pytest.raises(InvalidInput, match="every line"):
        visits.carry_out_visit(**args, findings=found[1:])  # type: ignore[arg-type]
    visit = visits.carry_out_visit(**args, findings=found)  # type: ignore[arg-type]
    (bad,) = [finding for finding in visit.findings if finding.severity]
    assert bad.correct_until == clock.today() + timedelta(14)
    assert visit.status is VisitStatus.CARRIED_OUT
    visit = visits.correct_finding(number=visit.number, line="pay", by=inspector)
    assert visit.status is VisitStatus.CLOSED
