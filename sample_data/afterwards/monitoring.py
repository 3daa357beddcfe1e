"""How the sample's people abroad are: check-ins answered well, badly or not, and what followed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from db.models import CheckInRow, DeploymentRow, MonitoringCaseRow
from db.session import reading
from domain.enums import (
    AuthorityKind,
    CaseCategory,
    CaseChannel,
    CaseOutcome,
    CaseUrgency,
    CheckInStatus,
    DocumentsKept,
    HousingTold,
    PaidFor,
    PayPeriod,
    PayReceived,
    SafetyTold,
    VisitKind,
)
from domain.records.monitoring import CaseForm, CheckInForm, FindingForm, PromisedTerms, VisitForm
from domain.records.officer import Officer
from sample_data.forms import Days
from sample_data.timeline import Timeline
from services import clock
from services.monitoring import answering, check_ins, complaints, handling, visits
from services.monitoring.people import promised_terms
from services.monitoring.suspensions import end_suspensions, suspend_until

SUMMER, AUTUMN, NOW = date(2026, 6, 2), date(2026, 9, 20), date(2026, 11, 20)
WEEK_HOURS = Decimal(40)
MONTH_WEEKS = Decimal(52) / 12


def tell_monitoring(timeline: Timeline, days: Days, cast: Mapping[str, Officer]) -> None:
    """Three days of check-ins; a case that was settled, one at hand, two that wait."""
    inspector = cast["inspector"]
    timeline.add(days.moved(SUMMER), 18, partial(_ask_and_answer, inspector, "pay"))
    timeline.add(days.moved(SUMMER), 20, partial(_begin, inspector))
    timeline.add(days.moved(SUMMER + timedelta(3)), 11, partial(_refer, inspector))
    timeline.add(days.moved(SUMMER + timedelta(30)), 12, partial(_settle, inspector))
    timeline.add(days.moved(AUTUMN), 18, partial(_ask_and_answer, inspector, "documents"))
    timeline.add(days.moved(AUTUMN), 18.5, partial(_begin, inspector))
    timeline.add(days.moved(NOW), 10, partial(_ask_and_answer, inspector, "housing"))
    timeline.add(days.moved(NOW), 12, partial(_complaint, cast["recruiter"]))


def _ask_and_answer(inspector: Officer, worst: str) -> None:
    """Ask everybody whose day has come; the first tells of something bad, the last is silent."""
    check_ins.plan_check_ins()
    check_ins.ask_check_ins()
    end_suspensions()
    with reading() as session:
        query = (
            select(CheckInRow.id, DeploymentRow)
            .join(DeploymentRow, DeploymentRow.id == CheckInRow.deployment_id)
            .where(CheckInRow.status == CheckInStatus.ASKED)
            .order_by(CheckInRow.id)
        )
        asked = [(id_, promised_terms(session, stay)) for id_, stay in session.execute(query)]
    for place, (id_, terms) in enumerate(asked[:-1] or asked):
        form = _answer(terms, worst if place == 0 else "")
        answering.record_answer(check_in_id=id_, form=form, by=inspector)


def _answer(terms: PromisedTerms, worst: str) -> CheckInForm:
    share = Decimal("0.35") if worst == "pay" else Decimal("0.97")
    monthly = terms.pay_period is PayPeriod.MONTH
    hours = Decimal(str(terms.hours_week)) if terms.hours_week else WEEK_HOURS
    paid = None
    if terms.pay_amount is not None:
        paid = (terms.pay_amount * (1 if monthly else hours) * share).quantize(Decimal("0.01"))
    worked = hours * MONTH_WEEKS if monthly else hours
    return CheckInForm(
        pay_received=PayReceived.YES,
        paid_amount=paid,
        paid_currency=terms.pay_currency,
        paid_for=PaidFor.MONTH if monthly else PaidFor.WEEK,
        paid_hours=round(float(worked), 1),
        hours_week=float(hours) / (2 if worst == "pay" else 1),
        housing=HousingTold.OTHER if worst == "housing" else HousingTold.AS_AGREED,
        documents=DocumentsKept.EMPLOYER if worst == "documents" else DocumentsKept.WORKER,
        safety=SafetyTold.SAFE,
        wants_call=bool(worst),
        told="ოთხ საათს გვამუშავებენ და ნაწილს იხდიან" if worst == "pay" else None,
    )


def _newest() -> tuple[str, int | None]:
    with reading() as session:
        query = (
            select(MonitoringCaseRow)
            .where(MonitoringCaseRow.channel == CaseChannel.CHECK_IN)
            .order_by(MonitoringCaseRow.id.desc())
        )
        row = session.scalars(query.limit(1)).one()
        return row.number, row.employer_id


def _begin(inspector: Officer) -> None:
    number, _ = _newest()
    handling.take_case(number=number, note="დავურეკე დასაქმებულს", by=inspector)


def _refer(inspector: Officer) -> None:
    """The authority is told, the employer suspended for the summer, a visit planned."""
    number, employer_id = _newest()
    handling.refer_case(
        number=number,
        kind=AuthorityKind.LABOUR_INSPECTORATE,
        authority="Example Labour Inspectorate",
        by=inspector,
    )
    if employer_id is None:
        return
    today = clock.today()
    suspend_until(
        employer_id=employer_id,
        from_on=today,
        until_on=today + timedelta(60),
        reason="ანაზღაურება დაპირებულზე ბევრად ნაკლებია; შემოწმება მიმდინარეობს",
        by=inspector,
    )
    plan = VisitForm(employer_id, VisitKind.JOINT, today, "ზედა მხედველიძე, კონსული")
    visit = visits.plan_visit(form=plan, by=inspector)
    lines = [code for code, _ in visits.checklist_on(visit.checklist_from)[1]]
    bad = {"pay": (3, "ხელფასის ფურცელი არ გაიცემა"), "housing": (2, "ოთახში ექვსი ადამიანია")}
    findings = [FindingForm(code, *bad.get(code, (0, None))) for code in lines]
    visits.carry_out_visit(
        number=visit.number, visited_on=today, summary="", findings=findings, by=inspector
    )
    visits.correct_finding(number=visit.number, line="pay", by=inspector)


def _settle(inspector: Officer) -> None:
    number, _ = _newest()
    handling.record_remedy(
        number=number,
        amount=Decimal("612.00"),
        currency="EUR",
        received_on=clock.today(),
        by=inspector,
    )
    handling.close_case(
        number=number,
        outcome=CaseOutcome.FOUNDED,
        satisfaction=4,
        note="სხვაობა სრულად ანაზღაურდა",
        by=inspector,
    )


def _complaint(recruiter: Officer) -> None:
    """Somebody calls the hotline and wants no name known."""
    complaints.register_case(
        form=CaseForm(
            category=CaseCategory.FOOD,
            urgency=CaseUrgency.NORMAL,
            channel=CaseChannel.HOTLINE,
            text="საჭმელს დღეში ერთხელ გვაძლევენ, თუმცა სამჯერ დაგვპირდნენ",
            is_anonymous=True,
            country="DE",
        ),
        by=recruiter,
    )
