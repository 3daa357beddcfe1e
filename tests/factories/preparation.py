"""People on the way to departure, told through the services that take them there."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from db.models import (
    CandidacyRow,
    JobseekerDocumentRow,
    JobseekerRow,
    PermitFileRow,
    PermitPaperRow,
)
from db.repositories.deployments import find_of_candidacy
from db.session import reading, unit_of_work
from domain.enums import DocumentKind, PayPeriod, PermitPaperState
from domain.records.officer import Officer
from domain.records.preparation import DeparturePlan, OrientationForm, PaperForm
from services import clock
from services.preparation.certificates import issue_certificate
from services.preparation.departures import plan_departure
from services.preparation.orientations import (
    invite_to_orientation,
    mark_attendance,
    plan_orientation,
)
from services.preparation.permit_papers import record_paper
from services.preparation.permits import Grant, grant_permit, open_permit_file, submit_application
from services.preparation.quizzes import record_quiz
from services.preparation.rules import quiz_on
from tests.factories import histories

STAY_DAYS = 80


def confirmed(country: str = "DE", *, passport_until: date | None = None) -> int:
    """Somebody who confirmed, with a passport in the file; the work begins in twenty days."""
    today = clock.today()
    start = today + timedelta(20)
    vacancy = histories.vacancy(country, start_on=start, end_on=start + timedelta(STAY_DAYS))
    person = histories.person()
    with unit_of_work() as work:
        row = work.session.get_one(JobseekerRow, person)
        row.first_name_ka, row.last_name_ka = "ნინო", "ნიმუშაძე"
        row.first_name_lat, row.last_name_lat = "Nino", "Nimushadze"
        work.session.add(
            JobseekerDocumentRow(
                jobseeker_id=person,
                kind=DocumentKind.PASSPORT,
                number="SAMPLE1",
                valid_until=passport_until or today + timedelta(2000),
            )
        )
        work.commit()
    steps = ("preselected", "commission_review", "approved", "sent", "employer_selected")
    return histories.candidacy(
        person, vacancy, *((step, "2026-02-01") for step in (*steps, "confirmed"))
    )


def plan(candidacy_id: int, by: Officer) -> DeparturePlan:
    """Departure in a fortnight, with somebody to call."""
    departs = clock.today() + timedelta(14)
    made = DeparturePlan(
        departs, departs + timedelta(STAY_DAYS), "მარიამ ნიმუშაძე", "+995555000102"
    )
    plan_departure(candidacy_id=candidacy_id, plan=made, by=by)
    return made


def held_session(candidacy_ids: list[int], by: Officer, *, attended: bool = True) -> str:
    """A session of three hours ago to which these people were invited."""
    start = clock.now() - timedelta(hours=3)
    with clock.at(start - timedelta(days=3)):
        form = OrientationForm(starts_at=start, place="თბილისი", trainer="ნინო ტესტაძე")
        number = plan_orientation(form=form, by=by)
        invite_to_orientation(number=number, candidacy_ids=candidacy_ids, by=by)
    mark_attendance(number=number, attended=candidacy_ids if attended else [], by=by)
    return number


def right_answers() -> dict[str, str]:
    """Every answer of today's quiz right."""
    return {question.code: question.right for question in quiz_on(clock.today()).questions}


def certified(candidacy_id: int, by: Officer) -> str:
    """Was there, passed, and has the certificate; the session's number."""
    number = held_session([candidacy_id], by)
    record_quiz(number=number, candidacy_id=candidacy_id, answers=right_answers(), by=by)
    issue_certificate(number=number, candidacy_id=candidacy_id, by=by)
    return number


def papers(candidacy_id: int) -> dict[str, PermitPaperRow]:
    """The checklist as it is kept, by code."""
    query = select(PermitPaperRow).join(PermitFileRow)
    with reading() as session:
        rows = session.scalars(query.where(PermitFileRow.candidacy_id == candidacy_id)).all()
        session.expunge_all()
    return {row.code: row for row in rows}


def set_paper(candidacy_id: int, code: str, by: Officer, **changes: object) -> None:
    """Record one paper: checked and valid for years unless something else is said."""
    row = papers(candidacy_id)[code]
    form = PaperForm(
        changes.get("state", PermitPaperState.CHECKED),  # type: ignore[arg-type]
        "1",
        None,
        changes.get("valid_until", clock.today() + timedelta(2000)),  # type: ignore[arg-type]
        changes.get("note"),  # type: ignore[arg-type]
    )
    record_paper(candidacy_id=candidacy_id, code=code, form=form, version=row.version, by=by)


def granted(candidacy_id: int, by: Officer) -> None:
    """Every paper in order, applied for and granted."""
    open_permit_file(candidacy_id=candidacy_id, by=by)
    for code in papers(candidacy_id):
        set_paper(candidacy_id, code, by)
    today = clock.today()
    submit_application(candidacy_id=candidacy_id, on=today, by=by)
    grant = Grant(today, "BA-1", today, today + timedelta(200))
    grant_permit(candidacy_id=candidacy_id, grant=grant, by=by)


def ready(by: Officer, country: str = "DE") -> int:
    """Somebody with everything in hand whose planned departure has come."""
    with clock.at(clock.now() - timedelta(20)):
        candidacy_id = confirmed(country)
        plan(candidacy_id, by)
        certified(candidacy_id, by)
        granted(candidacy_id, by)
        contracted(candidacy_id)
    return candidacy_id


def contracted(candidacy_id: int) -> None:
    """A signed contract that keeps the law."""
    with unit_of_work() as work:
        stay = find_of_candidacy(work.session, candidacy_id)
        assert stay is not None
        today = clock.today()
        stay.starts_on = stay.planned_departure_on or today
        stay.ends_on = stay.starts_on + timedelta(30)
        stay.pay_amount, stay.pay_currency = Decimal(20), "EUR"
        stay.pay_period, stay.guaranteed_hours_week = PayPeriod.HOUR, 40
        stay.worker_fee, stay.is_understood, stay.contract_signed_on = Decimal(0), True, today
        stay.insurance_payer, stay.insurance_until = "employer", today + timedelta(400)
        work.commit()


def status_of(candidacy_id: int) -> str:
    """Where the candidacy stands."""
    with reading() as session:
        return session.get_one(CandidacyRow, candidacy_id).status.value
