"""Signing in and out, and who a browser belongs to.

The cookie holds an opaque random token; the database only its SHA-256, so a stolen database signs
nobody in and a session can be ended at once, on every replica.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from db.models import OfficerRow, OrganisationRow, SignInAttemptRow, SignInSessionRow
from db.session import reading, settings, unit_of_work
from domain.exceptions import FieldProblem, InvalidInput, SignInRefused
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.officers import passwords

WRONG = N_("The username or the password is wrong. Check both and try again.")
LOCKED = N_("Too many failed attempts. Wait {minutes} minutes and try again.")


class SignInLocked(SignInRefused):
    """Too many failures for this account or address: nobody gets in until the window has passed."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    id: int
    officer_id: int | None
    password_hash: str | None
    is_disabled: bool


def sign_in(*, username: str, password: str, address: str, replaces: str | None = None) -> str:
    """Open a session and return its token for the cookie.

    SignInRefused with one text for every reason but the lock; `replaces` is the browser's former
    token, which ends here, so that nobody can prepare a session for another person.
    """
    account, place = _digest("account", name_of(username)), _digest("address", address)
    attempt = _reserve(name_of(username), account, place)
    if not passwords.matches(attempt.password_hash, password) or attempt.is_disabled:
        _record_failure(attempt, account)
        raise SignInRefused(WRONG)
    assert attempt.officer_id is not None and attempt.password_hash is not None
    outdated = passwords.is_outdated(attempt.password_hash)
    fresh_hash = passwords.hash_password(password) if outdated else None
    return _open_session(attempt, account, replaces, fresh_hash)


def name_of(username: str) -> str:
    """The username as it is stored: without blanks around it, in small letters."""
    return username.strip().casefold()


def _digest(label: str, value: str) -> bytes:
    return hashlib.sha256(f"{label}:{value}".encode()).digest()


def _reserve(username: str, account: bytes, place: bytes) -> _Attempt:
    # The attempt counts as failed before the password is looked at: parallel guesses gain nothing.
    limits, now = passwords.rules(), clock.now()
    since = now - timedelta(minutes=limits.window_minutes)
    with unit_of_work() as work:
        officer = work.session.scalars(
            select(OfficerRow).where(OfficerRow.username == username).with_for_update()
        ).one_or_none()
        work.session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.attempted_at <= since))
        by_account = _failures(work.session, SignInAttemptRow.account_hash == account)
        by_address = _failures(work.session, SignInAttemptRow.address_hash == place)
        if by_account >= limits.failures_per_account or by_address >= limits.failures_per_address:
            raise SignInLocked(LOCKED, minutes=limits.window_minutes)
        row = SignInAttemptRow(
            account_hash=account, address_hash=place, succeeded=False, attempted_at=now
        )
        work.session.add(row)
        work.session.flush()
        attempt = _Attempt(
            row.id,
            officer.id if officer else None,
            officer.password_hash if officer else None,
            officer is not None and officer.disabled_at is not None,
        )
        work.commit()
        return attempt


