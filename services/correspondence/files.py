"""Files of letters: checked by content when they come, audited when they go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.models import (
    LetterFileRow,
    OfficialDocumentFileRow,
    OfficialDocumentRow,
    StoredFileRow,
)
from domain.enums import FileFormat, LetterStatus, LetterStep, OfficialDocumentStatus
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.correspondence import LetterRecord
from domain.records.officer import Officer
from domain.texts import N_
from services import clock
from services.correspondence import checks
from services.correspondence.chains import note
from services.correspondence.work import Work, finish, letter_work
from services.official_documents.attachments import MIME, CheckedFile, checked_file, store_file
from services.official_documents.files import content_of
from services.official_documents.routes import reset_route
from services.permissions import Permission, check_can

TEXTS = frozenset({FileFormat.PDF, FileFormat.DOCX})


@dataclass(frozen=True)
class Download:
    """A file as it goes out."""

    name: str
    mime: str
    content: bytes


def attach_file(
    *, letter_id: int, name: str, content: bytes, is_text: bool = False, by: Officer
) -> LetterRecord:
    """Add a file; `is_text` says that it is the outgoing letter itself, to be endorsed."""
    check_can(by, Permission.LETTERS_READ)
    file = checked_file(name=name, content=content)
    return attach_checked(letter_id=letter_id, file=file, is_text=is_text, by=by)


def attach_checked(
    *, letter_id: int, file: CheckedFile, is_text: bool = False, by: Officer
) -> LetterRecord:
    """Add a file that was checked already."""
    with letter_work(letter_id, by) as work:
        checks.check_attach(work.chain, work.desk)
        query = select(LetterFileRow.id).where(
            LetterFileRow.letter_id == letter_id, LetterFileRow.sha256 == file.sha256
        )
        if work.session.scalars(query).first() is not None:
            raise InvalidInput(N_("The letter has this very file already."))
        store_file(work.session, file, by)
        if is_text:
            _make_principal(work, file)
        work.session.add(
            LetterFileRow(
                letter_id=letter_id,
                sha256=file.sha256,
                name=file.name,
                attached_at=clock.now(),
                attached_by=by.id,
            )
        )
        note(work.session, work.chain, LetterStep.ATTACHED, by)
        details = {"sha256": file.sha256, "format": file.format.value, "size": len(file.content)}
        return finish(work, action="attached", details=details, by=by)


def _make_principal(work: Work, file: CheckedFile) -> None:
    """The file is a new revision of the official document that the outgoing letter is."""
    document = work.session.get(OfficialDocumentRow, work.chain.row.document_id or 0)
    if document is None or work.chain.row.status is not LetterStatus.DRAFT:
        raise Refused(N_("Only the draft of an outgoing letter has a text of its own."))
    if document.status is OfficialDocumentStatus.SIGNED:
        raise Refused(N_("The letter is signed: its text can't change any more."))
    if file.format not in TEXTS:
        raise InvalidInput(N_("The letter itself is a PDF or a Word file."))
    query = select(OfficialDocumentFileRow.id).where(
        OfficialDocumentFileRow.document_id == document.id,
        OfficialDocumentFileRow.revision == document.revision,
    )
    if work.session.scalars(query).first() is not None:
        document.revision += 1
        reset_route(work.session, document, work.desk.officer)
    work.session.add(
        OfficialDocumentFileRow(
            document_id=document.id,
            revision=document.revision,
            language="ka",
            format=file.format,
            name=file.name,
            sha256=file.sha256,
            is_principal=True,
            created_at=clock.now(),
            created_by=work.desk.officer.id,
        )
    )


def download_file(*, letter_id: int, file_id: int, by: Officer) -> Download:
    """The content of one of the letter's files; the download is audited."""
    check_can(by, Permission.LETTERS_READ)
    with letter_work(letter_id, by) as work:
        row = work.session.get(LetterFileRow, file_id)
        stored = work.session.get(StoredFileRow, row.sha256) if row else None
        if row is None or stored is None or row.letter_id != letter_id:
            raise NotFound(N_("The letter has no such file."))
        finish(work, action="downloaded", details={"sha256": row.sha256}, by=by)
        return Download(row.name, MIME[stored.format], content_of(work.session, row.sha256))
