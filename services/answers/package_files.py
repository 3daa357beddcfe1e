"""What an employer reads behind the link: a CV on the screen, its files, everything in one ZIP.

Only what the package still holds: whoever was taken out is not found any more. Each reading of a
CV is written down.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow, PackageCandidateRow, PackageRow
from db.repositories import answers as repository
from db.session import unit_of_work
from domain.enums import FileFormat, LinkPurpose
from domain.exceptions import NotFound
from domain.records.cvs import FrozenCv
from domain.texts import N_
from services import audit
from services.access_links import check_link
from services.cvs import frozen_of
from services.official_documents.files import content_of
from services.sending.files import zip_name, zip_of

NO_SUCH_CV = N_("This package holds no such CV, or it was taken out of it.")


@dataclass(frozen=True, slots=True)
class LinkedCv:
    """A CV of a package, and its number there."""

    package: str
    position: int
    cv: FrozenCv


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file to keep."""

    name: str
    content: bytes


def read_cv_by_link(*, secret: str, candidacy_id: int) -> LinkedCv:
    """The CV on the screen; the reading is written down."""
    with unit_of_work() as work:
        package, one = _found(work.session, secret, candidacy_id)
        cv = frozen_of(work.session, one.frozen_cv_id)
        _note(work.session, package, candidacy_id, "screen")
        work.commit()
    return LinkedCv(package.number, one.position, cv)


def read_cv_file_by_link(*, secret: str, candidacy_id: int, form: FileFormat) -> LinkedFile:
    """A file of the CV; the reading is written down."""
    with unit_of_work() as work:
        package, one = _found(work.session, secret, candidacy_id)
        cv = frozen_of(work.session, one.frozen_cv_id)
        file = next((file for file in cv.files if file.format is form), None)
        if file is None:
            raise NotFound(NO_SUCH_CV)
        content = content_of(work.session, file.sha256)
        _note(work.session, package, candidacy_id, form.value)
        work.commit()
    return LinkedFile(file.name, content)


def read_zip_by_link(*, secret: str) -> LinkedFile:
    """Letter, list and CVs in one file; the reading of each CV is written down."""
    with unit_of_work() as work:
        package = _package(work.session, secret)
        file = LinkedFile(zip_name(package), zip_of(work.session, package))
        for _, candidacy, _ in repository.people_of(work.session, package.id):
            _note(work.session, package, candidacy.id, "zip")
        work.commit()
    return file


def _package(session: Session, secret: str) -> PackageRow:
    link = check_link(session, secret=secret, purpose=LinkPurpose.EMPLOYER_PACKAGE)
    return session.get_one(PackageRow, link.subject_id)


def _found(
    session: Session, secret: str, candidacy_id: int
) -> tuple[PackageRow, PackageCandidateRow]:
    package = _package(session, secret)
    one = session.get(PackageCandidateRow, (package.id, candidacy_id))
    if one is None or one.removed_at is not None:
        raise NotFound(NO_SUCH_CV)
    return package, one


def _note(session: Session, package: PackageRow, candidacy_id: int, form: str) -> None:
    row = session.get_one(CandidacyRow, candidacy_id)
    audit.record(
        session,
        action="cv_read_by_employer",
        entity="candidacy",
        entity_id=candidacy_id,
        subject=session.get_one(JobseekerRow, row.jobseeker_id).external_id,
        details={"package": package.number, "form": form},
        by=None,
    )
