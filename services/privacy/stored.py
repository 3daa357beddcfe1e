"""Stored files that name a person: emptied, and minutes made anew without the name."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table, func, not_, or_, select, update
from sqlalchemy.orm import Session

from db.base import Base
from db.models import (
    CandidacyRow,
    CommissionSessionRow,
    DecisionRow,
    DocumentSignatureRow,
    OfficialDocumentFileRow,
    OfficialDocumentRevisionRow,
    OfficialDocumentRow,
    ShortlistRow,
    StoredFileRow,
)
from domain.enums import DecisionOutcome, OfficialDocumentKind
from domain.records.officer import Officer
from services import clock
from services.commission.sessions.sitting import get_sitting
from services.official_documents.files import MadeFile, keep
from services.official_documents.minutes import made_files
from services.official_documents.minutes_record import minutes_record
from services.privacy.table_map import Person, rows_of, table_map

NAMED = (DecisionOutcome.APPROVED, DecisionOutcome.RESERVE)


def empty_files(session: Session, person: Person) -> int:
    """Empty every stored file that only this person's rows lead to; how many."""
    mine: set[str] = set()
    for name, column in _file_columns():
        table = table_map()[name].table
        if table_map()[name].erase.get(column) == "file":
            query = select(table.c[column]).where(
                rows_of(name, person), table.c[column].is_not(None)
            )
            mine.update(session.scalars(query))
    emptied = [
        sha256 for sha256 in sorted(mine) if not _is_needed_elsewhere(session, sha256, person)
    ]
    for sha256 in emptied:
        _empty(session, sha256, None)
    return len(emptied)


def _file_columns() -> Iterator[tuple[str, str]]:
    """Every (table, column) that leads to a stored file."""
    for table in Base.metadata.tables.values():
        if table.name not in table_map():
            continue
        for column in table.columns:
            if any(key.target_fullname == "stored_files.sha256" for key in column.foreign_keys):
                yield table.name, column.name


def _is_needed_elsewhere(session: Session, sha256: str, person: Person) -> bool:
    for name, column in _file_columns():
        mapped = table_map()[name]
        table: Table = mapped.table
        query = select(func.count()).select_from(table).where(table.c[column] == sha256)
        if mapped.erase.get(column) == "file":
            query = query.where(not_(func.coalesce(rows_of(name, person), False)))
        if session.scalar(query):
            return True
    return False


def _empty(session: Session, sha256: str, replacement: str | None) -> None:
    session.execute(
        update(StoredFileRow)
        .where(StoredFileRow.sha256 == sha256)
        .values(content=b"", removed_at=clock.now(), replacement=replacement)
        .execution_options(synchronize_session=False)
    )


def minutes_naming(session: Session, person: Person) -> list[int]:
    """Minutes of sessions that approved a person, or put them on the reserve."""
    sessions = (
        select(ShortlistRow.session_id)
        .join(DecisionRow, DecisionRow.shortlist_id == ShortlistRow.id)
        .join(CandidacyRow, CandidacyRow.id == DecisionRow.candidacy_id)
        .where(CandidacyRow.jobseeker_id.in_(person.ids), DecisionRow.outcome.in_(NAMED))
    )
    query = select(OfficialDocumentRow.id).where(
        OfficialDocumentRow.session_id.in_(sessions),
        OfficialDocumentRow.kind == OfficialDocumentKind.MINUTES,
    )
    return list(session.scalars(query.order_by(OfficialDocumentRow.id)))


def make_minutes_anew(session: Session, documents: list[int], maker: Officer | None) -> int:
    """The same minutes without the name; the signed files keep their hash, not their content."""
    for document_id in documents:
        document = session.get_one(OfficialDocumentRow, document_id)
        anew = {(file.language, file.format): file for file in _anew(session, document)}
        files = session.scalars(
            select(OfficialDocumentFileRow).where(
                OfficialDocumentFileRow.document_id == document_id
            )
        ).all()
        for file in files:
            made = anew.get((file.language, file.format))
            if made is None or made.sha256 == file.sha256:
                continue
            _empty(session, file.sha256, keep(session, made, file.name, maker))
        _empty_scans(session, document_id)
    return len(documents)


def _anew(session: Session, document: OfficialDocumentRow) -> tuple[MadeFile, ...]:
    held = session.get_one(CommissionSessionRow, document.session_id)
    sitting = get_sitting(session, held.number)
    newest = session.get_one(OfficialDocumentRevisionRow, (document.id, document.revision))
    record = minutes_record(session, sitting, document.number or "")
    return made_files(record, newest.code)


def _empty_scans(session: Session, document_id: int) -> None:
    """A scan of the signed paper shows the names, too."""
    signatures = session.scalars(
        select(DocumentSignatureRow.scan_sha256).where(
            DocumentSignatureRow.document_id == document_id,
            or_(DocumentSignatureRow.scan_sha256.is_not(None)),
        )
    )
    for sha256 in signatures.all():
        assert sha256 is not None
        _empty(session, sha256, None)
