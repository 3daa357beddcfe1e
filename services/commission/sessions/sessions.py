"""A session as it runs: attendance, opening, voting, closing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.repositories import sessions as repository
from db.session import reading, unit_of_work
from domain.enums import SessionStatus
from domain.exceptions import NotFound
from domain.records.commission import SessionRecord, SessionSummary
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import SESSION, check_can_move
from services import clock
from services.commission.sessions.log import record_step
from services.commission.sessions.sitting import SEES_OWN_SESSIONS_ONLY, Sitting, get_sitting, load
from services.commission.sessions.stages import (
    check_can_attend,
    check_can_close,
    check_can_open,
    check_can_start_voting,
)
from services.commission.sessions.views import session_record, session_summary
from services.permissions import Permission, check_can


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
        sitting.check_visible(by)
        return session_record(sitting, by)


def mark_attendance(
    *, number: str, officer_id: int, is_present: bool, by: Officer
) -> SessionRecord:
    """Say that a member attends or has left: the member's own word, the chair's or secretary's."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        if by.id != officer_id:
            sitting.check_runs(by)
        seat = sitting.member(officer_id)
        if seat is None:
            raise NotFound(N_("There is no session {number}."), number=number)
        check_can_attend(sitting)
        if is_present != (seat.attended_at is not None):
            seat.attended_at = clock.now() if is_present else None
            action = "attended" if is_present else "left"
            record_step(work.session, action, number, {"officer": officer_id}, by)
            _note_who_presides(work.session, sitting, by)
            work.commit()
        return session_record(sitting, by)


def _note_who_presides(session: Session, sitting: Sitting, by: Officer) -> None:
    """Once a session runs, every change of the chair is on record."""
    row = sitting.row
    if row.status is SessionStatus.PLANNED or row.presiding_id == sitting.presiding_id:
        return
    row.presiding_id = sitting.presiding_id
    record_step(session, "took_the_chair", row.number, {"officer": row.presiding_id}, by)


def open_session(*, number: str, by: Officer) -> SessionRecord:
    """Open the session once quorum and composition hold; who chairs is recorded."""
    check_can(by, Permission.SESSIONS_CHAIR)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        check_can_open(sitting, by)
        row = sitting.row
        check_can_move(SESSION, row.status, SessionStatus.OPEN)
        row.status, row.presiding_id = SessionStatus.OPEN, sitting.presiding_id
        row.opened_at, row.opened_by = clock.now(), by.id
        present = [seat.officer_id for seat, _ in sitting.members if seat.attended_at]
        details: dict[str, object] = {"present": present, "chairs": row.presiding_id}
        record_step(work.session, "opened", number, details, by)
        work.commit()
        return session_record(sitting, by)


def start_voting(*, number: str, by: Officer) -> SessionRecord:
    """Begin the voting on the items of an open session, while the quorum holds."""
    check_can(by, Permission.SESSIONS_CHAIR)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        check_can_start_voting(sitting, by)
        row = sitting.row
        check_can_move(SESSION, row.status, SessionStatus.VOTING)
        row.status = SessionStatus.VOTING
        row.voting_at, row.voting_by = clock.now(), by.id
        present = [seat.officer_id for seat, _ in sitting.members if seat.attended_at]
        record_step(work.session, "started_voting", number, {"present": present}, by)
        work.commit()
        return session_record(sitting, by)


def close_session(*, number: str, by: Officer) -> SessionRecord:
    """Close the session, once every agenda item is decided or postponed."""
    check_can(by, Permission.SESSIONS_CHAIR)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        check_can_close(sitting, by)
        check_can_move(SESSION, sitting.row.status, SessionStatus.CLOSED)
        sitting.row.status = SessionStatus.CLOSED
        sitting.row.closed_at, sitting.row.closed_by = clock.now(), by.id
        record_step(work.session, "closed", number, None, by)
        work.commit()
        return session_record(sitting, by)
