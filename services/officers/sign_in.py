"""Signing in and out, and who a browser belongs to.

The cookie holds an opaque random token; the database only its SHA-256, so a stolen database signs
nobody in and a session can be ended at once, on every replica.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from db.models import (
    OfficerRow,
    OrganisationRow,
    SignInAttemptRow,
    SignInSessionRow,
)
from db.session import reading, settings, unit_of_work
from domain.enums import AccountTokenPurpose
from domain.exceptions import FieldProblem, InvalidInput, SignInRefused
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.officers import limits, passwords, second_factor, throttle, tokens
from services.officers.rules import account_rules
from services.officers.throttle import SignInLocked, account_key, place_key

__all__ = ["SignInLocked"]

WRONG = N_("The username or the password is wrong. Check both and try again.")
WRONG_CODE = N_("This code is wrong or was used already. Wait for the next one and try again.")
STEP_OVER = N_("Too much time has passed. Enter your username and password again.")
LONGEST_PLACE = 80
STEP = AccountTokenPurpose.SECOND_STEP


class SecondStepOver(SignInRefused):
    """The second step was not taken in time, or too often: signing in begins anew."""


@dataclass(frozen=True, slots=True)
class Browser:
    """What is known of a browser that wants to come in."""

    address: str = ""
    device: str | None = None
    former_token: str | None = None
    """Its former session ends here: nobody can prepare a session for another person."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """What the first step opens: a session by its token, or the second step by its secret."""

    token: str | None = None
    step: str | None = None


@dataclass(frozen=True, slots=True)
class _Attempt:
    id: int
    officer_id: int | None
    password_hash: str | None
    is_open: bool


def sign_in(*, username: str, password: str, address: str, replaces: str | None = None) -> str:
    """Open a session of an account without a second factor; returns its token for the cookie."""
    browser = Browser(address, former_token=replaces)
    entrance = begin_sign_in(username=username, password=password, browser=browser)
    if entrance.token is None:
        raise SignInRefused(WRONG)
    return entrance.token


def begin_sign_in(*, username: str, password: str, browser: Browser) -> Entrance:
    """The first step; SignInRefused with one text for every reason but the wait."""
    account = account_key("account", name_of(username))
    attempt = _reserve(name_of(username), account, place_key(browser.address), browser.address)
    if not passwords.matches(attempt.password_hash, password) or not attempt.is_open:
        _record_failure(attempt, account)
        raise SignInRefused(WRONG)
    assert attempt.officer_id is not None and attempt.password_hash is not None
    outdated = passwords.is_outdated(attempt.password_hash)
    fresh_hash = passwords.hash_password(password) if outdated else None
    with unit_of_work() as work:
        row = work.session.get_one(OfficerRow, attempt.officer_id, with_for_update=True)
        if not limits.is_open(row, browser.address):
            raise SignInRefused(WRONG)
        if fresh_hash:
            row.password_hash = fresh_hash
        throttle.succeed(work.session, attempt.id, account)
        entrance = admit(work.session, row, browser)
        work.commit()
    return entrance


def admit(
    session: Session, row: OfficerRow, browser: Browser, *, by_provider: bool = False
) -> Entrance:
    """Open a session, or the second step where there is one, in the caller's transaction."""
    if second_factor.is_set_up(session, row.id):
        expires_at = clock.now() + timedelta(minutes=account_rules().second_step_minutes)
        step = tokens.issue(session, STEP, row.id, expires_at, by_provider=by_provider, by=None)
        return Entrance(step=step)
    return Entrance(token=_open_session(session, row, browser, by_provider=by_provider))


def finish_sign_in(*, step: str, code: str, browser: Browser) -> str:
    """The second step: a code of the telephone or one on paper opens the session.

    SignInRefused for a wrong or used code; SecondStepOver when the first step is too long ago.
    """
    pending = _reserve_code(step)
    with unit_of_work() as work:
        found = tokens.find(work.session, STEP, step, lock=True)
        row = work.session.get_one(OfficerRow, pending.officer_id, with_for_update=True)
        if found is None or not limits.is_open(row, browser.address):
            raise SecondStepOver(STEP_OVER)
        token = None
        if second_factor.is_right(work.session, row.id, code):
            found.used_at = clock.now()
            throttle.succeed(work.session, pending.id, pending.account)
            token = _open_session(
                work.session, row, browser, by_provider=found.by_provider, with_code=True
            )
        else:
            audit.record(
                work.session,
                action="second_factor_failed",
                entity="officer",
                entity_id=row.id,
                by=None,
            )
        work.commit()
    if token is None:
        raise SignInRefused(WRONG_CODE)
    return token


