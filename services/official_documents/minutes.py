"""The minutes of a closed session: making them, and what their screen shows.

The same record gives the same files, so asking again changes nothing; a changed record, such as a
late dissent, makes a new revision, and what was endorsed before has to be endorsed anew.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    OfficialDocumentFileRow,
    OfficialDocumentRevisionRow,
    OfficialDocumentRow,
)
from db.repositories.numbers import next_in_series
from db.session import reading, settings, unit_of_work
from documents.docx import to_docx
from documents.minutes import minutes_paper
from documents.pdf import to_pdf
from documents.speech import Speech
from domain.enums import (
    FileFormat,
    OfficialDocumentKind,
    OfficialDocumentStatus,
    SeatRole,
    SessionStatus,
)
from domain.exceptions import NotFound, PermissionDenied, Refused
from domain.records.minutes import MinutesRecord, PaperFileName, SessionMinutes
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock, texts
from services.commission.sessions.sitting import Sitting, get_sitting
from services.official_documents.canonical import record_sha256
from services.official_documents.codes import code_of, written
from services.official_documents.files import MadeFile, content_of, file_of, keep
from services.official_documents.minutes_record import minutes_record
from services.official_documents.route_templates import lay_out
from services.official_documents.routes import reset_route
from services.permissions import Permission, can, check_can
from services.refusals import refusal

LANGUAGES = ("ka", "en")
TITLE = "სხდომის {number} ოქმი"
"""As it is registered: the document's own language is Georgian."""
FOOT = N_("Verification code {code} · checked at {address}")


def generate_minutes(*, number: str, by: Officer) -> SessionMinutes:
    """Make the minutes of a closed session in four files; nothing happens if nothing changed."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        document = _find_document(work.session, sitting, lock=True)
        check_can_generate(sitting, document, by)
        if document is None:
            document = _new_document(work.session, sitting, by)
        assert document.number is not None
        record = minutes_record(work.session, sitting, document.number)
        sha256 = record_sha256(record)
        newest = _revision(work.session, document)
        if newest is None or newest.record_sha256 != sha256:
            reset_route(work.session, document, by)
            _add_revision(work.session, document, record, sha256, by)
            if newest is None:
                lay_out(work.session, document, by)
            work.commit()
        return _sheet(work.session, sitting, document, by)


def get_minutes(*, number: str, by: Officer) -> SessionMinutes:
    """What is there of a session's minutes, for its screen."""
    check_can(by, Permission.SESSIONS_READ)
    with reading() as session:
        sitting = get_sitting(session, number)
        sitting.check_visible(by)
        return _sheet(session, sitting, _find_document(session, sitting), by)


