"""Events of the audit chain for the administrator's screen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from db.models import AuditDetailsRow, AuditEventRow, OfficerRow
from domain.enums import Role
from domain.records.audit import Actor, AuditEntry, AuditPage, AuditQuery

_E = AuditEventRow


MOST_COUNTED = 10_000
"""A search that finds more says "more than": to count a million takes longer than to list them."""


def list_events(
    session: Session,
    wanted: AuditQuery,
    begin: datetime | None,
    end: datetime | None,
    *,
    before: int | None = None,
    limit: int,
) -> AuditPage:
    """One page of those before an event, newest first, and how many there are in all."""
    conditions = _conditions(wanted, begin, end)
    earlier = [*conditions, _E.seq < before] if before is not None else conditions
    # The numbers first: names are looked up for one page, not for all that match.
    numbers = select(_E.seq).where(*earlier).order_by(_E.seq.desc()).limit(limit + 1).subquery()
    query = (
        select(_E, OfficerRow.name_ka, OfficerRow.name_en)
        .join(numbers, numbers.c.seq == _E.seq)
        .outerjoin(OfficerRow, OfficerRow.id == _E.actor_id)
        .order_by(_E.seq.desc())
    )
    rows = tuple(entry_of(*row) for row in session.execute(query)) if limit else ()
    some = select(_E.seq).where(*conditions).limit(MOST_COUNTED + 1).subquery()
    total = session.scalar(select(func.count()).select_from(some)) or 0
    return AuditPage(
        rows[:limit],
        total=min(total, MOST_COUNTED),
        is_counted=total <= MOST_COUNTED,
        has_more=len(rows) > limit,
    )


def _conditions(
    wanted: AuditQuery, begin: datetime | None, end: datetime | None
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.officer_id is not None:
        found.append(_E.actor_id == wanted.officer_id)
    if wanted.action:
        found.append(_E.action == wanted.action)
    if wanted.entity:
        found.append(_E.entity == wanted.entity)
    if wanted.entity_id:
        found.append(_E.entity_id == wanted.entity_id)
    if wanted.subject:
        found.append(_E.subject == wanted.subject)
    if begin is not None:
        found.append(_E.happened_at >= begin)
    if end is not None:
        found.append(_E.happened_at < end)
    return found


def entry_of(row: AuditEventRow, name_ka: str | None, name_en: str | None) -> AuditEntry:
    """The record of an event and the names of who acted."""
    return AuditEntry(
        seq=row.seq,
        happened_at=row.happened_at,
        actor_id=row.actor_id,
        actor_ka=name_ka,
        actor_en=name_en,
        role=Role(row.actor_role) if row.actor_role in set(Role) else None,
        action=row.action,
        entity=row.entity,
        entity_id=row.entity_id,
        subject=row.subject,
    )


def find_event(
    session: Session, seq: int
) -> Row[AuditEventRow, AuditDetailsRow | None, str | None, str | None] | None:
    """The event with its details and the names of who acted."""
    query = (
        select(_E, AuditDetailsRow, OfficerRow.name_ka, OfficerRow.name_en)
        .outerjoin(AuditDetailsRow, AuditDetailsRow.seq == _E.seq)
        .outerjoin(OfficerRow, OfficerRow.id == _E.actor_id)
        .where(_E.seq == seq)
    )
    return session.execute(query).one_or_none()


def list_actors(session: Session) -> tuple[Actor, ...]:
    """Everybody with an account, by username."""
    columns = (OfficerRow.id, OfficerRow.username, OfficerRow.name_ka, OfficerRow.name_en)
    query = select(*columns).order_by(OfficerRow.username)
    return tuple(Actor(*row) for row in session.execute(query))
