"""Rows of official documents, their routes, signatures and absences. Callers commit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    AbsenceRow,
    AbsenceSubstituteRow,
    DocumentSignatureRow,
    OfficerRow,
    OfficialDocumentFileRow,
    OfficialDocumentRow,
    RouteStepRow,
    SessionMemberRow,
    StoredFileRow,
)
from domain.enums import OfficialDocumentKind, OfficialDocumentStatus, StepStatus


def find_document(
    session: Session, document_id: int, *, lock: bool = False
) -> OfficialDocumentRow | None:
    """The document; `lock` against everybody who acts on it or changes its files."""
    query = select(OfficialDocumentRow).where(OfficialDocumentRow.id == document_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def list_files(session: Session, document_id: int) -> Sequence[Row[OfficialDocumentFileRow, int]]:
    """Files of all revisions with their sizes, the newest revision and the principal file first."""
    of = OfficialDocumentFileRow
    query = (
        select(of, StoredFileRow.size)
        .join(StoredFileRow, StoredFileRow.sha256 == of.sha256)
        .where(of.document_id == document_id)
        .order_by(of.revision.desc(), of.is_principal.desc(), of.id)
        .execution_options(populate_existing=True)
    )
    return session.execute(query).all()


def list_principals(
    session: Session, document_ids: Collection[int]
) -> Sequence[OfficialDocumentFileRow]:
    """The principal file of the newest revision of each of these documents."""
    of, documents = OfficialDocumentFileRow, OfficialDocumentRow
    query = (
        select(of)
        .join(documents, documents.id == of.document_id)
        .where(of.document_id.in_(document_ids), of.revision == documents.revision, of.is_principal)
    )
    return session.scalars(query).all()


def list_steps(session: Session, document_ids: Collection[int]) -> Sequence[RouteStepRow]:
    """Steps of all rounds of these documents, in the order of their routes."""
    of = RouteStepRow
    query = (
        select(of)
        .where(of.document_id.in_(document_ids))
        .order_by(of.document_id, of.round, of.place, of.id)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()


def list_signatures(session: Session, document_id: int) -> Sequence[DocumentSignatureRow]:
    """Signatures under a document, in the order they were given."""
    query = select(DocumentSignatureRow).where(DocumentSignatureRow.document_id == document_id)
    return session.scalars(query.order_by(DocumentSignatureRow.id)).all()


def officers(session: Session, ids: Collection[int]) -> dict[int, OfficerRow]:
    """Officers by id."""
    query = select(OfficerRow).where(OfficerRow.id.in_(ids))
    return {row.id: row for row in session.scalars(query)}


def list_absences_on(session: Session, day: date) -> Sequence[AbsenceRow]:
    """Absences that include the day and were not ended before."""
    of = AbsenceRow
    query = select(of).where(of.from_on <= day, of.until_on >= day, of.ended_at.is_(None))
    return session.scalars(query.order_by(of.id)).all()


def list_substitutes(
    session: Session, absence_ids: Collection[int]
) -> Sequence[AbsenceSubstituteRow]:
    """Substitutes of these absences in their order."""
    of = AbsenceSubstituteRow
    query = select(of).where(of.absence_id.in_(absence_ids)).order_by(of.absence_id, of.place)
    return session.scalars(query).all()


def list_readable(
    session: Session,
    officer_id: int,
    *,
    stands_in_for: Collection[int],
    kinds: Collection[OfficialDocumentKind],
    limit: int,
) -> Sequence[OfficialDocumentRow]:
    """Documents the officer made, stands in the route of, or heard in a session; the newest first.

    `kinds` are those that the officer may read in any case.
    """
    documents, steps, seats = OfficialDocumentRow, RouteStepRow, SessionMemberRow
    own = exists().where(
        steps.document_id == documents.id,
        or_(
            steps.officer_id == officer_id,
            steps.acted_by == officer_id,
            steps.officer_id.in_(stands_in_for),
        ),
    )
    heard = exists().where(seats.session_id == documents.session_id, seats.officer_id == officer_id)
    query = (
        select(documents)
        .where(or_(documents.created_by == officer_id, documents.kind.in_(kinds), own, heard))
        .order_by(documents.id.desc())
        .limit(limit)
    )
    return session.scalars(query).all()


def list_asked(session: Session, officer_ids: Collection[int]) -> Sequence[OfficialDocumentRow]:
    """Documents under way with a step that waits for one of these officers; the oldest first."""
    documents, steps = OfficialDocumentRow, RouteStepRow
    asked = exists().where(
        steps.document_id == documents.id,
        steps.officer_id.in_(officer_ids),
        steps.status == StepStatus.ASKED,
    )
    under_way = (OfficialDocumentStatus.IN_ROUTE, OfficialDocumentStatus.SIGNED)
    query = select(documents).where(documents.status.in_(under_way), asked).order_by(documents.id)
    return session.scalars(query).all()


def list_returned(session: Session, author_id: int) -> Sequence[OfficialDocumentRow]:
    """Documents of the author that came back with a remark; the oldest first."""
    documents = OfficialDocumentRow
    query = select(documents).where(
        documents.created_by == author_id, documents.status == OfficialDocumentStatus.RETURNED
    )
    return session.scalars(query.order_by(documents.id)).all()


def last_round(session: Session, document_id: int) -> int:
    """The newest round of a document's route; 0 where there is none."""
    query = select(func.max(RouteStepRow.round)).where(RouteStepRow.document_id == document_id)
    return session.scalar(query) or 0


def absences(session: Session, ids: Collection[int | None]) -> dict[int, AbsenceRow]:
    """Absences by id."""
    query = select(AbsenceRow).where(AbsenceRow.id.in_([one for one in ids if one is not None]))
    return {row.id: row for row in session.scalars(query)}


def list_absences(session: Session, *, officer_id: int | None, until: date) -> Sequence[AbsenceRow]:
    """Absences that end on that day or later, of one officer or of all; the latest first."""
    of = AbsenceRow
    query = select(of).where(of.until_on >= until).order_by(of.from_on.desc(), of.id.desc())
    if officer_id is not None:
        query = query.where(of.officer_id == officer_id)
    return session.scalars(query).all()
