"""Files of official documents: kept by content, read by whoever may, every reading recorded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OfficialDocumentFileRow, OfficialDocumentRow, StoredFileRow
from domain.enums import FileFormat
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.texts import N_
from services.official_documents.attachments import MIME, CheckedFile, store_file


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that was made here, for one language."""

    language: str
    format: FileFormat
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def mime(self) -> str:
        """What browsers call the format."""
        return MIME[self.format]


def keep(session: Session, file: MadeFile, name: str, by: Officer | None) -> str:
    """Store what was made here; returns its hash. The caller commits."""
    return store_file(session, CheckedFile(name, file.format, file.content, file.sha256), by)


def content_of(session: Session, sha256: str) -> bytes:
    """The stored content; ValueError when the store was tampered with."""
    row = session.get(StoredFileRow, sha256)
    if row is None:
        raise NotFound(N_("This file is not kept here any more."))
    if row.replacement is not None:
        return content_of(session, row.replacement)
    if row.removed_at is not None:
        raise NotFound(N_("This file is gone: the data of somebody it names were depersonalised."))
    if hashlib.sha256(row.content).hexdigest() != sha256:
        raise ValueError(f"the content of stored file {sha256} is not what was stored")
    return row.content


def file_of(
    session: Session, document: OfficialDocumentRow, language: str, form: FileFormat
) -> OfficialDocumentFileRow:
    """The file of the newest revision in that language and format."""
    file = session.scalars(
        select(OfficialDocumentFileRow).where(
            OfficialDocumentFileRow.document_id == document.id,
            OfficialDocumentFileRow.revision == document.revision,
            OfficialDocumentFileRow.language == language,
            OfficialDocumentFileRow.format == form,
        )
    ).one_or_none()
    if file is None:
        raise NotFound(N_("The document has no file in this language and format."))
    return file
