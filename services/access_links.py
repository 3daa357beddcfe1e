"""Personal links: a secret address that opens one thing for a while, without an account.

The secret has 256 bits and is kept as its hash only. Whoever opens an unknown, a revoked or an
expired link reads a sentence and nothing else. `issue_link` and `revoke_links` work in the caller's
transaction; `open_link` writes down that the link was opened.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import AccessLinkRow
from db.session import settings, unit_of_work
from domain.enums import LinkPurpose
from domain.exceptions import NotFound, Refused
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class AccessLink:
    """A link as an officer may know it: everything but its secret."""

    id: int
    purpose: LinkPurpose
    subject_id: int
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    first_opened_at: datetime | None
    last_opened_at: datetime | None
    openings: int


def issue_link(
    session: Session,
    *,
    purpose: LinkPurpose,
    subject_id: int,
    expires_at: datetime,
    by: Officer | None,
) -> tuple[str, AccessLink]:
    """A new secret and its link, in the caller's transaction: the secret is never seen again."""
    secret = secrets.token_urlsafe(32)
    row = AccessLinkRow(
        secret_sha256=_hash(secret),
        purpose=purpose,
        subject_id=subject_id,
        expires_at=expires_at,
        issued_at=clock.now(),
        issued_by=by.id if by else None,
        openings=0,
    )
    session.add(row)
    session.flush()
    return secret, _record(row)


def renew_link(
    session: Session, *, purpose: LinkPurpose, subject_id: int, last_day: date, by: Officer | None
) -> tuple[str, AccessLink]:
    """A new link, open until the end of its last day; older ones end."""
    revoke_links(
        session, purpose=purpose, subject_id=subject_id, reason="a new link was sent", by=by
    )
    expires_at = clock.beginning(last_day + timedelta(1))
    return issue_link(session, purpose=purpose, subject_id=subject_id, expires_at=expires_at, by=by)


def link_address(path: str, secret: str) -> str:
    """The whole address under `/public/<path>/`: `MIGRATION_PUBLIC_ADDRESS` before it if known."""
    return f"{settings().public_address.rstrip('/')}/public/{path}/{secret}"


def revoke_links(
    session: Session, *, purpose: LinkPurpose, subject_id: int, reason: str, by: Officer | None
) -> int:
    """End every link of that subject that is still open, in the caller's transaction; how many."""
    query = _of(purpose, subject_id).where(AccessLinkRow.revoked_at.is_(None)).with_for_update()
    rows = session.scalars(query).all()
    for row in rows:
        row.revoked_at, row.revoked_by = clock.now(), by.id if by else None
        row.revoke_reason = reason
    session.flush()
    return len(rows)


def list_links(session: Session, *, purpose: LinkPurpose, subject_id: int) -> list[AccessLink]:
    """Every link that was ever issued for it, the newest first."""
    rows = session.scalars(_of(purpose, subject_id).order_by(AccessLinkRow.id.desc()))
    return [_record(row) for row in rows]


def check_link(
    session: Session, *, secret: str, purpose: LinkPurpose, lock: bool = False
) -> AccessLink:
    """The link of a secret; NotFound if there is none, Refused if it is revoked or expired.

    `lock` holds the row, so that an answer and a revocation of the same moment have an order.
    """
    query = select(AccessLinkRow).where(
        AccessLinkRow.secret_sha256 == _hash(secret), AccessLinkRow.purpose == purpose
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none() if SECRET.fullmatch(secret) else None
    if row is None:
        raise NotFound(
            N_("This address opens nothing. Copy the whole link from the message you were sent.")
        )
    if row.revoked_at is not None:
        raise Refused(
            N_("This link was called back. Ask the agency, which sent it, for a new one.")
        )
    if row.expires_at <= clock.now():
        raise Refused(
            N_("This link was open until {day}. Ask the agency, which sent it, for a new one."),
            day=clock.day_of(row.expires_at),
        )
    return _record(row)


def open_link(*, secret: str, purpose: LinkPurpose) -> AccessLink:
    """As `check_link`, and written down: how often, and the first time in the audit log."""
    with unit_of_work() as work:
        link = check_link(work.session, secret=secret, purpose=purpose, lock=True)
        row = work.session.get_one(AccessLinkRow, link.id)
        now = clock.now()
        row.last_opened_at, row.openings = now, row.openings + 1
        if row.first_opened_at is None:
            row.first_opened_at = now
            audit.record(
                work.session,
                action="link_opened",
                entity="access_link",
                entity_id=row.id,
                details={"purpose": purpose.value, "subject_id": row.subject_id},
                by=None,
            )
        work.commit()
        return _record(row)


def _of(purpose: LinkPurpose, subject_id: int) -> Select[AccessLinkRow]:
    return select(AccessLinkRow).where(
        AccessLinkRow.purpose == purpose, AccessLinkRow.subject_id == subject_id
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _record(row: AccessLinkRow) -> AccessLink:
    return AccessLink(
        row.id,
        row.purpose,
        row.subject_id,
        row.issued_at,
        row.expires_at,
        row.revoked_at,
        row.first_opened_at,
        row.last_opened_at,
        row.openings,
    )
