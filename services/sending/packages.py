"""Sending approved candidates to the employer: the CVs are frozen and the people held (S09)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    JobseekerRow,
    PackageCandidateRow,
    PackageRow,
    VacancyRow,
)
from db.repositories.numbers import next_in_series
from db.session import unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import CvLevel, PackageStatus
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.sending import CountryStanding, SentPackage
from domain.texts import N_, Sentence
from services import clock
from services.candidacies import move_candidacy
from services.consents.asking import transfer_consents
from services.cvs import cv_refusal, freeze_cv
from services.permissions import Permission, check_can
from services.sending.checks import (
    NOBODY,
    check_room,
    consent_missing,
    vacancy_refusal,
)
from services.sending.files import make_files
from services.sending.handing_over import hand_over
from services.sending.limits import limits_on
from services.sending.packages_read import package_record
from services.sending.transfer import country_standing

ENTITY = "package"


def create_package(
    *,
    vacancy_number: str,
    candidacy_ids: Sequence[int],
    level: CvLevel,
    answer_until: date | None = None,
    message: str | None = None,
    by: Officer,
) -> SentPackage:
    """Send the CVs of these approved people to the vacancy's employer: all of them, or nobody.

    CVs are frozen as they are now and everybody is held for this employer until it has answered.
    The address comes back once; the employer gets it by e-mail where one is known.
    """
    check_can(by, Permission.PACKAGES_SEND)
    with unit_of_work() as work:
        session = work.session
        vacancy = _locked_vacancy(session, vacancy_number)
        standing = country_standing(session, vacancy.country)
        refusal = vacancy_refusal(session, vacancy, standing)
        if refusal is not None:
            raise Refused(refusal)
        until = _checked(answer_until, message)
        rows = _candidacies(session, vacancy, candidacy_ids)
        check_room(session, vacancy, len(rows))
        package = _package(session, vacancy, standing, level, until, message, by)
        # Holds are taken in the order of people: two who send the same ones wait for each other.
        for row in sorted(rows, key=lambda row: row.jobseeker_id):
            move_candidacy(session, row, C.SENT, reason=package.number, by=by)
        for position, row in enumerate(rows, 1):
            _put_in(session, package, row, position, by)
        make_files(session, package, by)
        address = hand_over(session, package, "package_sent", by)
        work.commit()
        return SentPackage(package_record(session, package), address)


def _locked_vacancy(session: Session, number: str) -> VacancyRow:
    query = select(VacancyRow).where(VacancyRow.number == number).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such vacancy."))
    return row


def _checked(answer_until: date | None, message: str | None) -> date:
    """The last day for an answer; InvalidInput where it or the message can't be accepted."""
    limits, today = limits_on(clock.today()), clock.today()
    until = answer_until or today + timedelta(days=limits.answer_days)
    problems = []
    latest = today + timedelta(days=limits.answer_days_max)
    if not today < until <= latest:
        text = N_("Choose a day after today, {latest} at the latest.")
        problems.append(FieldProblem("answer_until", Sentence(text, {"latest": latest})))
    if len(message or "") > limits.message_characters:
        text = N_("Write at most {count} characters.")
        count = limits.message_characters
        problems.append(FieldProblem("message", Sentence(text, {"count": count})))
    if problems:
        raise InvalidInput(N_("The package can't go like this: see beside it."), tuple(problems))
    return until


def _candidacies(session: Session, vacancy: VacancyRow, ids: Sequence[int]) -> list[CandidacyRow]:
    """Who goes, the best ranked first; Refused with every name and what is missing."""
    query = (
        select(CandidacyRow, JobseekerRow.external_id)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(CandidacyRow.vacancy_id == vacancy.id, CandidacyRow.id.in_(set(ids)))
        .order_by(CandidacyRow.rank, CandidacyRow.id)
        .execution_options(populate_existing=True)
    )
    found = session.execute(query).all()
    if not found or len(found) != len(set(ids)):
        raise Refused(NOBODY)
    missing = [
        Sentence(N_("{person}: {what}"), {"person": person, "what": what})
        for row, person in found
        for what in _missing(session, vacancy, row)
    ]
    if missing:
        raise Refused(N_("Nothing was sent. {missing}"), missing=tuple(missing))
    return [row for row, _ in found]


def _missing(session: Session, vacancy: VacancyRow, row: CandidacyRow) -> list[Sentence]:
    """What keeps this person's CV here; consents are held against a withdrawal of this moment."""
    assert vacancy.employer_id is not None
    if row.status is not C.APPROVED:
        return [Sentence(N_("Does not wait to be sent any more."))]
    consents = transfer_consents(
        session, row.jobseeker_id, vacancy.employer_id, vacancy.country, lock=True
    )
    found = [
        consent_missing(session, vacancy, employer=not place)
        for place, consent in enumerate(consents)
        if consent is None
    ]
    refusal = cv_refusal(session, row.id)
    return found if refusal is None else [*found, refusal]


def _package(
    session: Session,
    vacancy: VacancyRow,
    standing: CountryStanding,
    level: CvLevel,
    until: date,
    message: str | None,
    by: Officer,
) -> PackageRow:
    assert vacancy.employer_id is not None and standing.basis is not None
    series = f"PKG-{clock.today().year}"
    row = PackageRow(
        number=f"{series}-{next_in_series(session, series):05d}",
        vacancy_id=vacancy.id,
        employer_id=vacancy.employer_id,
        country=vacancy.country,
        status=PackageStatus.SENT,
        level=level,
        basis=standing.basis,
        permit_id=standing.permit_id,
        answer_until=until,
        message=(message or "").strip() or None,
        zip_sha256="",
        sent_at=clock.now(),
        sent_by=by.id,
    )
    session.add(row)
    session.flush()
    return row


def _put_in(
    session: Session, package: PackageRow, row: CandidacyRow, position: int, by: Officer
) -> None:
    """Freeze the CV and note by which consents it goes."""
    employer, country = transfer_consents(
        session, row.jobseeker_id, package.employer_id, package.country
    )
    assert employer is not None and country is not None
    frozen = freeze_cv(session, candidacy_id=row.id, level=package.level, by=by)
    session.add(
        PackageCandidateRow(
            package_id=package.id,
            candidacy_id=row.id,
            position=position,
            frozen_cv_id=frozen.id,
            employer_consent_id=employer.id,
            country_consent_id=country.id,
        )
    )
    session.flush()
