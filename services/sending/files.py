"""The files of a package: covering letter and list of an edition, and the ZIP around them.

The ZIP is put together from what is kept, in a fixed order and without a clock, so it has the same
bytes each time; its hash was noted when the package went.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    EmployerRow,
    JobseekerLanguageRow,
    JobseekerOccupationRow,
    JobseekerRow,
    OfficerRow,
    OrganisationRow,
    PackageCandidateRow,
    PackageFileRow,
    PackageRow,
    TransferPermitRow,
    VacancyRow,
)
from db.models.process import CandidacyRow
from documents.docx import to_docx
from documents.package_letter import letter_paper, list_table
from documents.pdf import to_pdf
from documents.speech import Speech
from domain.enums import CvLevel, FileFormat, PackageFileKind
from domain.records.officer import Officer
from domain.records.sending import LetterLine, LetterRecord
from services import texts
from services.exports import to_csv
from services.official_documents.files import MadeFile, content_of, keep
from services.sending.frozen import cv_content, cv_files, cv_hash

LANGUAGES = ("en", "ka")
ZIPPED_AT = (1980, 1, 1, 0, 0, 0)


def make_files(session: Session, package: PackageRow, by: Officer | None) -> None:
    """Make the present edition's letter and list, keep them, and note the hash of its ZIP."""
    record = _letter(session, package)
    for language in LANGUAGES:
        say = Speech(language, texts.show)
        paper = letter_paper(record, say)
        _keep(session, package, PackageFileKind.LETTER, language, FileFormat.PDF, to_pdf(paper), by)
        _keep(
            session, package, PackageFileKind.LETTER, language, FileFormat.DOCX, to_docx(paper), by
        )
        table = to_csv(*list_table(record, say))
        _keep(session, package, PackageFileKind.LIST, language, FileFormat.CSV, table, by)
    session.flush()
    package.zip_sha256 = hashlib.sha256(_zipped(session, package)).hexdigest()


def zip_of(session: Session, package: PackageRow) -> bytes:
    """The ZIP of the present edition; ValueError when it is not what was sent."""
    content = _zipped(session, package)
    if hashlib.sha256(content).hexdigest() != package.zip_sha256:
        raise ValueError(f"the ZIP of {package.number} is not what was sent")
    return content


def zip_name(package: PackageRow) -> str:
    """As a browser saves it."""
    return f"{package.number}-{package.edition}.zip"


def candidates_of(session: Session, package_id: int) -> list[PackageCandidateRow]:
    """Those still within, in their order."""
    query = (
        select(PackageCandidateRow)
        .where(
            PackageCandidateRow.package_id == package_id, PackageCandidateRow.removed_at.is_(None)
        )
        .order_by(PackageCandidateRow.position)
    )
    return list(session.scalars(query))


def files_of(session: Session, package: PackageRow) -> list[PackageFileRow]:
    """Letter and list of the present edition, English first."""
    query = select(PackageFileRow).where(
        PackageFileRow.package_id == package.id, PackageFileRow.edition == package.edition
    )
    rows = session.scalars(query)
    return sorted(
        rows, key=lambda row: (LANGUAGES.index(row.language), row.kind.value, row.format.value)
    )


def _zipped(session: Session, package: PackageRow) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _entries(session, package):
            entry = zipfile.ZipInfo(f"{package.number}/{name}", ZIPPED_AT)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _entries(session: Session, package: PackageRow) -> Iterator[tuple[str, bytes]]:
    for file in files_of(session, package):
        yield file.name, content_of(session, file.sha256)
    for row in candidates_of(session, package.id):
        for cv in cv_files(session, row.frozen_cv_id):
            yield f"cv/{row.position:02d}-{cv.name}", cv_content(session, cv)


def _keep(
    session: Session,
    package: PackageRow,
    kind: PackageFileKind,
    language: str,
    form: FileFormat,
    content: bytes,
    by: Officer | None,
) -> None:
    name = f"{package.number}-{kind.value}-{language}.{form.value}"
    file = MadeFile(language, form, content)
    session.add(
        PackageFileRow(
            package_id=package.id,
            edition=package.edition,
            kind=kind,
            language=language,
            format=form,
            name=name,
            sha256=keep(session, file, name, by),
        )
    )


def _letter(session: Session, package: PackageRow) -> LetterRecord:
    vacancy = session.get_one(VacancyRow, package.vacancy_id)
    employer = session.get_one(EmployerRow, package.employer_id)
    officer = session.get(OfficerRow, package.sent_by) if package.sent_by else None
    agency = session.get(OrganisationRow, officer.organisation_code) if officer else None
    permit = session.get(TransferPermitRow, package.permit_id) if package.permit_id else None
    rows = candidates_of(session, package.id)
    return LetterRecord(
        number=package.number,
        edition=package.edition,
        sent_at=package.sent_at,
        employer=employer.name,
        contact=employer.contact_name,
        vacancy_number=vacancy.number,
        title=vacancy.title,
        title_ka=vacancy.title_ka,
        country=package.country,
        positions=vacancy.positions,
        answer_until=package.answer_until,
        permit_number=permit.number if permit else None,
        message=package.message,
        agency_ka=agency.name_ka if agency else "",
        agency_en=agency.name_en if agency else "",
        officer_ka=(officer.name_ka if officer else None) or "–",
        officer_en=(officer.name_en if officer else None) or "–",
        lines=tuple(_lines(session, rows, package.level)),
    )


def _lines(
    session: Session, rows: Sequence[PackageCandidateRow], level: CvLevel
) -> Iterator[LetterLine]:
    for row in rows:
        candidacy = session.get_one(CandidacyRow, row.candidacy_id)
        person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
        work = session.scalars(
            select(JobseekerOccupationRow).where(JobseekerOccupationRow.jobseeker_id == person.id)
        ).all()
        longest = max(work, key=lambda one: (one.years or 0, one.isco), default=None)
        spoken = session.scalars(
            select(JobseekerLanguageRow)
            .where(JobseekerLanguageRow.jobseeker_id == person.id)
            .order_by(JobseekerLanguageRow.language)
        )
        yield LetterLine(
            position=row.position,
            external_id=person.external_id,
            name=None if level is CvLevel.ANONYMOUS else _name(person),
            occupation=longest.isco if longest else None,
            years=longest.years if longest else None,
            languages=tuple((one.language, one.level.value) for one in spoken),
            cv_sha256=cv_hash(session, row.frozen_cv_id),
        )


def _name(person: JobseekerRow) -> str | None:
    parts = (person.first_name_lat, person.last_name_lat)
    return " ".join(part for part in parts if part) or None
