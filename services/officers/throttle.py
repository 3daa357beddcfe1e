"""Holding back whoever guesses: by account with a growing wait, by address with a limit.

An attempt counts as failed before its secret is looked at, so parallel guesses gain nothing. From a
place known by an earlier success failures count apart: an enemy elsewhere makes nobody wait there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from db.models import SignInAttemptRow
from domain.exceptions import SignInRefused
from domain.texts import N_
from services import clock
from services.officers.passwords import rules

LOCKED = N_("Too many failed attempts. Wait {minutes} minutes and try again.")


class SignInLocked(SignInRefused):
    """Too many failures for this account or address: nobody gets in until the wait is over."""


def account_key(kind: str, username: str) -> bytes:
    """What the attempts at one secret of an account are counted by: password, code, …"""
    return _digest(kind, username)


def place_key(address: str) -> bytes:
    """What the attempts from an address are counted by; the address itself is not kept here."""
    return _digest("address", address)


def _digest(label: str, value: str) -> bytes:
    return hashlib.sha256(f"{label}:{value}".encode()).digest()


def reserve(session: Session, account: bytes, place: bytes, *, is_own: bool = False) -> int:
    """Write an attempt down as failed, in the caller's transaction, and return its id.

    SignInLocked while the account or the address has to wait. `is_own` is for secrets that only
    somebody who is known already can be asked for.
    """
    _one_at_a_time(session, account, place)
    now = clock.now()
    _forget_old(session, now)
    _check_address(session, place, now)
    known = is_own or _is_known(session, account, place)
    _check_account(session, account, place if known else None, now)
    row = SignInAttemptRow(
        account_hash=account, address_hash=place, succeeded=False, attempted_at=now
    )
    session.add(row)
    session.flush()
    return row.id


def _one_at_a_time(session: Session, *keys: bytes) -> None:
    # SQLite: BEGIN IMMEDIATE has already let one in alone.
    if session.get_bind().dialect.name == "postgresql":
        for number in sorted(int.from_bytes(key[:8], "big", signed=True) for key in keys):
            session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def _forget_old(session: Session, now: datetime) -> None:
    at, failed = SignInAttemptRow.attempted_at, SignInAttemptRow.succeeded.is_(False)
    old_failure = and_(failed, at <= now - timedelta(hours=rules().failure_memory_hours))
    old_place = at <= now - timedelta(days=rules().known_place_days)
    session.execute(delete(SignInAttemptRow).where(or_(old_failure, old_place)))


def _check_address(session: Session, place: bytes, now: datetime) -> None:
    since = now - timedelta(minutes=rules().window_minutes)
    at_address = SignInAttemptRow.address_hash == place
    found = _failures(session, at_address, SignInAttemptRow.attempted_at > since)
    if len(found) >= rules().failures_per_address:
        raise SignInLocked(LOCKED, minutes=rules().window_minutes)


def _check_account(
    session: Session, account: bytes, known_place: bytes | None, now: datetime
) -> None:
    conditions = [SignInAttemptRow.account_hash == account]
    if known_place is not None:
        conditions.append(SignInAttemptRow.address_hash == known_place)
    until = wait_until(_failures(session, *conditions))
    if until is not None and now < until:
        minutes = max(1, -(-int((until - now).total_seconds()) // 60))
        raise SignInLocked(LOCKED, minutes=minutes)


def wait_until(failures: Sequence[datetime]) -> datetime | None:
    """Until when the next try has to wait after these failures; None = no wait."""
    too_many = len(failures) - rules().failures_per_account
    if too_many < 0:
        return None
    wait = min(rules().first_wait_seconds * 2 ** min(too_many, 20), rules().longest_wait_seconds)
    return max(failures) + timedelta(seconds=wait)


def _failures(session: Session, *conditions: ColumnElement[bool]) -> list[datetime]:
    failed = SignInAttemptRow.succeeded.is_(False)
    query = select(SignInAttemptRow.attempted_at).where(failed, *conditions)
    return list(session.scalars(query))


def _is_known(session: Session, account: bytes, place: bytes) -> bool:
    query = select(SignInAttemptRow.id).where(
        SignInAttemptRow.account_hash == account,
        SignInAttemptRow.address_hash == place,
        SignInAttemptRow.succeeded,
    )
    return session.scalars(query.limit(1)).first() is not None


def succeed(session: Session, attempt_id: int, account: bytes) -> None:
    """The attempt was right: the account's failures are forgotten, the place is known from now.

    The attempt is gone already when the same officer came in elsewhere in this moment: no harm.
    """
    mine = SignInAttemptRow.account_hash == account
    other = SignInAttemptRow.id != attempt_id
    failed = SignInAttemptRow.succeeded.is_(False)
    session.execute(delete(SignInAttemptRow).where(mine, other, failed))
    place = select(SignInAttemptRow.address_hash).where(SignInAttemptRow.id == attempt_id)
    former = SignInAttemptRow.address_hash == place.scalar_subquery()
    session.execute(delete(SignInAttemptRow).where(mine, other, former))
    session.execute(
        update(SignInAttemptRow).where(SignInAttemptRow.id == attempt_id).values(succeeded=True)
    )


def forget(session: Session, *accounts: bytes) -> int:
    """Forget the failures of these keys, as an administrator wants it; how many there were."""
    query = delete(SignInAttemptRow).where(
        SignInAttemptRow.account_hash.in_(accounts), SignInAttemptRow.succeeded.is_(False)
    )
    return len(session.execute(query.returning(SignInAttemptRow.id)).all())


def waits(session: Session) -> dict[bytes, datetime]:
    """Until when each account that has to wait does so."""
    query = select(
        SignInAttemptRow.account_hash,
        func.count(),
        func.max(SignInAttemptRow.attempted_at),
    ).where(SignInAttemptRow.succeeded.is_(False))
    found = {}
    for account, count, last in session.execute(query.group_by(SignInAttemptRow.account_hash)):
        until = wait_until([last] * count)
        if until is not None and clock.now() < until:
            found[account] = until
    return found
