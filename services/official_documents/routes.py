"""Routes: proposed from a template, arranged by hand, sent, taken back, reset by a changed file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CommissionSessionRow,
    OfficerRow,
    OfficialDocumentRow,
    RouteStepRow,
    SessionMemberRow,
)
from db.repositories import routes as repository
from db.session import unit_of_work
from domain.enums import (
    OfficialDocumentStatus,
    Role,
    SeatRole,
    StepCapacity,
    StepStatus,
)
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from domain.records.signing import NewStep
from domain.texts import N_
from domain.transitions import OFFICIAL_DOCUMENT, check_can_move
from services import audit, clock
from services.official_documents.access import open_route
from services.official_documents.route import Route, load_route, move
from services.official_documents.route_rules import TemplateStep
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


def lay_out(session: Session, document: OfficialDocumentRow, by: Officer | None) -> int:
    """Replace a draft's steps by its kind's template in the caller's transaction; how many."""
    route = load_route(session, document.id)
    for step in route.steps:
        if step.status is not StepStatus.WAITING:
            raise Refused(N_("The document is not a draft: take it back before you change it."))
        session.delete(step)
    session.flush()
    number = repository.last_round(session, document.id) + 1
    wanted = _from_template(session, document, route.rules.template)
    session.add_all(_row(document.id, number, step, by) for step in wanted)
    session.flush()
    return len(wanted)


def _row(document_id: int, number: int, step: NewStep, by: Officer | None) -> RouteStepRow:
    return RouteStepRow(
        document_id=document_id,
        round=number,
        place=step.place,
        kind=step.kind,
        capacity=step.capacity,
        officer_id=step.officer_id,
        status=StepStatus.WAITING,
        created_at=clock.now(),
        created_by=by.id if by else None,
    )


def _from_template(
    session: Session, document: OfficialDocumentRow, template: Sequence[TemplateStep]
) -> list[NewStep]:
    return [
        NewStep(step.place, step.kind, officer_id, capacity)
        for step in template
        for officer_id, capacity in _who(session, document, step.who)
    ]


def _who(
    session: Session, document: OfficialDocumentRow, who: str
) -> list[tuple[int, StepCapacity | None]]:
    """The officers whom a word of the template means for this document."""
    if who == "author":
        return [(document.created_by, StepCapacity.AUTHOR)] if document.created_by else []
    if who in {role.value for role in Role} and who != Role.CHAIR:
        return [(one, StepCapacity.HEAD) for one in _first_of(session, Role(who))]
    if document.session_id is None:
        return []
    sitting = session.get_one(CommissionSessionRow, document.session_id)
    seats = _seats(session, sitting.id)
    chair = presiding(sitting, seats)
    secretary = secretary_of(document, sitting, seats, chair)
    if who == "chair":
        return [(chair, StepCapacity.CHAIR)]
    if who == "secretary":
        return [(secretary, StepCapacity.SECRETARY)] if secretary else []
    others = [seat for seat in seats if seat.officer_id != chair]
    if who == "attending":
        others = [
            seat
            for seat in others
            if seat.attended_at and seat.role.votes and seat.officer_id != secretary
        ]
    capacity = {secretary: StepCapacity.SECRETARY}
    return [
        (seat.officer_id, capacity.get(seat.officer_id, StepCapacity.MEMBER)) for seat in others
    ]


def _seats(session: Session, session_id: int) -> Sequence[SessionMemberRow]:
    query = select(SessionMemberRow).where(SessionMemberRow.session_id == session_id)
    return session.scalars(query.order_by(SessionMemberRow.officer_id)).all()


def presiding(sitting: CommissionSessionRow, seats: Sequence[SessionMemberRow]) -> int:
    """The chair; where the chair did not attend, the deputy who did."""
    there = {seat.officer_id for seat in seats if seat.attended_at}
    deputies = [seat.officer_id for seat in seats if seat.role is SeatRole.DEPUTY]
    stood_in = [one for one in deputies if one in there]
    return stood_in[0] if stood_in and sitting.chair_id not in there else sitting.chair_id


def secretary_of(
    document: OfficialDocumentRow,
    sitting: CommissionSessionRow,
    seats: Sequence[SessionMemberRow],
    chair: int,
) -> int | None:
    """The session's secretary, else the minutes' author, else who planned it; never the chair."""
    seated = [seat.officer_id for seat in seats if seat.role is SeatRole.SECRETARY]
    for officer_id in (*seated, document.created_by, sitting.created_by):
        if officer_id is not None and officer_id != chair:
            return officer_id
    return None


def _first_of(session: Session, role: Role) -> list[int]:
    query = select(OfficerRow.id).where(OfficerRow.role == role, OfficerRow.disabled_at.is_(None))
    return list(session.scalars(query.order_by(OfficerRow.id).limit(1)))


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
        capacity = _capacity(work.session, route.document, step.officer_id)
        work.session.add(_row(document_id, number, replace(step, capacity=capacity), by))
        _record(work.session, "step_added", document_id, _told(step), by)
        work.commit()


def _capacity(
    session: Session, document: OfficialDocumentRow, officer_id: int
) -> StepCapacity | None:
    known = [
        one for who in ("chair", "secretary", "members") for one in _who(session, document, who)
    ]
    return next((capacity for one, capacity in known if one == officer_id), None)


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
            _row(
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
