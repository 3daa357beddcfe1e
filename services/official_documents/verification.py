"""Whether a paper or a file is ours and unchanged. Anybody may ask; nothing personal is answered.

A code leads to hashes, a hash to a code: who has neither learns nothing.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import (
    CommissionSessionRow,
    OfficialDocumentFileRow,
    OfficialDocumentRevisionRow,
    OfficialDocumentRow,
    OrientationCertificateRow,
    PublishedExtractFileRow,
    PublishedExtractRow,
    StoredFileRow,
)
from db.session import reading
from domain.enums import OfficialDocumentStatus
from domain.records.verification import (
    Paper,
    PaperFile,
    PaperKind,
    PaperSignature,
    PaperStanding,
)
from services import clock
from services.official_documents.codes import read_code
from services.official_documents.signatures import signatures_of


def find_paper(typed: str) -> Paper | None:
    """The paper with the code that somebody typed; InvalidInput when that can't be a code."""
    code = read_code(typed)
    with reading() as session:
        return _paper(session, code)


def find_paper_of_file(content: bytes) -> tuple[Paper, PaperFile] | None:
    """The paper to which exactly this file belongs. The content is not kept."""
    sha256 = hashlib.sha256(content).hexdigest()
    with reading() as session:
        code = session.scalar(_code_of_document_file(sha256)) or session.scalar(
            select(PublishedExtractRow.code)
            .join(
                PublishedExtractFileRow,
                PublishedExtractFileRow.extract_id == PublishedExtractRow.id,
            )
            .where(PublishedExtractFileRow.sha256 == sha256)
            .order_by(PublishedExtractRow.edition.desc())
            .limit(1)
        )
        code = code or session.scalar(
            select(OrientationCertificateRow.code).where(
                OrientationCertificateRow.file_sha256 == sha256
            )
        )
        paper = _paper(session, code) if code else None
    file = paper.file(sha256) if paper else None
    return (paper, file) if paper and file else None


def _code_of_document_file(sha256: str) -> Select[str]:
    files, revisions = OfficialDocumentFileRow, OfficialDocumentRevisionRow
    return (
        select(revisions.code)
        .join(
            files,
            (files.document_id == revisions.document_id) & (files.revision == revisions.revision),
        )
        .where(files.sha256 == sha256)
        .order_by(revisions.revision.desc())
        .limit(1)
    )


def _paper(session: Session, code: str) -> Paper | None:
    revision = session.scalars(
        select(OfficialDocumentRevisionRow).where(OfficialDocumentRevisionRow.code == code)
    ).one_or_none()
    if revision is not None:
        return _minutes(session, revision)
    extract = session.scalars(
        select(PublishedExtractRow).where(PublishedExtractRow.code == code)
    ).one_or_none()
    if extract is not None:
        return _extract(session, extract)
    certificate = session.scalars(
        select(OrientationCertificateRow).where(OrientationCertificateRow.code == code)
    ).one_or_none()
    return _certificate(session, certificate) if certificate is not None else None


def _minutes(session: Session, revision: OfficialDocumentRevisionRow) -> Paper:
    document = session.get_one(OfficialDocumentRow, revision.document_id)
    files = session.execute(
        select(OfficialDocumentFileRow, StoredFileRow.size)
        .join(StoredFileRow, StoredFileRow.sha256 == OfficialDocumentFileRow.sha256)
        .where(
            OfficialDocumentFileRow.document_id == document.id,
            OfficialDocumentFileRow.revision == revision.revision,
        )
        .order_by(OfficialDocumentFileRow.id)
    )
    found = tuple(
        PaperFile(file.language, file.format, file.sha256, size, file.is_principal)
        for file, size in files
    )
    hashes = {file.sha256 for file in found}
    return Paper(
        kind=PaperKind.MINUTES,
        number=document.number or "",
        revision=revision.revision,
        code=revision.code,
        made_on=clock.day_of(revision.created_at),
        standing=_standing(document, revision.revision),
        files=found,
        signatures=tuple(
            PaperSignature(
                capacity=one.capacity,
                is_by_substitute=one.acting_for is not None,
                level=one.level,
                signed_on=clock.day_of(one.signed_at),
                finding=one.finding,
                is_demonstration=one.is_demonstration,
            )
            for one in signatures_of(session, document)
            if one.sha256 in hashes
        ),
    )


def _standing(document: OfficialDocumentRow, revision: int) -> PaperStanding:
    if document.status is OfficialDocumentStatus.VOID:
        return PaperStanding.VOID
    if revision < document.revision:
        return PaperStanding.SUPERSEDED
    if document.status is OfficialDocumentStatus.SIGNED:
        return PaperStanding.SIGNED
    return PaperStanding.NOT_SIGNED


def _extract(session: Session, extract: PublishedExtractRow) -> Paper:
    number = session.get_one(CommissionSessionRow, extract.session_id).number
    files = session.execute(
        select(PublishedExtractFileRow, StoredFileRow.size)
        .join(StoredFileRow, StoredFileRow.sha256 == PublishedExtractFileRow.sha256)
        .where(PublishedExtractFileRow.extract_id == extract.id)
        .order_by(PublishedExtractFileRow.language.desc(), PublishedExtractFileRow.format.desc())
    )
    return Paper(
        kind=PaperKind.EXTRACT,
        number=number,
        revision=extract.edition,
        code=extract.code,
        made_on=clock.day_of(extract.published_at),
        standing=PaperStanding.WITHDRAWN if extract.withdrawn_at else PaperStanding.PUBLISHED,
        files=tuple(
            PaperFile(
                file.language,
                file.format,
                file.sha256,
                size,
                (file.language, file.format.value) == ("ka", "pdf"),
            )
            for file, size in files
        ),
    )


def _certificate(session: Session, certificate: OrientationCertificateRow) -> Paper:
    """A certificate of orientation: that it is ours, never whose it is."""
    file = session.get_one(StoredFileRow, certificate.file_sha256)
    return Paper(
        kind=PaperKind.CERTIFICATE,
        number=certificate.number,
        revision=1,
        code=certificate.code,
        made_on=clock.day_of(certificate.issued_at),
        standing=PaperStanding.ISSUED,
        files=(PaperFile("ka", file.format, file.sha256, file.size, True),),
    )
