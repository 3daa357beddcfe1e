"""Planning a session from the seats of its commission: members, invitations, cancelling."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import (
    CommissionRow,
    CommissionSeatRow,
    CommissionSessionRow,
    OfficerRow,
    OrganisationRow,
    SessionMemberRow,
)
from db.repositories import commissions as register
from db.repositories import sessions as repository
from db.session import reading, unit_of_work
from domain.enums import InvitationAnswer, Role, SeatRole, SessionMode, SessionStatus
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.commission import PossibleMember, SessionRecord
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import SESSION, check_can_move
from services import clock
from services.commission.commissions.composition import check_can_plan_for, rules_of
from services.commission.sessions.log import record_step
from services.commission.sessions.sitting import Sitting, get_sitting, load
from services.commission.sessions.stages import check_can_cancel, check_can_plan
from services.commission.sessions.views import session_record
from services.permissions import MATRIX, Permission, check_can

MEMBER_ROLES = tuple(role for role in Role if Permission.SESSIONS_READ in MATRIX[role])


def list_possible_members(*, by: Officer) -> tuple[PossibleMember, ...]:
    """Officers who may get a seat in a commission, by organisation."""
    check_can(by, Permission.COMMISSIONS_READ)
    query = (
        select(OfficerRow, OrganisationRow.kind)
        .join(OrganisationRow, OrganisationRow.code == OfficerRow.organisation_code)
        .where(OfficerRow.role.in_(MEMBER_ROLES), OfficerRow.disabled_at.is_(None))
        .order_by(OrganisationRow.kind, OfficerRow.id)
    )
    with reading() as session:
        return tuple(
            PossibleMember(
                officer.id,
                officer.name_ka,
                officer.name_en,
                officer.organisation_code,
                kind,
                Permission.SESSIONS_CHAIR in MATRIX[officer.role],
                Permission.VOTES_CAST in MATRIX[officer.role],
            )
            for officer, kind in session.execute(query)
        )


def plan_session(
    *,
    commission: str,
    planned_at: datetime,
    place: str | None,
    mode: SessionMode = SessionMode.ON_SITE,
    left_out: Collection[int] = (),
    by: Officer,
) -> SessionRecord:
    """Plan a session of everybody who has a seat that day, and invite them.

    The rules in force that day are frozen into it. `left_out` are officers who must not sit in it.
    """
    check_can(by, Permission.SESSIONS_READ)
    if clock.day_of(planned_at) < clock.today():
        raise InvalidInput(N_("The session can't be planned for a day that has passed."))
    for attempt in (1, 2, 3):
        try:
            return _plan(commission, planned_at, place, mode, frozenset(left_out), by)
        except IntegrityError:
            # Somebody took the number between our reading and writing it.
            if attempt == 3:
                raise
    raise AssertionError("unreachable")


def _plan(
    code: str,
    planned_at: datetime,
    place: str | None,
    mode: SessionMode,
    left_out: frozenset[int],
    by: Officer,
) -> SessionRecord:
    day = clock.day_of(planned_at)
    where = (place or "").strip() or None
    if mode is SessionMode.ONLINE and where is None:
        raise InvalidInput(N_("Give the address of the online meeting."))
    with unit_of_work() as work:
        commission = _commission(work.session, code)
        seats = [seat for seat, _ in register.list_seats_on(work.session, commission.id, day)]
        check_can_plan_for(commission, seats, day, by)
        sitting = [seat for seat in seats if seat.officer_id not in left_out]
        row = CommissionSessionRow(
            commission_id=commission.id,
            number=_next_number(work.session, day.year),
            planned_at=planned_at,
            mode=mode,
            place=where,
            chair_id=_chair_of(sitting),
            status=SessionStatus.PLANNED,
            rules=rules_of(work.session, commission, day).to_json(),
            created_at=clock.now(),
            created_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        work.session.add_all(_member(row.id, seat, seats) for seat in sitting)
        work.session.flush()
        details: dict[str, object] = {
            "commission": code,
            "invited": sorted(seat.officer_id for seat in sitting),
            "chair": row.chair_id,
            "rules": row.rules,
        }
        record_step(work.session, "planned", row.number, details, by)
        work.commit()
        return session_record(load(work.session, [row])[0], by)


def _commission(session: Session, code: str) -> CommissionRow:
    commission = register.find_commission(session, code, share=True)
    if commission is None:
        raise NotFound(N_("There is no commission {code}."), code=code)
    return commission


def _chair_of(seats: Sequence[CommissionSeatRow]) -> int:
    """The chair; a deputy where the chair can't sit in this session."""
    for role in (SeatRole.CHAIR, SeatRole.DEPUTY):
        for seat in seats:
            if seat.role is role:
                return seat.officer_id
    raise Refused(
        N_("Neither the chair nor a deputy can sit in this session: seat another deputy first.")
    )


