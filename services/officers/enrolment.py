"""Setting up the second factor, renewing the codes on paper, and taking it away."""

from __future__ import annotations

import pyotp
from sqlalchemy import func, select

from db.models import OfficerRow, RecoveryCodeRow, SecondFactorRow, SignInSessionRow
from db.session import reading, unit_of_work
from domain.exceptions import FieldProblem, InvalidInput, Refused
from domain.records.account import Enrolment
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.officers import second_factor, throttle
from services.officers.accounts import locked_account
from services.officers.passwords import NO_PASSWORD
from services.officers.rules import needs_second_factor
from services.officers.sign_in import confirm_password, revoke
from services.permissions import Permission, check_can

ISSUER = "Labour migration"


def has_second_factor(*, by: Officer) -> bool:
    """Whether the officer comes in with two factors."""
    with reading() as session:
        return second_factor.is_set_up(session, by.id)


def count_recovery_codes(*, by: Officer) -> int:
    """How many codes on paper the officer has left."""
    query = select(func.count()).where(
        RecoveryCodeRow.officer_id == by.id, RecoveryCodeRow.used_at.is_(None)
    )
    with reading() as session:
        return session.scalar(query) or 0


def has_password(*, by: Officer) -> bool:
    """Whether the officer signs in by password at all."""
    with reading() as session:
        return session.get_one(OfficerRow, by.id).password_hash != NO_PASSWORD


def begin_enrolment(*, password: str, by: Officer) -> Enrolment:
    """A new secret for the officer's telephone; it counts from its first right code on."""
    if has_password(by=by):
        confirm_password(password=password, by=by)
    secret = pyotp.random_base32()
    with unit_of_work() as work:
        locked_account(work.session, by.id)
        row = work.session.get(SecondFactorRow, by.id)
        if row is not None and row.confirmed_at is not None:
            raise Refused(N_("Your second factor is set up already."))
        if row is None:
            row = SecondFactorRow(officer_id=by.id)
            work.session.add(row)
        row.secret, row.begun_at = second_factor.sealed(by.id, secret), clock.now()
        audit.record(
            work.session, action="second_factor_begun", entity="officer", entity_id=by.id, by=by
        )
        work.commit()
    return _enrolment(secret, by)


def pending_enrolment(*, by: Officer) -> Enrolment | None:
    """The secret that waits for its first code; None where none does."""
    with reading() as session:
        row = session.get(SecondFactorRow, by.id)
        if row is None or row.confirmed_at is not None:
            return None
        return _enrolment(second_factor.secret_of(row), by)


def _enrolment(secret: str, by: Officer) -> Enrolment:
    uri = pyotp.TOTP(secret).provisioning_uri(name=by.username, issuer_name=ISSUER)
    return Enrolment(secret, uri)


def confirm_enrolment(*, code: str, session: str | None, by: Officer) -> tuple[str, ...]:
    """The first code of the telephone: from now on one is asked. Returns the codes on paper.

    Every other session of the officer ends: they were opened with one factor.
    """
    attempt = _reserve(by)
    with unit_of_work() as work:
        locked_account(work.session, by.id)
        row = work.session.get(SecondFactorRow, by.id)
        if row is None or row.confirmed_at is not None:
            raise Refused(N_("Begin anew: there is nothing to confirm."))
        if not second_factor.take_code(row, code.replace(" ", "")):
            problem = FieldProblem("code", Sentence(WRONG))
            raise InvalidInput(Sentence(N_("The second factor is not set up yet.")), (problem,))
        row.confirmed_at = clock.now()
        throttle.succeed(work.session, attempt, _key(by))
        codes = second_factor.new_recovery_codes(work.session, by.id)
        mine = SignInSessionRow.officer_id == by.id
        revoke(work.session, mine & (SignInSessionRow.token_hash != bytes.fromhex(session or "")))
        audit.record(
            work.session, action="second_factor_set", entity="officer", entity_id=by.id, by=by
        )
        work.commit()
    return codes


WRONG = N_(
    "This is not the code of now. Look whether the telephone's clock is right, and enter the six "
    "digits that it shows."
)


def renew_recovery_codes(*, password: str, by: Officer) -> tuple[str, ...]:
    """Fresh codes on paper, shown once; the former ones work no more."""
    if has_password(by=by):
        confirm_password(password=password, by=by)
    with unit_of_work() as work:
        locked_account(work.session, by.id)
        if not second_factor.is_set_up(work.session, by.id):
            raise Refused(N_("First set up the second factor."))
        codes = second_factor.new_recovery_codes(work.session, by.id)
        audit.record(
            work.session, action="recovery_codes_made", entity="officer", entity_id=by.id, by=by
        )
        work.commit()
    return codes


def give_up_second_factor(*, password: str, code: str, by: Officer) -> None:
    """The officer's own, where the role needs none: with password and code."""
    if needs_second_factor(by.role):
        raise Refused(N_("Your role needs a second factor: it can be set up anew, not given up."))
    if has_password(by=by):
        confirm_password(password=password, by=by)
    attempt = _reserve(by)
    with unit_of_work() as work:
        locked_account(work.session, by.id)
        if not second_factor.is_right(work.session, by.id, code):
            problem = FieldProblem("code", Sentence(WRONG))
            raise InvalidInput(Sentence(N_("The second factor stays as it is.")), (problem,))
        throttle.succeed(work.session, attempt, _key(by))
        second_factor.remove(work.session, by.id)
        audit.record(
            work.session, action="second_factor_removed", entity="officer", entity_id=by.id, by=by
        )
        work.commit()


def reset_second_factor(*, officer_id: int, by: Officer) -> None:
    """Another officer's, after a lost telephone: it is set up anew at the next sign-in."""
    check_can(by, Permission.OFFICERS_MANAGE)
    if officer_id == by.id:
        raise Refused(N_("You can't do this to your own account. Ask another administrator."))
    with unit_of_work() as work:
        row = locked_account(work.session, officer_id)
        if work.session.get(SecondFactorRow, row.id) is None:
            raise Refused(N_("This account has no second factor."))
        second_factor.remove(work.session, row.id)
        revoke(work.session, SignInSessionRow.officer_id == row.id)
        audit.record(
            work.session, action="second_factor_removed", entity="officer", entity_id=row.id, by=by
        )
        work.commit()


def _key(by: Officer) -> bytes:
    return throttle.account_key("code", by.username)


def _reserve(by: Officer) -> int:
    with unit_of_work() as work:
        place = throttle.place_key(f"code:{by.username}")
        attempt = throttle.reserve(work.session, _key(by), place, is_own=True)
        work.commit()
    return attempt
