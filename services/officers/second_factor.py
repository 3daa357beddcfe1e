"""The second factor: codes of six digits from the officer's telephone, and codes on paper.

The caller's transaction holds the row, so no code is taken twice, not even at the same moment.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import timedelta

import pyotp
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.encryption import decrypt, encrypt
from db.models import OfficerRow, RecoveryCodeRow, SecondFactorRow
from services import clock
from services.officers.rules import account_rules, needs_second_factor

SECONDS = 30
DRIFT = (0, -1, 1)
"""Telephones are wrong by some seconds: the code before and the one after are taken too."""
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LETTERS = 4, 5
"""A recovery code has 99 bits: its hash needs no salt and no slowness."""


def is_set_up(session: Session, officer_id: int) -> bool:
    """Whether the officer comes in with two factors."""
    row = session.get(SecondFactorRow, officer_id)
    return row is not None and row.confirmed_at is not None


def is_missing(session: Session, row: OfficerRow) -> bool:
    """Whether the role needs a second factor that the officer has not set up."""
    return needs_second_factor(row.role) and not is_set_up(session, row.id)


def secret_of(row: SecondFactorRow) -> str:
    """The secret in the letters that an authenticator takes."""
    return decrypt("second_factors", "secret", row.officer_id, row.secret)


def sealed(officer_id: int, secret: str) -> bytes:
    """The secret as it is kept: closed with a key outside the database."""
    return encrypt("second_factors", "secret", officer_id, secret)


def is_right(session: Session, officer_id: int, code: str) -> bool:
    """Whether the code is the telephone's of this moment, or one on paper; it works once."""
    written = re.sub(r"[\s-]", "", code).casefold()
    if len(written) == GROUPS * LETTERS:
        return _take_recovery_code(session, officer_id, written)
    query = select(SecondFactorRow).where(SecondFactorRow.officer_id == officer_id)
    row = session.scalars(
        query.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    return row is not None and take_code(row, written)


def take_code(row: SecondFactorRow, code: str) -> bool:
    """Whether the code belongs to the secret now and to no moment of which one was taken."""
    totp = pyotp.TOTP(secret_of(row))
    # A demonstration's clock may be moved; telephones go by the real one.
    moment = clock.now() - timedelta(days=clock.moved_days())
    current = int(moment.timestamp()) // SECONDS
    for step in (current + drift for drift in DRIFT):
        is_same = hmac.compare_digest(totp.at(step * SECONDS), code.zfill(6)[:12])
        if is_same and (row.last_step is None or step > row.last_step):
            row.last_step = step
            return True
    return False


def _take_recovery_code(session: Session, officer_id: int, written: str) -> bool:
    query = select(RecoveryCodeRow).where(
        RecoveryCodeRow.code_hash == _hash(officer_id, written),
        RecoveryCodeRow.officer_id == officer_id,
        RecoveryCodeRow.used_at.is_(None),
    )
    row = session.scalars(
        query.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return False
    row.used_at = clock.now()
    return True


def new_recovery_codes(session: Session, officer_id: int) -> tuple[str, ...]:
    """Fresh codes in the caller's transaction, to be shown once; former ones work no more."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.officer_id == officer_id))
    codes = tuple(_recovery_code() for _ in range(account_rules().recovery_codes))
    session.add_all(
        RecoveryCodeRow(
            code_hash=_hash(officer_id, code.replace("-", "")),
            officer_id=officer_id,
            made_at=clock.now(),
        )
        for code in codes
    )
    return codes


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def _hash(officer_id: int, written: str) -> bytes:
    return hashlib.sha256(f"recovery:{officer_id}:{written}".encode()).digest()


def remove(session: Session, officer_id: int) -> None:
    """No second factor any more, in the caller's transaction."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.officer_id == officer_id))
    session.execute(delete(SecondFactorRow).where(SecondFactorRow.officer_id == officer_id))
