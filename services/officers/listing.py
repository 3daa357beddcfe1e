"""The administrator's list: each account with its state, limits, sessions and renewal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OfficerRow, SecondFactorRow, SignInSessionRow
from domain.enums import AccountState
from domain.records.account import AccountLimits, AccountRecord
from services import clock
from services.officers import reviews, throttle
from services.officers.operator import USERNAME as OPERATOR
from services.officers.passwords import NO_PASSWORD
from services.officers.rules import needs_second_factor
from services.officers.sign_in import is_live


@dataclass(frozen=True, slots=True)
class _Around:
    """What other tables say of all accounts."""

    seen: Mapping[int, datetime]
    open_sessions: Mapping[int, int]
    waits: Mapping[bytes, datetime]
    with_code: frozenset[int]
    renewed: Mapping[int, date]


def account_records(session: Session) -> list[AccountRecord]:
    """Every account by username."""
    around = _around(session)
    rows = session.scalars(select(OfficerRow).order_by(OfficerRow.username))
    return [_record(row, around) for row in rows]


def account_record(session: Session, row: OfficerRow) -> AccountRecord:
    """One account, as the list shows it."""
    return _record(row, _around(session))


def _around(session: Session) -> _Around:
    seen: dict[int, datetime] = {}
    count: dict[int, int] = {}
    now = clock.now()
    for one in session.scalars(select(SignInSessionRow)):
        seen[one.officer_id] = max(one.last_seen_at, seen.get(one.officer_id, one.last_seen_at))
        if is_live(one, now):
            count[one.officer_id] = count.get(one.officer_id, 0) + 1
    confirmed = select(SecondFactorRow.officer_id).where(SecondFactorRow.confirmed_at.is_not(None))
    return _Around(
        seen,
        count,
        throttle.waits(session),
        frozenset(session.scalars(confirmed)),
        reviews.renewed_on(session),
    )


def _record(row: OfficerRow, around: _Around) -> AccountRecord:
    renewed = around.renewed.get(row.id, clock.day_of(row.created_at))
    is_lasting = row.is_demo or row.disabled_at is not None
    waits = [around.waits.get(throttle.account_key(k, row.username)) for k in ("account", "code")]
    return AccountRecord(
        id=row.id,
        username=row.username,
        name_ka=row.name_ka,
        name_en=row.name_en,
        role=row.role,
        organisation_code=row.organisation_code,
        language=row.language,
        must_change_password=row.must_change_password,
        is_demo=row.is_demo,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        last_seen_at=around.seen.get(row.id),
        state=_state(row),
        limits=AccountLimits(
            row.email or "",
            row.valid_from,
            row.valid_until,
            ", ".join(row.allowed_networks or ()),
        ),
        waits_until=max((at for at in waits if at), default=None),
        has_second_factor=row.id in around.with_code,
        needs_second_factor=needs_second_factor(row.role),
        is_linked=row.oidc_subject is not None,
        sessions=around.open_sessions.get(row.id, 0),
        renewed_on=renewed,
        renewal_due_on=None if is_lasting else reviews.due_on(renewed),
        closes_on=None if is_lasting else reviews.closes_on(renewed),
    )


def _state(row: OfficerRow) -> AccountState:
    today = clock.today()
    if row.disabled_at is not None:
        return AccountState.DISABLED
    if row.valid_until is not None and row.valid_until < today:
        return AccountState.EXPIRED
    if row.valid_from is not None and today < row.valid_from:
        return AccountState.NOT_YET
    if row.password_hash == NO_PASSWORD and row.username != OPERATOR and not row.oidc_subject:
        return AccountState.INVITED
    if row.must_change_password:
        return AccountState.PASSWORD_TO_CHANGE
    return AccountState.IN_USE
