"""Official documents with a file, and routes for them."""

import hashlib
from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.models import (
    OfficialDocumentFileRow,
    OfficialDocumentRow,
    RouteStepRow,
    StoredFileRow,
)
from db.repositories import routes as repository
from db.session import reading, unit_of_work
from domain.enums import (
    FileFormat,
    OfficialDocumentKind,
    OfficialDocumentStatus,
    StepKind,
    StepStatus,
)
from domain.records.officer import Officer
from domain.records.signing import DocumentRecord, NewStep, RouteStep
from services import clock
from services.official_documents import routes
from services.official_documents.documents import get_document

CONTENT = b"%PDF-1.7 minutes of a session\r\n"


def paper(
    author: Officer,
    *,
    kind: OfficialDocumentKind = OfficialDocumentKind.MINUTES,
    session_id: int | None = None,
    content: bytes = CONTENT,
) -> int:
    """A draft with one principal file."""
    with unit_of_work() as work:
        now = clock.now()
        row = OfficialDocumentRow(
            kind=kind,
            title="სხდომის ოქმი",
            session_id=session_id,
            status=OfficialDocumentStatus.DRAFT,
            revision=0,
            created_at=now,
            created_by=author.id,
        )
        work.session.add(row)
        work.session.flush()
        _revision(work.session, row, content, author)
        work.commit()
        return row.id


def _revision(
    session: Session, document: OfficialDocumentRow, content: bytes, author: Officer
) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    now = clock.now()
    if session.get(StoredFileRow, sha256) is None:
        session.add(
            StoredFileRow(
                sha256=sha256,
                format=FileFormat.PDF,
                size=len(content),
                content=content,
                created_at=now,
                created_by=author.id,
            )
        )
        session.flush()
    document.revision += 1
    session.add(
        OfficialDocumentFileRow(
            document_id=document.id,
            revision=document.revision,
            language="ka",
            format=FileFormat.PDF,
            name=f"minutes-{document.revision}.pdf",
            sha256=sha256,
            is_principal=True,
            created_at=now,
            created_by=author.id,
        )
    )
    session.flush()


def revise(document_id: int, content: bytes, author: Officer, *, reset: bool = True) -> None:
    """A new revision with another principal file, as the minutes' services make one."""
    with unit_of_work() as work:
        document = repository.find_document(work.session, document_id, lock=True)
        assert document is not None
        if reset:
            routes.reset_route(work.session, document, author)
        _revision(work.session, document, content, author)
        work.commit()


def lay(document_id: int, steps: Sequence[tuple[int, StepKind, Officer]], author: Officer) -> None:
    """These steps by hand."""
    for place, kind, officer in steps:
        routes.add_step(document_id=document_id, step=NewStep(place, kind, officer.id), by=author)


def seen(document_id: int, by: Officer) -> DocumentRecord:
    """The document as this officer reads it."""
    return get_document(document_id=document_id, by=by)


def step_of(record: DocumentRecord, officer: Officer, kind: StepKind | None = None) -> RouteStep:
    """The step asked of that officer in the present route."""
    return next(
        step
        for step in record.steps
        if step.person.officer_id == officer.id and kind in (None, step.kind)
    )


def statuses(document_id: int) -> list[StepStatus]:
    """Of the newest round, in order."""
    with reading() as session:
        rows = session.query(RouteStepRow).filter_by(document_id=document_id).all()
        newest = max(row.round for row in rows)
        rows = sorted((r for r in rows if r.round == newest), key=lambda row: (row.place, row.id))
        return [row.status for row in rows]
