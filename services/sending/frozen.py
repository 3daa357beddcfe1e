"""The CVs of a package: why one can't go yet, and its files once it is frozen."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import FrozenCvFileRow, FrozenCvRow
from domain.enums import FileFormat
from services.official_documents.files import content_of

SENT_FORMATS = (FileFormat.PDF, FileFormat.DOCX)


@dataclass(frozen=True, slots=True)
class CvFile:
    """A file of a frozen CV as it stands in a package."""

    frozen_cv_id: int
    format: FileFormat
    name: str
    sha256: str


def cv_files(session: Session, frozen_cv_id: int) -> tuple[CvFile, ...]:
    """What of a frozen CV goes into the ZIP."""
    query = select(FrozenCvFileRow).where(
        FrozenCvFileRow.frozen_cv_id == frozen_cv_id, FrozenCvFileRow.format.in_(SENT_FORMATS)
    )
    rows = sorted(session.scalars(query), key=lambda row: SENT_FORMATS.index(row.format))
    return tuple(CvFile(row.frozen_cv_id, row.format, row.name, row.sha256) for row in rows)


def cv_content(session: Session, file: CvFile) -> bytes:
    """The bytes; ValueError when the store was tampered with."""
    return content_of(session, file.sha256)


def cv_hash(session: Session, frozen_cv_id: int) -> str:
    """Of the record that the recipient is shown."""
    return session.get_one(FrozenCvRow, frozen_cv_id).sha256
