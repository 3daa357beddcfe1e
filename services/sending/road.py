"""What waits in sending, and what happened there, for the one board and a person's story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    ConsentRow,
    EmployerRow,
    JobseekerRow,
    PackageCandidateRow,
    PackageRow,
    PlaceOfferRow,
    VacancyRow,
)
from domain.enums import CandidacyStatus as C
from domain.enums import PackageStatus, RoadArea, Urgency, VacancyStatus
from domain.records.officer import Officer
from domain.records.road import RoadTask, TimelineEvent
from domain.texts import N_, Sentence, Term, from_json
from services import clock
from services.permissions import Permission, can
from services.sending.checks import CLOSED
from services.sending.limits import limits_on
from services.sending.next_in_line import positions_taken

OPEN_BOARD = N_("Open the board")


def sending_tasks(session: Session, officer: Officer) -> Iterator[RoadTask]:
    """People to send, and packages whose last day is near."""
    if not can(officer, Permission.PACKAGES_SEND):
        return
    yield from _to_send(session)
    yield from _ending(session)


def _to_send(session: Session) -> Iterator[RoadTask]:
    query = (
        select(CandidacyRow.id, VacancyRow, JobseekerRow.external_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(CandidacyRow.status == C.APPROVED, VacancyRow.status.not_in(CLOSED))
        .order_by(CandidacyRow.id)
    )
    full: dict[int, bool] = {}
    for candidacy_id, vacancy, person in session.execute(query):
        if vacancy.id not in full:
            full[vacancy.id] = positions_taken(session, vacancy.id) >= vacancy.positions
        if full[vacancy.id] or vacancy.status is VacancyStatus.FILLED:
            continue
        yield RoadTask(
            RoadArea.CV,
            Urgency.LATER,
            None,
            Sentence(
                N_("An approved candidate waits to be sent to the employer, vacancy {vacancy}"),
                {"vacancy": vacancy.number},
            ),
            OPEN_BOARD,
            "sending",
            {"vacancy": vacancy.number},
            candidacy_id=candidacy_id,
            vacancy=vacancy.number,
            jobseeker=person,
        )


def _ending(session: Session) -> Iterator[RoadTask]:
    today = clock.today()
    near = today + timedelta(days=limits_on(today).remind_days)
    query = (
        select(PackageRow, VacancyRow.number)
        .join(VacancyRow, VacancyRow.id == PackageRow.vacancy_id)
        .where(PackageRow.status == PackageStatus.SENT, PackageRow.answer_until <= near)
        .order_by(PackageRow.answer_until, PackageRow.id)
    )
    for package, vacancy in session.execute(query):
        yield RoadTask(
            RoadArea.EMPLOYER,
            Urgency.DUE if package.answer_until >= today else Urgency.LATE,
            package.answer_until,
            Sentence(
                N_(
                    "The employer of {vacancy} has not answered about everybody in {package}: "
                    "call, or give a later day"
                ),
                {"vacancy": vacancy, "package": package.number},
            ),
            OPEN_BOARD,
            "sending",
            {"vacancy": vacancy},
            vacancy=vacancy,
        )


def sending_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """Consents, packages, and moving up as the next in line."""
    yield from _consents(session, jobseeker_id)
    yield from _packages(session, jobseeker_id)
    yield from _offers(session, jobseeker_id)


def _consents(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    query = (
        select(ConsentRow, EmployerRow.name)
        .outerjoin(EmployerRow, EmployerRow.id == ConsentRow.employer_id)
        .where(ConsentRow.jobseeker_id == jobseeker_id)
        .order_by(ConsentRow.id)
    )
    for row, employer in session.execute(query):
        about = employer or (Term("country", row.country) if row.country else "")
        purpose = Term("ConsentPurpose", row.purpose.value)
        values = {"purpose": purpose, "about": about}
        given, withdrawn = N_("Consent given: {purpose}"), N_("Consent withdrawn: {purpose}")
        if about:
            given = N_("Consent given: {purpose}, {about}")
            withdrawn = N_("Consent withdrawn: {purpose}, {about}")
        else:
            del values["about"]
        yield TimelineEvent(RoadArea.CV, row.given_at, Sentence(given, values), by=row.given_by)
        if row.withdrawn_at is not None:
            yield TimelineEvent(
                RoadArea.CV, row.withdrawn_at, Sentence(withdrawn, values), by=row.withdrawn_by
            )


def _packages(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    query = (
        select(PackageCandidateRow, PackageRow, VacancyRow.number, EmployerRow.name)
        .join(PackageRow, PackageRow.id == PackageCandidateRow.package_id)
        .join(VacancyRow, VacancyRow.id == PackageRow.vacancy_id)
        .join(EmployerRow, EmployerRow.id == PackageRow.employer_id)
        .join(CandidacyRow, CandidacyRow.id == PackageCandidateRow.candidacy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
        .order_by(PackageRow.id)
    )
    for row, package, vacancy, employer in session.execute(query):
        values = {"package": package.number, "employer": employer, "vacancy": vacancy}
        opens = {"vacancy": vacancy}
        yield TimelineEvent(
            RoadArea.CV,
            package.sent_at,
            Sentence(N_("CV sent to {employer} in {package}, vacancy {vacancy}"), values),
            "sending",
            opens,
            by=package.sent_by,
        )
        if row.removed_at is not None:
            because = from_json(row.remove_reason) if row.remove_reason else ""
            yield TimelineEvent(
                RoadArea.CV,
                row.removed_at,
                Sentence(
                    N_("CV taken out of {package}: {because}"),
                    {"package": package.number, "because": because},
                ),
                "sending",
                opens,
                by=row.removed_by,
            )
        elif package.status in (PackageStatus.EXPIRED, PackageStatus.REVOKED) and package.ended_at:
            ended = N_("{package} ended without an answer of the employer")
            back = N_("{package} was called back")
            text = ended if package.status is PackageStatus.EXPIRED else back
            yield TimelineEvent(
                RoadArea.CV,
                package.ended_at,
                Sentence(text, {"package": package.number}),
                "sending",
                opens,
                by=package.ended_by,
            )


def _offers(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    query = (
        select(PlaceOfferRow, VacancyRow.number)
        .join(CandidacyRow, CandidacyRow.id == PlaceOfferRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == PlaceOfferRow.vacancy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
        .order_by(PlaceOfferRow.id)
    )
    for row, vacancy in session.execute(query):
        yield TimelineEvent(
            RoadArea.CV,
            row.offered_at,
            Sentence(
                N_("Moved up as the next in line, vacancy {vacancy}: {because}"),
                {"vacancy": vacancy, "because": from_json(row.because)},
            ),
            "sending",
            {"vacancy": vacancy},
            by=row.offered_by,
        )