def download_minutes(*, number: str, language: str, form: FileFormat, by: Officer) -> MadeFile:
    """A file of the newest revision; the reading is recorded."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number)
        check_can_read(sitting, by)
        document = _find_document(work.session, sitting)
        if document is None:
            raise NotFound(N_("There are no minutes of this session yet."))
        file = file_of(work.session, document, language, form)
        content = content_of(work.session, file.sha256)
        audit.record(
            work.session,
            action="downloaded",
            entity="official_document",
            entity_id=document.id,
            details={"file": file.name, "sha256": file.sha256},
            by=by,
        )
        work.commit()
        return MadeFile(language, form, content)


def check_can_read(sitting: Sitting, by: Officer) -> None:
    """Raise unless the officer sat in the session or plans sessions: approved people are named."""
    sitting.check_visible(by)
    if sitting.member(by.id) is None and not can(by, Permission.SESSIONS_PLAN):
        raise PermissionDenied(N_("Minutes are read by the session's members and its planners."))


def check_can_generate(sitting: Sitting, document: OfficialDocumentRow | None, by: Officer) -> None:
    """Raise unless the officer may have the minutes made now."""
    _check_hand(sitting, by)
    if sitting.row.status is not SessionStatus.CLOSED or sitting.row.opened_at is None:
        raise Refused(N_("Minutes are made when the session is closed."))
    if document is not None and document.status is OfficialDocumentStatus.SIGNED:
        raise Refused(
            N_(
                "The minutes are signed and stay as they are. What was filed after the signature "
                "is kept with the session."
            )
        )


def _check_hand(sitting: Sitting, by: Officer) -> None:
    seat = sitting.member(by.id)
    is_secretary = seat is not None and seat.role is SeatRole.SECRETARY
    if not is_secretary and not can(by, Permission.SESSIONS_PLAN):
        raise PermissionDenied(
            N_("Minutes are made by the session's chair or secretary, or by a recruiter.")
        )


def _find_document(
    session: Session, sitting: Sitting, *, lock: bool = False
) -> OfficialDocumentRow | None:
    """The minutes of the session; void ones are as if there were none."""
    query = select(OfficialDocumentRow).where(
        OfficialDocumentRow.session_id == sitting.row.id,
        OfficialDocumentRow.kind == OfficialDocumentKind.MINUTES,
        OfficialDocumentRow.status != OfficialDocumentStatus.VOID,
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def _new_document(session: Session, sitting: Sitting, by: Officer) -> OfficialDocumentRow:
    series = f"MIN-{clock.today().year}"
    row = OfficialDocumentRow(
        kind=OfficialDocumentKind.MINUTES,
        number=f"{series}-{next_in_series(session, series):03d}",
        title=TITLE.format(number=sitting.row.number),
        session_id=sitting.row.id,
        status=OfficialDocumentStatus.DRAFT,
        revision=0,
        created_at=clock.now(),
        created_by=by.id,
    )
    session.add(row)
    session.flush()
    return row


def _revision(
    session: Session, document: OfficialDocumentRow
) -> OfficialDocumentRevisionRow | None:
    return session.get(OfficialDocumentRevisionRow, (document.id, document.revision))


def _add_revision(
    session: Session, document: OfficialDocumentRow, record: MinutesRecord, sha256: str, by: Officer
) -> None:
    document.revision += 1
    # A record may come back to what it was: each revision still has a code of its own.
    code = code_of(hashlib.sha256(f"{sha256}:{document.revision}".encode()).hexdigest())
    session.add(
        OfficialDocumentRevisionRow(
            document_id=document.id,
            revision=document.revision,
            record_sha256=sha256,
            code=code,
            created_at=clock.now(),
            created_by=by.id,
        )
    )
    session.flush()
    files = made_files(record, code)
    for file in files:
        name = f"{document.number}-{document.revision}-{file.language}.{file.format.value}"
        session.add(
            OfficialDocumentFileRow(
                document_id=document.id,
                revision=document.revision,
                language=file.language,
                format=file.format,
                name=name,
                sha256=keep(session, file, name, by),
                is_principal=(file.language, file.format) == ("ka", FileFormat.PDF),
                created_at=clock.now(),
                created_by=by.id,
            )
        )
    session.flush()
    audit.record(
        session,
        action="generated",
        entity="official_document",
        entity_id=document.id,
        details={"session": record.session_number, "revision": document.revision, "code": code}
        | {"sha256": [file.sha256 for file in files]},
        by=by,
    )


def made_files(record: MinutesRecord, code: str) -> tuple[MadeFile, ...]:
    """Georgian and English, PDF and Word: always the same bytes for the same record and code."""
    files = []
    for language in LANGUAGES:
        paper = minutes_paper(record, Speech(language, texts.show), foot(code, language))
        files.append(MadeFile(language, FileFormat.PDF, to_pdf(paper)))
        files.append(MadeFile(language, FileFormat.DOCX, to_docx(paper)))
    return tuple(files)


def foot(code: str, language: str) -> str:
    """What stands at the foot of each page: the code, and where anybody can check it."""
    address = f"{settings().public_address}/public/verify".removeprefix("https://")
    return texts.render(Sentence(FOOT, {"code": written(code), "address": address}), language)


def _sheet(
    session: Session, sitting: Sitting, document: OfficialDocumentRow | None, by: Officer
) -> SessionMinutes:
    revision = _revision(session, document) if document else None
    is_open = refusal(check_can_read, sitting, by) is None
    return SessionMinutes(
        session_number=sitting.row.number,
        document_id=document.id if document else None,
        number=document.number if document else None,
        revision=document.revision if document else 0,
        status=document.status if document else None,
        made_at=revision.created_at if revision else None,
        code=written(revision.code) if revision else None,
        files=_files(session, document) if document and is_open else (),
        may_generate=refusal(_check_hand, sitting, by) is None,
        generate_refusal=refusal(check_can_generate, sitting, document, by),
    )


def _files(session: Session, document: OfficialDocumentRow) -> tuple[PaperFileName, ...]:
    rows = session.scalars(
        select(OfficialDocumentFileRow)
        .where(
            OfficialDocumentFileRow.document_id == document.id,
            OfficialDocumentFileRow.revision == document.revision,
        )
        .order_by(OfficialDocumentFileRow.id)
    )
    return tuple(PaperFileName(row.language, row.format, row.name, row.sha256) for row in rows)
