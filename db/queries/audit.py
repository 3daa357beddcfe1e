"""Events of the audit chain for the administrator's screen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from db.models import AuditDetailsRow, AuditEventRow, OfficerRow
from domain.enums import Role
from domain.records.audit import Actor, AuditEntry, AuditQuery

_E = AuditEventRow


def list_events(
    session: Session,
    wanted: AuditQuery,
    begin: datetime | None,
    end: datetime | None,
    *,
    offset: int,
    limit: int,
) -> tuple[tuple[AuditEntry, ...], int]:
    """One page, newest first, and the total."""
    conditions = _conditions(wanted, begin, end)
    query = (
        select(_E, OfficerRow.name_ka, OfficerRow.name_en)
        .outerjoin(OfficerRow, OfficerRow.id == _E.actor_id)
        .where(*conditions)
        .order_by(_E.seq.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = tuple(entry_of(*row) for row in session.execute(query))
    return rows, session.scalar(select(func.count(_E.seq)).where(*conditions)) or 0


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
