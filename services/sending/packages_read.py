"""Packages as records, for screens and for the page behind the link."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    EmployerRow,
    JobseekerRow,
    PackageCandidateRow,
    PackageRow,
    TransferPermitRow,
    VacancyRow,
)
from db.session import reading
from domain.enums import LinkPurpose
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.sending import PackageCandidate, PackageFile, PackageRecord
from domain.texts import N_, from_json
from services import access_links, clock
from services.audit import Happening
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.sending.files import files_of, zip_name, zip_of

ENTITY = "package"
NO_PACKAGE = N_("There is no such package.")


def packages_of(session: Session, vacancy_id: int) -> tuple[PackageRecord, ...]:
    """Every package of a vacancy, the newest first."""
    query = (
        select(PackageRow).where(PackageRow.vacancy_id == vacancy_id).order_by(PackageRow.id.desc())
    )
    return tuple(package_record(session, row) for row in session.scalars(query))


def package_by_id(session: Session, package_id: int) -> PackageRecord:
    """The package that a link is about."""
    row = session.get(PackageRow, package_id)
    if row is None:
        raise NotFound(NO_PACKAGE)
    return package_record(session, row)


def locked_package(session: Session, number: str) -> PackageRow:
    """The package to be changed; NotFound if there is none."""
    query = select(PackageRow).where(PackageRow.number == number).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound(NO_PACKAGE)
    return row


def read_package_zip(*, number: str, by: Officer) -> tuple[str, bytes]:
    """Name and content of the ZIP as the employer gets it; who took it is written down."""
    check_can(by, Permission.PACKAGES_READ)
    with reading() as session:
        row = session.scalars(select(PackageRow).where(PackageRow.number == number)).one_or_none()
        if row is None:
            raise NotFound(NO_PACKAGE)
        found = zip_name(row), zip_of(session, row)
    happening = Happening("downloaded", ENTITY, number, details={"file": found[0]})
    log_once_a_day(("package_zip", number), happening, by=by)
    return found


def package_record(session: Session, row: PackageRow) -> PackageRecord:
    """The record of a row, with its people, its files and the link that is open now."""
    vacancy = session.get_one(VacancyRow, row.vacancy_id)
    employer = session.get_one(EmployerRow, row.employer_id)
    permit = session.get(TransferPermitRow, row.permit_id) if row.permit_id else None
    links = access_links.list_links(
        session, purpose=LinkPurpose.EMPLOYER_PACKAGE, subject_id=row.id
    )
    now = clock.now()
    open_link = next((one for one in links if not one.revoked_at and one.expires_at > now), None)
    opened = [one.last_opened_at for one in links if one.last_opened_at]
    return PackageRecord(
        id=row.id,
        number=row.number,
        vacancy_id=row.vacancy_id,
        vacancy_number=vacancy.number,
        employer_id=row.employer_id,
        employer=employer.name,
        country=row.country,
        status=row.status,
        level=row.level,
        basis=row.basis,
        permit_number=permit.number if permit else None,
        answer_until=row.answer_until,
        message=row.message,
        edition=row.edition,
        zip_sha256=row.zip_sha256,
        sent_at=row.sent_at,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        candidates=_people(session, row.id),
        files=tuple(
            PackageFile(file.kind, file.language, file.format, file.name, file.sha256)
            for file in files_of(session, row)
        ),
        link_expires_at=open_link.expires_at if open_link else None,
        openings=sum(one.openings for one in links),
        last_opened_at=max(opened, default=None),
    )


def _people(session: Session, package_id: int) -> tuple[PackageCandidate, ...]:
    query = (
        select(PackageCandidateRow, CandidacyRow.status, JobseekerRow)
        .join(CandidacyRow, CandidacyRow.id == PackageCandidateRow.candidacy_id)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(PackageCandidateRow.package_id == package_id)
        .order_by(PackageCandidateRow.position)
    )
    return tuple(
        PackageCandidate(
            candidacy_id=row.candidacy_id,
            external_id=person.external_id,
            name_ka=_full(person.first_name_ka, person.last_name_ka),
            name_lat=_full(person.first_name_lat, person.last_name_lat),
            position=row.position,
            frozen_cv_id=row.frozen_cv_id,
            status=status,
            removed_at=row.removed_at,
            remove_reason=from_json(row.remove_reason) if row.remove_reason else None,
        )
        for row, status, person in session.execute(query)
    )


def _full(*parts: str | None) -> str | None:
    return " ".join(part for part in parts if part) or None
