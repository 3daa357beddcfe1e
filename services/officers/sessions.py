"""Browsers that are signed in: an officer's own, and anybody's for an administrator."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.models import OfficerRow, SignInSessionRow
from db.session import reading, unit_of_work
from domain.exceptions import NotFound
from domain.records.account import OpenSession
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.officers.sign_in import is_live, revoke
from services.permissions import Permission, check_can


def list_own_sessions(*, current: str | None, by: Officer) -> tuple[OpenSession, ...]:
    """The officer's own browsers, the one in use first; `current` is its session id."""
    with reading() as session:
        return _sessions(session, by.id, current)


def list_sessions(*, officer_id: int, by: Officer) -> tuple[OpenSession, ...]:
    """The browsers in which an officer is signed in."""
    check_can(by, Permission.OFFICERS_MANAGE)
    with reading() as session:
        if session.get(OfficerRow, officer_id) is None:
            raise NotFound(N_("There is no such account."))
        return _sessions(session, officer_id, None)


def _sessions(session: Session, officer_id: int, current: str | None) -> tuple[OpenSession, ...]:
    now = clock.now()
    query = select(SignInSessionRow).where(
        SignInSessionRow.officer_id == officer_id, SignInSessionRow.revoked_at.is_(None)
    )
    rows = [row for row in session.scalars(query) if is_live(row, now)]
    rows.sort(key=lambda row: (row.token_hash.hex() == current, row.last_seen_at), reverse=True)
    return tuple(
        OpenSession(
            row.token_hash.hex(),
            row.device,
            row.address,
            row.created_at,
            row.last_seen_at,
            row.by_provider,
            row.has_second_factor,
            row.token_hash.hex() == current,
        )
        for row in rows
    )


def end_own_session(*, session_id: str, by: Officer) -> None:
    """Sign one of the officer's own browsers out; another's reads as one that does not exist."""
    _end(_one(session_id) & (SignInSessionRow.officer_id == by.id), by.id, by)


def end_other_sessions(*, current: str | None, by: Officer) -> int:
    """Sign out everywhere but here; how many browsers that were."""
    others = SignInSessionRow.officer_id == by.id
    if current:
        others &= ~_one(current)
    return _end(others, by.id, by, may_be_none=True)


def end_sessions(*, officer_id: int, by: Officer) -> int:
    """Sign an officer out everywhere; how many browsers that were."""
    check_can(by, Permission.OFFICERS_MANAGE)
    return _end(SignInSessionRow.officer_id == officer_id, officer_id, by, may_be_none=True)


def end_session(*, officer_id: int, session_id: str, by: Officer) -> None:
    """Sign one browser of an officer out."""
    check_can(by, Permission.OFFICERS_MANAGE)
    _end(_one(session_id) & (SignInSessionRow.officer_id == officer_id), officer_id, by)


def _one(session_id: str) -> ColumnElement[bool]:
    try:
        key = bytes.fromhex(session_id)
    except ValueError:
        key = b""
    return SignInSessionRow.token_hash == key


def _end(
    condition: ColumnElement[bool], officer_id: int, by: Officer, *, may_be_none: bool = False
) -> int:
    with unit_of_work() as work:
        ended = revoke(work.session, condition)
        if not ended:
            if may_be_none:
                return 0
            raise NotFound(N_("This browser is signed out already."))
        audit.record(
            work.session,
            action="sessions_ended",
            entity="officer",
            entity_id=officer_id,
            details={"sessions": ended},
            by=by,
        )
        work.commit()
    return ended