def _failures(session: Session, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(SignInAttemptRow)
    return session.scalar(query.where(condition, SignInAttemptRow.succeeded.is_(False))) or 0


def _record_failure(attempt: _Attempt, account: bytes) -> None:
    with unit_of_work() as work:
        failures = _failures(work.session, SignInAttemptRow.account_hash == account)
        locked = failures >= passwords.rules().failures_per_account
        audit.record(
            work.session,
            action="sign_in_locked" if locked else "sign_in_failed",
            entity="officer",
            entity_id=attempt.officer_id,
            by=None,
        )
        work.commit()


def confirm_password(*, password: str, by: Officer) -> None:
    """The officer's own password once more, before something that binds them.

    InvalidInput for another password; failures count as those of signing in do, to the same lock.
    """
    account = _digest("account", by.username)
    attempt = _reserve(by.username, account, _digest("confirmation", by.username))
    if not passwords.matches(attempt.password_hash, password) or attempt.is_disabled:
        _record_failure(attempt, account)
        problem = FieldProblem("password", Sentence(N_("This is not your password.")))
        raise InvalidInput(Sentence(N_("Your password was not confirmed.")), (problem,))
    with unit_of_work() as work:
        work.session.execute(
            delete(SignInAttemptRow).where(
                SignInAttemptRow.account_hash == account,
                SignInAttemptRow.succeeded.is_(False),
            )
        )
        work.commit()


def _open_session(
    attempt: _Attempt, account: bytes, replaces: str | None, fresh_hash: str | None
) -> str:
    token, now = secrets.token_urlsafe(32), clock.now()
    with unit_of_work() as work:
        row = work.session.get_one(OfficerRow, attempt.officer_id, with_for_update=True)
        if row.disabled_at is not None:
            raise SignInRefused(WRONG)
        if fresh_hash:
            row.password_hash = fresh_hash
        work.session.execute(
            delete(SignInAttemptRow).where(
                SignInAttemptRow.account_hash == account, SignInAttemptRow.id != attempt.id
            )
        )
        # Gone already when the same officer came in elsewhere in this moment: no harm.
        work.session.execute(
            update(SignInAttemptRow).where(SignInAttemptRow.id == attempt.id).values(succeeded=True)
        )
        _forget_expired(work.session, now)
        if replaces:
            revoke(work.session, SignInSessionRow.token_hash == token_hash(replaces))
        work.session.add(
            SignInSessionRow(
                token_hash=token_hash(token), officer_id=row.id, created_at=now, last_seen_at=now
            )
        )
        officer = officer_record(work.session, row)
        audit.record(
            work.session, action="signed_in", entity="officer", entity_id=row.id, by=officer
        )
        work.commit()
    return token


def token_hash(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).digest()


def session_id(token: str) -> str:
    """The session's public name inside the server: safe to pass on, useless as a cookie."""
    return token_hash(token).hex()


def _forget_expired(session: Session, now: datetime) -> None:
    oldest = now - timedelta(hours=settings().session_absolute_hours)
    session.execute(delete(SignInSessionRow).where(SignInSessionRow.created_at <= oldest))


def revoke(session: Session, condition: ColumnElement[bool]) -> None:
    """End the matching sessions in the caller's transaction."""
    session.execute(
        update(SignInSessionRow)
        .where(condition, SignInSessionRow.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


def officer_record(session: Session, row: OfficerRow) -> Officer:
    """The officer as use cases receive one."""
    organisation = session.get_one(OrganisationRow, row.organisation_code)
    return Officer(
        id=row.id,
        username=row.username,
        name_ka=row.name_ka,
        name_en=row.name_en,
        role=row.role,
        organisation_code=row.organisation_code,
        organisation_kind=organisation.kind,
        language=row.language,
        must_change_password=row.must_change_password,
    )


def whoami(token: str | None) -> Officer | None:
    """The officer whose cookie this is; None for no, an unknown, an ended or a late session."""
    return officer_of(session_id(token)) if token else None


def officer_of(session: str | None, *, is_used: bool = True) -> Officer | None:
    """The officer of a session id, looked up anew; also marks that the session is in use.

    Not `is_used` where a screen redraws itself: nobody sits there for that reason.
    """
    try:
        key = bytes.fromhex(session or "")
    except ValueError:
        return None
    now = clock.now()
    with reading() as opened:
        row = opened.get(SignInSessionRow, key) if key else None
        if row is None or not _is_live(row, now):
            return None
        account = opened.get_one(OfficerRow, row.officer_id)
        if account.disabled_at is not None:
            return None
        officer = officer_record(opened, account)
        seen = row.last_seen_at
    if is_used and now - seen >= timedelta(seconds=passwords.rules().last_seen_every_seconds):
        _touch(key, now)
    return officer


def _is_live(row: SignInSessionRow, now: datetime) -> bool:
    limits = settings()
    return (
        row.revoked_at is None
        and now - row.last_seen_at < timedelta(minutes=limits.session_idle_minutes)
        and now - row.created_at < timedelta(hours=limits.session_absolute_hours)
    )


def _touch(key: bytes, now: datetime) -> None:
    with unit_of_work() as work:
        work.session.execute(
            update(SignInSessionRow)
            .where(SignInSessionRow.token_hash == key, SignInSessionRow.last_seen_at < now)
            .values(last_seen_at=now)
        )
        work.commit()


def sign_out(token: str | None) -> None:
    """End the cookie's session; nothing happens where there is none."""
    officer = whoami(token)
    if officer is None or token is None:
        return
    with unit_of_work() as work:
        revoke(work.session, SignInSessionRow.token_hash == token_hash(token))
        audit.record(
            work.session, action="signed_out", entity="officer", entity_id=officer.id, by=officer
        )
        work.commit()
