"""Who may read an official document, and taking it up for an act."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import SessionMemberRow
from domain.enums import OfficialDocumentKind
from domain.exceptions import NotFound
from domain.records.officer import Officer
from services.official_documents.route import NO_DOCUMENT, Route
from services.official_documents.route_loading import load_route
from services.permissions import Permission, can

PRIVATE = frozenset({OfficialDocumentKind.LETTER})
"""Kinds that only their author and the people of their route read."""


def kinds_open_to(by: Officer) -> tuple[OfficialDocumentKind, ...]:
    """Kinds of document that the officer's role reads in any case: planners all but letters."""
    if not can(by, Permission.SESSIONS_PLAN):
        return ()
    return tuple(kind for kind in OfficialDocumentKind if kind not in PRIVATE)


def may_read(session: Session, route: Route, by: Officer) -> bool:
    """Whether the officer made it, stands in its route, sat in its session or plans sessions."""
    document, steps = route.document, [*route.steps, *route.former]
    mine = {by.id} | route.attendance.stands_in_for(by.id)
    if by.id == document.created_by or any(
        step.officer_id in mine or step.acted_by == by.id for step in steps
    ):
        return True
    if document.kind in kinds_open_to(by):
        return True
    seat = (document.session_id, by.id)
    return document.session_id is not None and session.get(SessionMemberRow, seat) is not None


def open_route(session: Session, document_id: int, by: Officer, *, lock: bool = False) -> Route:
    """The document for this officer; NotFound, as if it were not there, for who may not read it."""
    route = load_route(session, document_id, lock=lock)
    if not may_read(session, route, by):
        raise NotFound(NO_DOCUMENT)
    return route
