"""The route that a template of the day lays out: whom each of its steps asks."""

from __future__ import annotations

from collections.abc import Sequence

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
from domain.enums import (
    Role,
    SeatRole,
    StepCapacity,
    StepStatus,
)
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.records.signing import NewStep
from domain.texts import N_
from services import clock
from services.official_documents.route_loading import load_route
from services.official_documents.route_rules import TemplateStep


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
    session.add_all(step_row(document.id, number, step, by) for step in wanted)
    session.flush()
    return len(wanted)


def step_row(document_id: int, number: int, step: NewStep, by: Officer | None) -> RouteStepRow:
    """A step as it is kept; nobody is asked for it yet."""
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


def capacity_of(
    session: Session, document: OfficialDocumentRow, officer_id: int
) -> StepCapacity | None:
    """As what the officer sat in the document's session."""
    known = [
        one for who in ("chair", "secretary", "members") for one in _who(session, document, who)
    ]
    return next((capacity for one, capacity in known if one == officer_id), None)
