"""A session's way from planned to closed: who may take the next step, and why not yet."""

from __future__ import annotations

from domain.enums import SeatRole, SessionStatus
from domain.exceptions import PermissionDenied, Refused
from domain.records.officer import Officer
from domain.texts import N_
from services.commission.sessions.sitting import CANCELLED, Sitting
from services.permissions import Permission, can


def check_can_plan(sitting: Sitting, by: Officer) -> None:
    """Raise unless the session can still be rearranged by this officer."""
    if sitting.row.status is SessionStatus.CANCELLED:
        raise Refused(CANCELLED)
    if sitting.row.status is not SessionStatus.PLANNED:
        raise Refused(N_("The session has been opened: its members can't be changed any more."))
    seat = sitting.member(by.id)
    is_secretary = seat is not None and seat.role is SeatRole.SECRETARY
    if not is_secretary and not can(by, Permission.SESSIONS_PLAN):
        raise PermissionDenied(N_("Your role does not plan sessions."))


def check_can_cancel(sitting: Sitting, by: Officer) -> None:
    """Raise unless the session can be cancelled by this officer: planned, nothing on it."""
    if sitting.row.status is SessionStatus.CANCELLED:
        raise Refused(CANCELLED)
    if sitting.row.status is not SessionStatus.PLANNED:
        raise Refused(N_("The session has been opened: it can be closed, not cancelled."))
    check_can_plan(sitting, by)
    if sitting.items:
        raise Refused(
            N_(
                "Agenda items: {count}. The chair or the secretary postpones them to another "
                "session first."
            ),
            count=len(sitting.items),
        )


def check_can_attend(sitting: Sitting) -> None:
    """Raise when attendance can't be marked any more."""
    if sitting.row.status is SessionStatus.CANCELLED:
        raise Refused(CANCELLED)
    if sitting.row.status is SessionStatus.CLOSED:
        raise Refused(N_("The session is closed: attendance can't be changed any more."))


def check_can_open(sitting: Sitting, by: Officer) -> None:
    """Raise unless the session may be opened now by this officer."""
    sitting.check_chair(by)
    if sitting.row.status is SessionStatus.CANCELLED:
        raise Refused(CANCELLED)
    if sitting.row.status is not SessionStatus.PLANNED:
        raise Refused(N_("The session has been opened already."))
    if not sitting.items:
        raise Refused(N_("The agenda is empty: a recruiter has to send a shortlist first."))
    sitting.check_quorum()


def check_can_start_voting(sitting: Sitting, by: Officer) -> None:
    """Raise unless the voting may begin now, on this officer's word."""
    sitting.check_chair(by)
    if sitting.row.status is SessionStatus.VOTING:
        raise Refused(N_("The voting has begun already."))
    if sitting.row.status is not SessionStatus.OPEN:
        raise Refused(N_("The session is not open."))
    if all(item.shortlist.decided_at for item in sitting.items):
        raise Refused(N_("Nothing is left to vote on: close the session."))
    sitting.check_quorum()


def check_can_close(sitting: Sitting, by: Officer) -> None:
    """Raise unless the session may be closed now by this officer."""
    sitting.check_chair(by)
    if sitting.row.status not in (SessionStatus.OPEN, SessionStatus.VOTING):
        raise Refused(N_("The session is not open."))
    waiting = sum(item.shortlist.decided_at is None for item in sitting.items)
    if waiting:
        raise Refused(
            N_("Agenda items not decided: {count}. Close or postpone them first."),
            count=waiting,
        )


def check_can_rearrange(sitting: Sitting, by: Officer) -> None:
    """Raise unless the officer may change the agenda now: the chair or the secretary."""
    if sitting.row.status is SessionStatus.CANCELLED:
        raise Refused(CANCELLED)
    if sitting.row.status is SessionStatus.CLOSED:
        raise Refused(N_("The session is closed: its agenda can't be changed any more."))
    sitting.check_runs(by)
