"""Planning, attending, opening and closing a session of the commission."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import CommissionSessionRow, OfficerRow, OrganisationRow, SessionMemberRow
from db.repositories import commission as repository
from db.session import reading, unit_of_work
from domain.enums import OrganisationKind, Role, SessionStatus
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.commission import PossibleMember, SessionRecord, SessionSummary
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import SESSION, check_can_move
from services import audit, clock
from services.commission.rules import rules_on
from services.commission.sitting import (
    SEES_OWN_SESSIONS_ONLY,
    get_sitting,
    get_sitting_of,
    load,
)
from services.commission.views import session_record, session_summary
from services.permissions import MATRIX, Permission, check_can

MEMBER_ROLES = tuple(role for role in Role if Permission.VOTES_CAST in MATRIX[role])


def list_possible_members(*, by: Officer) -> tuple[PossibleMember, ...]:
    """Officers whose role votes in commissions, by organisation."""
    check_can(by, Permission.SESSIONS_READ)
    with reading() as session:
        return tuple(
            PossibleMember(
                officer.id,
                officer.name_ka,
                officer.name_en,
                officer.organisation_code,
                kind,
                Permission.SESSIONS_CHAIR in MATRIX[officer.role],
            )
            for officer, kind in _possible(session)
        )


def _possible(
    session: Session, ids: Collection[int] | None = None
) -> list[tuple[OfficerRow, OrganisationKind]]:
    query = (
        select(OfficerRow, OrganisationRow.kind)
        .join(OrganisationRow, OrganisationRow.code == OfficerRow.organisation_code)
        .where(OfficerRow.role.in_(MEMBER_ROLES), OfficerRow.disabled_at.is_(None))
        .order_by(OrganisationRow.kind, OfficerRow.id)
    )
    if ids is not None:
        query = query.where(OfficerRow.id.in_(ids))
    return [(officer, kind) for officer, kind in session.execute(query)]


def plan_session(
    *,
    planned_at: datetime,
    place: str | None,
    member_ids: Collection[int],
    chair_id: int,
    by: Officer,
) -> SessionRecord:
    """Plan a session, freezing into it the rules in force; the chair is always a member."""
    check_can(by, Permission.SESSIONS_PLAN)
    day = planned_at.astimezone(clock.TBILISI).date()
    if day < clock.today():
        raise InvalidInput(N_("The session can't be planned for a day that has passed."))
    for attempt in (1, 2, 3):
        try:
            return _plan(planned_at, place, set(member_ids) | {chair_id}, chair_id, by)
        except IntegrityError:
            # Somebody took the number between our reading and writing it.
            if attempt == 3:
                raise
    raise AssertionError("unreachable")


def _plan(
    planned_at: datetime, place: str | None, member_ids: set[int], chair_id: int, by: Officer
) -> SessionRecord:
    day = planned_at.astimezone(clock.TBILISI).date()
    with unit_of_work() as work:
        members = _possible(work.session, member_ids)
        if {officer.id for officer, _ in members} != member_ids:
            raise InvalidInput(N_("Only commission members and chairs can sit in a session."))
        chair = next(officer for officer, _ in members if officer.id == chair_id)
        if Permission.SESSIONS_CHAIR not in MATRIX[chair.role]:
            raise InvalidInput(N_("The chair must be an officer with the chair's role."))
        row = CommissionSessionRow(
            number=_next_number(work.session, day.year),
            planned_at=planned_at,
            place=(place or "").strip() or None,
            chair_id=chair_id,
            status=SessionStatus.PLANNED,
            rules=rules_on(day).to_json(),
            created_at=clock.now(),
            created_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        work.session.add_all(_seat(row.id, officer, kind) for officer, kind in members)
        work.session.flush()
        audit.record(
            work.session,
            action="planned",
            entity="commission_session",
            entity_id=row.number,
            details={"members": sorted(member_ids), "chair": chair_id, "rules": row.rules},
            by=by,
        )
        work.commit()
        return session_record(load(work.session, [row])[0], by)


def _next_number(session: Session, year: int) -> str:
    prefix = f"COM-{year}-"
    last = repository.last_number(session, prefix)
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:03d}"


def _seat(session_id: int, officer: OfficerRow, kind: OrganisationKind) -> SessionMemberRow:
    return SessionMemberRow(
        session_id=session_id,
        officer_id=officer.id,
        organisation_code=officer.organisation_code,
        organisation_kind=kind,
    )


def list_sessions(*, by: Officer) -> tuple[SessionSummary, ...]:
    """Sessions the officer may know of, the latest first: members see their own."""
    check_can(by, Permission.SESSIONS_READ)
    with reading() as session:
        sittings = load(session, repository.list_sessions(session))
        if by.role in SEES_OWN_SESSIONS_ONLY:
            sittings = [sitting for sitting in sittings if sitting.member(by.id)]
        return tuple(session_summary(sitting, by) for sitting in sittings)


def get_session(*, number: str, by: Officer) -> SessionRecord:
    """One session with its members, agenda, quorum, and what the reader may do now."""
    check_can(by, Permission.SESSIONS_READ)
    with reading() as session:
        sitting = get_sitting(session, number)
        if by.role in SEES_OWN_SESSIONS_ONLY and not sitting.member(by.id):
            raise NotFound(N_("There is no session {number}."), number=number)
        return session_record(sitting, by)


def add_member(*, number: str, officer_id: int, by: Officer) -> SessionRecord:
    """Add a member to a planned session."""
    check_can(by, Permission.SESSIONS_PLAN)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        sitting.check_can_plan(by)
        found = _possible(work.session, [officer_id])
        if not found:
            raise InvalidInput(N_("Only commission members and chairs can sit in a session."))
        if sitting.member(officer_id) is None:
            work.session.add(_seat(sitting.row.id, *found[0]))
            work.session.flush()
            _record(work.session, "added_member", number, {"officer": officer_id}, by)
            work.commit()
        return session_record(load(work.session, [sitting.row])[0], by)


def remove_member(*, number: str, officer_id: int, by: Officer) -> SessionRecord:
    """Remove a member from a planned session; the chair stays."""
    check_can(by, Permission.SESSIONS_PLAN)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        sitting.check_can_plan(by)
        if officer_id == sitting.row.chair_id:
            raise Refused(N_("The chair can't be removed from the session."))
        seat = sitting.member(officer_id)
        if seat is not None:
            work.session.delete(seat)
            work.session.flush()
            _record(work.session, "removed_member", number, {"officer": officer_id}, by)
            work.commit()
        return session_record(load(work.session, [sitting.row])[0], by)


def _record(
    session: Session, action: str, number: str, details: dict[str, object] | None, by: Officer
) -> None:
    audit.record(
        session,
        action=action,
        entity="commission_session",
        entity_id=number,
        details=details,
        by=by,
    )


def mark_attendance(
    *, number: str, officer_id: int, is_present: bool, by: Officer
) -> SessionRecord:
    """Say that a member attends or has left: the member's own word, or the chair's."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        if by.id != officer_id:
            sitting.check_chair(by)
        sitting.check_can_attend()
        seat = sitting.member(officer_id)
        if seat is None:
            raise PermissionDenied(N_("You are not a member of this session."))
        if is_present != (seat.attended_at is not None):
            seat.attended_at = clock.now() if is_present else None
            action = "attended" if is_present else "left"
            _record(work.session, action, number, {"officer": officer_id}, by)
            work.commit()
        return session_record(sitting, by)