def _member(
    session_id: int, seat: CommissionSeatRow, seats: Sequence[CommissionSeatRow]
) -> SessionMemberRow:
    of = {other.id: other.officer_id for other in seats}
    return SessionMemberRow(
        session_id=session_id,
        officer_id=seat.officer_id,
        organisation_code=seat.organisation_code,
        organisation_kind=seat.organisation_kind,
        role=seat.role,
        substitute_for_id=of.get(seat.substitute_for_id) if seat.substitute_for_id else None,
        invited_at=clock.now(),
    )


def _next_number(session: Session, year: int) -> str:
    prefix = f"COM-{year}-"
    last = repository.last_number(session, prefix)
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:03d}"


def list_seated(*, number: str, by: Officer) -> tuple[PossibleMember, ...]:
    """Who has a seat in the session's commission on its day, and so may sit in it."""
    check_can(by, Permission.SESSIONS_READ)
    with reading() as session:
        sitting = get_sitting(session, number)
        sitting.check_visible(by)
        return tuple(
            PossibleMember(
                officer.id,
                officer.name_ka,
                officer.name_en,
                seat.organisation_code,
                seat.organisation_kind,
                seat.role in (SeatRole.CHAIR, SeatRole.DEPUTY),
                seat.role.votes,
            )
            for seat, officer in _seated(session, sitting)
        )


def _seated(session: Session, sitting: Sitting) -> Sequence[register.SeatAndOfficer]:
    if sitting.row.commission_id is None:
        return []
    return register.list_seats_on(
        session, sitting.row.commission_id, clock.day_of(sitting.row.planned_at)
    )


def add_member(*, number: str, officer_id: int, by: Officer) -> SessionRecord:
    """Invite somebody who has a seat in the commission to a planned session."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        check_can_plan(sitting, by)
        seats = [seat for seat, _ in _seated(work.session, sitting)]
        found = next((seat for seat in seats if seat.officer_id == officer_id), None)
        if found is None:
            raise InvalidInput(
                N_("Only who has a seat in the commission on that day can sit in the session.")
            )
        if sitting.member(officer_id) is None:
            work.session.add(_member(sitting.row.id, found, seats))
            work.session.flush()
            record_step(work.session, "added_member", number, {"officer": officer_id}, by)
            work.commit()
        return session_record(load(work.session, [sitting.row])[0], by)


def remove_member(*, number: str, officer_id: int, by: Officer) -> SessionRecord:
    """Remove a member from a planned session; the chair stays."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        check_can_plan(sitting, by)
        if officer_id == sitting.row.chair_id:
            raise Refused(N_("The chair can't be removed from the session."))
        seat = sitting.member(officer_id)
        if seat is not None:
            work.session.delete(seat)
            work.session.flush()
            record_step(work.session, "removed_member", number, {"officer": officer_id}, by)
            work.commit()
        return session_record(load(work.session, [sitting.row])[0], by)


def answer_invitation(*, number: str, answer: InvitationAnswer, by: Officer) -> SessionRecord:
    """Say whether one comes; the answer can be changed until the session opens."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        seat = sitting.member(by.id)
        if seat is None:
            raise NotFound(N_("There is no session {number}."), number=number)
        if sitting.row.status is not SessionStatus.PLANNED:
            raise Refused(N_("The session has begun or was cancelled: nothing to answer any more."))
        if answer is InvitationAnswer.SENDS_SUBSTITUTE and not any(
            other.substitute_for_id == by.id for other, _ in sitting.members
        ):
            raise Refused(N_("Nobody is your substitute in this session: answer whether you come."))
        seat.answer, seat.answered_at = answer, clock.now()
        record_step(work.session, "answered_invitation", number, {"answer": answer.value}, by)
        work.commit()
        return session_record(sitting, by)


def cancel_session(*, number: str, reason: str, by: Officer) -> SessionRecord:
    """Cancel a planned session with nothing on its agenda; the reason stays with it."""
    check_can(by, Permission.SESSIONS_READ)
    text = reason.strip()
    if not text:
        raise InvalidInput(N_("Write why the session is cancelled."))
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        check_can_cancel(sitting, by)
        row = sitting.row
        check_can_move(SESSION, row.status, SessionStatus.CANCELLED)
        row.status, row.cancel_reason = SessionStatus.CANCELLED, text
        row.cancelled_at, row.cancelled_by = clock.now(), by.id
        record_step(work.session, "cancelled", number, {"reason": text}, by)
        work.commit()
        return session_record(sitting, by)
