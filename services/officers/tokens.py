"""One-time secrets of an account: an invitation, the second step of signing in.

Only a hash is kept, and it covers the purpose: a secret for one thing opens nothing else.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.models import AccountTokenRow
from domain.enums import AccountTokenPurpose
from domain.records.officer import Officer
from services import clock


def issue(
    session: Session,
    purpose: AccountTokenPurpose,
    officer_id: int,
    expires_at: datetime,
    *,
    by_provider: bool = False,
    by: Officer | None,
) -> str:
    """A new secret, in the caller's transaction; it is never seen again."""
    now = clock.now()
    session.execute(delete(AccountTokenRow).where(AccountTokenRow.expires_at <= now))
    secret = secrets.token_urlsafe(32)
    row = AccountTokenRow(
        token_hash=_hash(purpose, secret),
        purpose=purpose,
        officer_id=officer_id,
        issued_at=now,
        issued_by=by.id if by else None,
        expires_at=expires_at,
        by_provider=by_provider,
    )
    session.add(row)
    return secret


def find(
    session: Session, purpose: AccountTokenPurpose, secret: str, *, lock: bool = False
) -> AccountTokenRow | None:
    """The secret's row while it is open; None for an unknown, a used and an expired one alike."""
    query = select(AccountTokenRow).where(
        AccountTokenRow.token_hash == _hash(purpose, secret),
        AccountTokenRow.used_at.is_(None),
        AccountTokenRow.expires_at > clock.now(),
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def end_all(session: Session, purpose: AccountTokenPurpose, officer_id: int) -> None:
    """Close every open secret of that purpose, in the caller's transaction."""
    session.execute(
        update(AccountTokenRow)
        .where(
            AccountTokenRow.purpose == purpose,
            AccountTokenRow.officer_id == officer_id,
            AccountTokenRow.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )


def _hash(purpose: AccountTokenPurpose, secret: str) -> bytes:
    return hashlib.sha256(f"{purpose.value}:{secret}".encode()).digest()