def open_session(*, number: str, by: Officer) -> SessionRecord:
    """Open the session for voting, once quorum and kinds of organisation hold."""
    check_can(by, Permission.SESSIONS_CHAIR)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        sitting.check_can_open(by)
        check_can_move(SESSION, sitting.row.status, SessionStatus.OPEN)
        sitting.row.status = SessionStatus.OPEN
        sitting.row.opened_at, sitting.row.opened_by = clock.now(), by.id
        present = [seat.officer_id for seat, _ in sitting.members if seat.attended_at]
        _record(work.session, "opened", number, {"present": present}, by)
        work.commit()
        return session_record(sitting, by)


def close_session(*, number: str, by: Officer) -> SessionRecord:
    """Close the session, once every agenda item is decided or postponed."""
    check_can(by, Permission.SESSIONS_CHAIR)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        sitting.check_can_close(by)
        check_can_move(SESSION, sitting.row.status, SessionStatus.CLOSED)
        sitting.row.status = SessionStatus.CLOSED
        sitting.row.closed_at, sitting.row.closed_by = clock.now(), by.id
        _record(work.session, "closed", number, None, by)
        work.commit()
        return session_record(sitting, by)


def postpone_item(*, shortlist_id: int, to_number: str, by: Officer) -> SessionRecord:
    """Move an item on which nobody has voted to the agenda of another planned session."""
    check_can(by, Permission.SESSIONS_CHAIR)
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        sitting.check_chair(by)
        if item.ballots.happened or item.shortlist.decided_at:
            raise Refused(N_("Votes were cast on this item: it has to be decided in this session."))
        target = get_sitting(work.session, to_number, lock=True)
        if target.row.status is not SessionStatus.PLANNED or target.row.id == sitting.row.id:
            raise Refused(N_("An item can be postponed only to a session that is still planned."))
        if any(other.vacancy.id == item.vacancy.id for other in target.items):
            raise Refused(N_("That session has a shortlist for this vacancy already."))
        item.shortlist.agenda_order = repository.last_agenda_order(work.session, target.row.id) + 1
        item.shortlist.session_id = target.row.id
        work.session.flush()
        details: dict[str, object] = {"shortlist": shortlist_id, "to": to_number}
        _record(work.session, "postponed", sitting.row.number, details, by)
        work.commit()
        return session_record(load(work.session, [sitting.row])[0], by)
