"""Official documents as their readers find them: what waits for me, mine, one with its files."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AuditDetailsRow, AuditEventRow
from db.repositories import routes as repository
from db.session import reading, unit_of_work
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.signing import DocumentRecord, DocumentSummary, HistoryEntry
from domain.texts import N_
from services import audit
from services.audit import Happening
from services.official_documents.access import kinds_open_to, open_route
from services.official_documents.attendance import attendance_today
from services.official_documents.files import content_of
from services.official_documents.route_loading import load_routes
from services.official_documents.views import document_record, document_summary, person
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can

LISTED = 300
"""So many of the newest documents; what waits for the reader is shown whatever its age."""
READINGS = ("read", "downloaded")


def list_documents(*, by: Officer) -> tuple[DocumentSummary, ...]:
    """Documents the officer may read, what waits for them first, then the newest."""
    check_can(by, Permission.DOCUMENTS_READ)
    with reading() as session:
        absent = attendance_today(session).stands_in_for(by.id)
        readable = repository.list_readable(
            session, by.id, stands_in_for=absent, kinds=kinds_open_to(by), limit=LISTED
        )
        asked = repository.list_asked(session, {by.id} | absent)
        wanted = {row.id: row for row in (*readable, *asked)}
        found = [document_summary(one, by) for one in load_routes(session, [*wanted.values()])]
    return tuple(sorted(found, key=lambda one: (one.asked is None, -one.id)))


def list_waiting(*, by: Officer) -> tuple[DocumentSummary, ...]:
    """Documents that wait for the officer's endorsement, signature or reading; the oldest first."""
    check_can(by, Permission.DOCUMENTS_READ)
    with reading() as session:
        return waiting_for(session, by)


def waiting_for(session: Session, by: Officer) -> tuple[DocumentSummary, ...]:
    """As `list_waiting`, within a reading that the caller has opened."""
    asked = {by.id} | attendance_today(session).stands_in_for(by.id)
    waiting = repository.list_asked(session, asked)
    found = [document_summary(route, by) for route in load_routes(session, waiting)]
    return tuple(one for one in found if one.asked is not None)


def get_document(*, document_id: int, by: Officer) -> DocumentRecord:
    """One document with its route, and what the reader may do now. The reading is logged."""
    check_can(by, Permission.DOCUMENTS_READ)
    with reading() as session:
        record = document_record(session, open_route(session, document_id, by), by)
    happening = Happening("read", "official_document", document_id)
    log_once_a_day(("official_document", document_id, record.revision), happening, by=by)
    return record


def read_file(*, document_id: int, sha256: str, by: Officer) -> bytes:
    """A file of the document, of any revision, or the scan of a signature. Logged."""
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        open_route(work.session, document_id, by)
        files = {row.sha256 for row, _ in repository.list_files(work.session, document_id)}
        signatures = repository.list_signatures(work.session, document_id)
        if sha256 not in files | {row.scan_sha256 for row in signatures}:
            raise NotFound(N_("There is no such file in this document."))
        content = content_of(work.session, sha256)
        audit.record(
            work.session,
            action="downloaded",
            entity="official_document",
            entity_id=document_id,
            details={"sha256": sha256},
            by=by,
        )
        work.commit()
        return content


def list_history(*, document_id: int, by: Officer) -> tuple[HistoryEntry, ...]:
    """What happened to the document, the latest first; who read it stands in the audit log."""
    check_can(by, Permission.DOCUMENTS_READ)
    events = AuditEventRow
    with reading() as session:
        document = open_route(session, document_id, by).document
        query = (
            select(events, AuditDetailsRow.details)
            .outerjoin(AuditDetailsRow, AuditDetailsRow.seq == events.seq)
            .where(
                events.entity == "official_document",
                events.entity_id.in_([str(document_id), document.number or ""]),
                events.action.not_in(READINGS),
            )
            .order_by(events.seq.desc())
        )
        rows = session.execute(query).all()
        people = repository.officers(session, {e.actor_id for e, _ in rows if e.actor_id})
        return tuple(
            HistoryEntry(
                happened_at=event.happened_at,
                person=person(people[event.actor_id]) if event.actor_id in people else None,
                action=event.action,
                details=tuple((name, _plain(value)) for name, value in (details or {}).items()),
            )
            for event, details in rows
        )


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