@dataclass(frozen=True, slots=True)
class _Pending:
    id: int
    officer_id: int
    account: bytes


def _reserve_code(step: str) -> _Pending:
    with unit_of_work() as work:
        found = tokens.find(work.session, STEP, step)
        if found is None:
            raise SecondStepOver(STEP_OVER)
        username = work.session.get_one(OfficerRow, found.officer_id).username
        account = account_key("code", username)
        place = place_key(f"code:{username}")
        attempt = throttle.reserve(work.session, account, place, is_own=True)
        work.commit()
    return _Pending(attempt, found.officer_id, account)


def is_second_step(step: str | None) -> bool:
    """Whether the secret still opens the second step."""
    with reading() as session:
        return bool(step) and tokens.find(session, STEP, step or "") is not None


def name_of(username: str) -> str:
    """The username as it is stored: without blanks around it, in small letters."""
    return username.strip().casefold()


def _reserve(username: str, account: bytes, place: bytes, address: str | None) -> _Attempt:
    with unit_of_work() as work:
        attempt = throttle.reserve(work.session, account, place, is_own=address is None)
        query = select(OfficerRow).where(OfficerRow.username == username)
        row = work.session.scalars(query).one_or_none()
        work.commit()
    if row is None:
        return _Attempt(attempt, None, None, False)
    return _Attempt(attempt, row.id, row.password_hash, limits.is_open(row, address))


def _record_failure(attempt: _Attempt, account: bytes) -> None:
    with unit_of_work() as work:
        is_locked = account in throttle.waits(work.session)
        audit.record(
            work.session,
            action="sign_in_locked" if is_locked else "sign_in_failed",
            entity="officer",
            entity_id=attempt.officer_id,
            by=None,
        )
        work.commit()


def confirm_password(*, password: str, by: Officer) -> None:
    """The officer's own password once more, before something that binds them.

    InvalidInput for another password; failures count as those of signing in do. Those of others
    elsewhere make nobody wait here: an officer who is in can always confirm.
    """
    account = account_key("account", by.username)
    place = place_key(f"confirmation:{by.username}")
    attempt = _reserve(by.username, account, place, None)
    if not passwords.matches(attempt.password_hash, password) or not attempt.is_open:
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
    session: Session,
    row: OfficerRow,
    browser: Browser,
    *,
    by_provider: bool,
    with_code: bool = False,
) -> str:
    token, now = secrets.token_urlsafe(32), clock.now()
    _forget_expired(session, now)
    if browser.former_token:
        revoke(session, SignInSessionRow.token_hash == token_hash(browser.former_token))
    session.add(
        SignInSessionRow(
            token_hash=token_hash(token),
            officer_id=row.id,
            created_at=now,
            last_seen_at=now,
            address=browser.address[:LONGEST_PLACE] or None,
            device=browser.device,
            by_provider=by_provider,
            has_second_factor=with_code,
        )
    )
    officer = officer_record(session, row)
    audit.record(session, action="signed_in", entity="officer", entity_id=row.id, by=officer)
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


def revoke(session: Session, condition: ColumnElement[bool]) -> int:
    """End the matching sessions in the caller's transaction; how many there were."""
    ending = (
        update(SignInSessionRow)
        .where(condition, SignInSessionRow.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .returning(SignInSessionRow.officer_id)
    )
    return len(session.execute(ending).all())


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
        must_change_password=row.must_change_password or limits.is_password_old(row),
        must_enrol=second_factor.is_missing(session, row),
    )


def whoami(token: str | None, address: str | None = None) -> Officer | None:
    """The officer whose cookie this is; None for no, an unknown, an ended or a late session.

    With the browser's address it is also None outside the account's networks.
    """
    return officer_of(session_id(token), address) if token else None


def officer_of(
    session: str | None, address: str | None = None, *, is_used: bool = True
) -> Officer | None:
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
        if row is None or not is_live(row, now):
            return None
        account = opened.get_one(OfficerRow, row.officer_id)
        if not limits.is_open(account, address):
            return None
        officer = officer_record(opened, account)
        seen = row.last_seen_at
    if is_used and now - seen >= timedelta(seconds=passwords.rules().last_seen_every_seconds):
        _touch(key, now)
    return officer


def is_live(row: SignInSessionRow, now: datetime) -> bool:
    """Whether a session still opens anything."""
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
