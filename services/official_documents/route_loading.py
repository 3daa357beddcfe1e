"""Routes loaded with their steps, people and absences."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CommissionSessionRow,
    OfficialDocumentRow,
    RouteStepRow,
    SessionMemberRow,
)
from db.repositories import routes as repository
from domain.enums import (
    OfficialDocumentKind,
    OfficialDocumentStatus,
    SeatRole,
    StepStatus,
)
from domain.exceptions import NotFound
from services.official_documents.attendance import attendance_today
from services.official_documents.route import NO_DOCUMENT, Route


def load_routes(session: Session, documents: Sequence[OfficialDocumentRow]) -> list[Route]:
    """These documents with everything that rules ask about them."""
    ids = [document.id for document in documents]
    steps = repository.list_steps(session, ids)
    principals = {file.document_id: file for file in repository.list_principals(session, ids)}
    attendance = attendance_today(session)
    chairs = _chairs(session, documents)
    named = _people_of(documents, steps) | attendance.everybody()
    people = repository.officers(session, named.union(*chairs.values()))
    routes = []
    for document in documents:
        own = [step for step in steps if step.document_id == document.id]
        newest = _round_of(document, own)
        routes.append(
            Route(
                document=document,
                principal=principals.get(document.id),
                steps=[step for step in own if step.round == newest],
                former=[step for step in own if step.round < newest],
                people=people,
                attendance=attendance,
                chairs=chairs.get(document.id, frozenset()),
            )
        )
    return routes


def _chairs(
    session: Session, documents: Sequence[OfficialDocumentRow]
) -> dict[int, frozenset[int]]:
    minutes = [one for one in documents if one.kind is OfficialDocumentKind.MINUTES]
    ids = {one.session_id for one in minutes if one.session_id is not None}
    if not ids:
        return {}
    sittings, seats = CommissionSessionRow, SessionMemberRow
    found: dict[int, set[int]] = {}
    for row in session.scalars(select(sittings).where(sittings.id.in_(ids))):
        found[row.id] = {row.chair_id, row.presiding_id or row.chair_id}
    query = select(seats).where(seats.session_id.in_(ids), seats.role == SeatRole.DEPUTY)
    for seat in session.scalars(query.where(seats.attended_at.is_not(None))):
        found[seat.session_id].add(seat.officer_id)
    return {one.id: frozenset(found.get(one.session_id or 0, ())) for one in minutes}


def _round_of(document: OfficialDocumentRow, steps: Sequence[RouteStepRow]) -> int:
    """The round that is the route now; a draft may have none left, but former ones."""
    newest = max((step.round for step in steps), default=0)
    begun = any(s.status is not StepStatus.WAITING for s in steps if s.round == newest)
    is_draft = document.status is OfficialDocumentStatus.DRAFT
    return newest + 1 if is_draft and begun else newest


def _people_of(
    documents: Sequence[OfficialDocumentRow], steps: Collection[RouteStepRow]
) -> set[int]:
    ids = {document.created_by for document in documents}
    ids |= {step.officer_id for step in steps} | {step.acted_by for step in steps}
    return {one for one in ids if one is not None}


def load_route(session: Session, document_id: int, *, lock: bool = False) -> Route:
    """One document; `lock` until the transaction ends. NotFound where there is none."""
    document = repository.find_document(session, document_id, lock=lock)
    if document is None:
        raise NotFound(NO_DOCUMENT)
    return load_routes(session, [document])[0]
