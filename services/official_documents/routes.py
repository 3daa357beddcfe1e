"""Routes: proposed from a template, arranged by hand, sent, taken back, reset by a changed file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from db.models import (
    OfficerRow,
    OfficialDocumentRow,
    RouteStepRow,
)
from db.repositories import routes as repository
from db.session import unit_of_work
from domain.enums import (
    OfficialDocumentStatus,
    StepStatus,
)
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from domain.records.signing import NewStep
from domain.texts import N_
from domain.transitions import OFFICIAL_DOCUMENT, check_can_move
from services import audit
from services.official_documents.access import open_route
from services.official_documents.route import Route, move
from services.official_documents.route_loading import load_route
from services.official_documents.route_templates import capacity_of, lay_out, step_row
from services.permissions import Permission, check_can

PLACES = range(1, 21)


def propose_route(*, document_id: int, by: Officer) -> None:
    """Put the template's steps into the draft, instead of those it has."""
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by, lock=True)
        route.check_can_edit(by)
        lay_out(work.session, route.document, by)
        audit.record(
            work.session,
            action="route_proposed",
            entity="official_document",
            entity_id=document_id,
            details={"rules": route.rules.version},
            by=by,
        )
        work.commit()


def add_step(*, document_id: int, step: NewStep, by: Officer) -> None:
    """Put a step into a draft's route."""
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by, lock=True)
        route.check_can_edit(by)
        _check_new(work.session, route, step)
        number = repository.last_round(work.session, document_id)
        number = number if route.steps else number + 1
        # In what capacity follows from the session, whatever was sent.
        capacity = capacity_of(work.session, route.document, step.officer_id)
        work.session.add(step_row(document_id, number, replace(step, capacity=capacity), by))
        _record(work.session, "step_added", document_id, _told(step), by)
        work.commit()


def _told(step: NewStep | RouteStepRow) -> dict[str, object]:
    return {"kind": step.kind.value, "officer": step.officer_id, "place": step.place}


def _check_new(session: Session, route: Route, step: NewStep) -> None:
    officer = session.get(OfficerRow, step.officer_id)
    if officer is None or officer.disabled_at is not None:
        raise InvalidInput(N_("Choose an officer whose account is open."))
    if step.place not in PLACES:
        raise InvalidInput(N_("The order is a number from 1 to {last}."), last=PLACES[-1])
    if any((one.kind, one.officer_id) == (step.kind, step.officer_id) for one in route.steps):
        raise InvalidInput(N_("The same is asked of this officer in the route already."))


def remove_step(*, document_id: int, step_id: int, by: Officer) -> None:
    """Take a step out of a draft's route."""
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by, lock=True)
        route.check_can_edit(by)
        step = route.step(step_id)
        work.session.delete(step)
        _record(work.session, "step_removed", document_id, _told(step), by)
        work.commit()


def move_step(*, document_id: int, step_id: int, place: int, by: Officer) -> None:
    """Give a step of a draft another place; steps of one place run side by side."""
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by, lock=True)
        route.check_can_edit(by)
        step = route.step(step_id)
        if place not in PLACES:
            raise InvalidInput(N_("The order is a number from 1 to {last}."), last=PLACES[-1])
        if step.place == place:
            return
        details: dict[str, object] = {**_told(step), "place": [step.place, place]}
        step.place = place
        _record(work.session, "step_moved", document_id, details, by)
        work.commit()


def send_into_route(*, document_id: int, by: Officer) -> None:
    """Send the document to whoever stands first in its route."""
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by, lock=True)
        route.check_can_send(by)
        start(work.session, route, by)
        work.commit()


def start(session: Session, route: Route, by: Officer) -> None:
    """Begin the route in the caller's transaction."""
    document = route.document
    check_can_move(OFFICIAL_DOCUMENT, document.status, OfficialDocumentStatus.IN_ROUTE)
    document.status = OfficialDocumentStatus.IN_ROUTE
    route.advance()
    session.flush()
    details = {
        "revision": document.revision,
        "sha256": route.principal.sha256 if route.principal else None,
        "steps": len(route.steps),
    }
    _record(session, "sent_into_route", document.id, details, by)


def take_back(*, document_id: int, by: Officer) -> None:
    """Make a document in its route, or a returned one, a draft again; its route begins anew."""
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by, lock=True)
        route.check_can_take_back(by)
        _begin_anew(work.session, route, by)
        work.commit()


def reset_route(session: Session, document: OfficialDocumentRow, by: Officer | None) -> None:
    """After the principal file changed: what was given on the former one counts no more.

    Part of the caller's transaction, which has locked the document. The former steps stay as
    history; the document is a draft with the same route, not yet sent.
    """
    route = load_route(session, document.id, lock=True)
    if document.status in {OfficialDocumentStatus.SIGNED, OfficialDocumentStatus.VOID}:
        raise Refused(N_("The document is signed or void: its files do not change any more."))
    if document.status is OfficialDocumentStatus.DRAFT:
        return
    _begin_anew(session, route, by)


def _begin_anew(session: Session, route: Route, by: Officer | None) -> None:
    document = route.document
    check_can_move(OFFICIAL_DOCUMENT, document.status, OfficialDocumentStatus.DRAFT)
    document.status = OfficialDocumentStatus.DRAFT
    worthless = sum(step.status is StepStatus.DONE for step in route.steps)
    for step in route.steps:
        session.add(
            step_row(
                document.id,
                step.round + 1,
                NewStep(step.place, step.kind, step.officer_id, step.capacity),
                by,
            )
        )
        if step.status in {StepStatus.WAITING, StepStatus.ASKED, StepStatus.DONE}:
            move(step, StepStatus.RESET)
    session.flush()
    details = {"revision": document.revision, "steps_no_longer_counting": worthless}
    _record(session, "route_reset", document.id, details, by)


def _record(
    session: Session,
    action: str,
    document_id: int,
    details: Mapping[str, object],
    by: Officer | None,
) -> None:
    audit.record(
        session,
        action=action,
        entity="official_document",
        entity_id=document_id,
        details=details,
        by=by,
    )
