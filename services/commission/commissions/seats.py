"""Seats of a commission: given for a role and an organisation, ended on a day, never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.models import CommissionRow, CommissionSeatRow, OfficerRow, OrganisationRow
from db.repositories import commissions as repository
from db.session import unit_of_work
from domain.enums import SeatRole
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.commissions import CommissionRecord, SeatForm
from domain.records.officer import Officer
from domain.texts import N_, Term
from services import clock
from services.commission.commissions.commissions import find, record
from services.commission.commissions.views import commission_record, end_refusal
from services.permissions import MATRIX, Permission, check_can

NEEDS = {
    SeatRole.CHAIR: Permission.SESSIONS_CHAIR,
    SeatRole.DEPUTY: Permission.SESSIONS_CHAIR,
    SeatRole.MEMBER: Permission.VOTES_CAST,
    SeatRole.SECRETARY: Permission.SESSIONS_READ,
    SeatRole.OBSERVER: Permission.SESSIONS_READ,
}
"""What the officer's own role must allow for a seat."""


def seat_officer(*, code: str, form: SeatForm, by: Officer) -> CommissionRecord:
    """Give an officer a seat, for the organisation the officer works for."""
    check_can(by, Permission.COMMISSIONS_FOUND)
    with unit_of_work() as work:
        row = find(work.session, code, lock=True)
        officer = work.session.get(OfficerRow, form.officer_id)
        if officer is None or officer.disabled_at is not None:
            raise NotFound(N_("There is no such officer."))
        organisation = work.session.get_one(OrganisationRow, officer.organisation_code)
        seats = [seat for seat, _ in repository.list_seats(work.session, [row.id])]
        _check_form(row, form, officer)
        _check_free(seats, form)
        if form.substitute_for_id is not None:
            _check_substitute(seats, form, organisation)
        seat = CommissionSeatRow(
            commission_id=row.id,
            officer_id=officer.id,
            organisation_code=organisation.code,
            organisation_kind=organisation.kind,
            role=form.role,
            substitute_for_id=form.substitute_for_id,
            seated_from=form.seated_from,
            seated_until=form.seated_until,
            seated_at=clock.now(),
            seated_by=by.id,
        )
        work.session.add(seat)
        work.session.flush()
        details: dict[str, object] = {
            "officer": officer.id,
            "role": form.role.value,
            "substitute_for": form.substitute_for_id,
            "from": form.seated_from.isoformat(),
        }
        record(work.session, "seated", code, details, by)
        work.commit()
        return commission_record(work.session, row, by)


def _check_form(row: CommissionRow, form: SeatForm, officer: OfficerRow) -> None:
    if NEEDS[form.role] not in MATRIX[officer.role]:
        raise InvalidInput(
            N_("Who is {role} here can't take the seat “{seat}”: an administrator gives the role."),
            role=Term("Role", officer.role.value),
            seat=Term("SeatRole", form.role.value),
        )
    if form.seated_until is not None and form.seated_until < form.seated_from:
        raise InvalidInput(N_("The seat ends before it begins."))
    if form.seated_from < row.term_from or (
        row.term_until is not None and form.seated_from > row.term_until
    ):
        raise InvalidInput(N_("The seat begins outside the commission's term."))


def _check_free(seats: Sequence[CommissionSeatRow], form: SeatForm) -> None:
    for seat in seats:
        if not _overlaps(seat, form):
            continue
        if seat.officer_id == form.officer_id:
            raise Refused(N_("This officer has a seat in the commission: end it first."))
        if seat.role is form.role is SeatRole.CHAIR:
            raise Refused(N_("The commission has a chair: end that seat first."))


def _overlaps(seat: CommissionSeatRow, form: SeatForm) -> bool:
    begins_before = form.seated_until is None or seat.seated_from <= form.seated_until
    return begins_before and (seat.seated_until is None or seat.seated_until >= form.seated_from)


def _check_substitute(
    seats: Sequence[CommissionSeatRow], form: SeatForm, organisation: OrganisationRow
) -> None:
    of = next((seat for seat in seats if seat.id == form.substitute_for_id), None)
    if of is None or not _overlaps(of, form):
        raise InvalidInput(N_("Choose a seat that is held then."))
    if form.role is not SeatRole.MEMBER or of.substitute_for_id is not None or not of.role.votes:
        raise InvalidInput(N_("A substitute sits as a member, for a seat that has a vote."))
    if of.organisation_kind is not organisation.kind:
        raise InvalidInput(
            N_("A substitute comes from an organisation of the same kind: {kind}."),
            kind=Term("OrganisationKind", of.organisation_kind.value),
        )


def end_seat(*, code: str, seat_id: int, last_day: date, by: Officer) -> CommissionRecord:
    """End a seat on a day from today on; substitutes of the seat go with it."""
    check_can(by, Permission.COMMISSIONS_FOUND)
    with unit_of_work() as work:
        row = find(work.session, code, lock=True)
        seats = [seat for seat, _ in repository.list_seats(work.session, [row.id])]
        seat = next((one for one in seats if one.id == seat_id), None)
        if seat is None:
            raise NotFound(N_("There is no such seat in this commission."))
        refused = end_refusal(seat, by)
        if refused:
            raise Refused(refused)
        if last_day < max(clock.today(), seat.seated_from):
            raise InvalidInput(N_("The last day is today or later, and not before the first."))
        for one in seats:
            is_substitute = one.substitute_for_id == seat_id
            if one is seat or (is_substitute and (one.seated_until or last_day) >= last_day):
                _end(work.session, row, one, last_day, by)
        record(
            work.session,
            "ended_seat",
            code,
            {"officer": seat.officer_id, "last_day": last_day.isoformat()},
            by,
        )
        work.commit()
        return commission_record(work.session, row, by)


def _end(
    session: Session, row: CommissionRow, seat: CommissionSeatRow, last_day: date, by: Officer
) -> None:
    for planned in repository.list_planned_with(session, row.id, seat.officer_id):
        if clock.day_of(planned.planned_at) > last_day:
            raise Refused(
                N_("Session {number} is planned with this member: remove or replace them first."),
                number=planned.number,
            )
    seat.seated_until = max(last_day, seat.seated_from)
    seat.ended_at, seat.ended_by = clock.now(), by.id
    session.flush()
