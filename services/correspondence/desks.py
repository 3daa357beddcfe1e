"""Where an officer sits: divisions, what they head, whether they keep the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import DepartmentMemberRow, DepartmentRow, OfficerRow
from domain.enums import Role
from domain.records.correspondence import Division, Named
from domain.records.officer import Officer
from services.official_documents.attendance import attendance_today


@dataclass(frozen=True)
class Desk:
    """What an officer may do with letters follows from this, beside the role."""

    officer: Officer
    member_of: frozenset[str]
    heads: frozenset[str]
    is_registrar: bool
    acting_for: Mapping[str, int]
    """Divisions whose absent head the officer stands in for, with that head."""

    @property
    def leads(self) -> bool:
        """Whether the officer distributes to divisions: the manager does."""
        return self.officer.role is Role.MANAGER

    @property
    def sees_all(self) -> bool:
        """The registry and the manager see the whole register."""
        return self.is_registrar or self.leads


def desk_of(session: Session, officer: Officer) -> Desk:
    """The officer's desk today."""
    rows = session.execute(
        select(DepartmentRow.code, DepartmentRow.is_registry)
        .join(DepartmentMemberRow, DepartmentMemberRow.department_code == DepartmentRow.code)
        .where(DepartmentMemberRow.officer_id == officer.id)
    ).all()
    absent = attendance_today(session).stands_in_for(officer.id)
    headed = session.execute(
        select(DepartmentRow.code, DepartmentRow.head_id).where(
            DepartmentRow.head_id.in_({officer.id, *absent})
        )
    ).all()
    heads = frozenset(code for code, _ in headed)
    return Desk(
        officer,
        frozenset(code for code, _ in rows) | heads,
        heads,
        any(is_registry for _, is_registry in rows),
        {code: head for code, head in headed if head is not None and head != officer.id},
    )


def named(row: OfficerRow) -> Named:
    """An officer's name."""
    return Named(row.id, row.name_ka, row.name_en)


def divisions(session: Session) -> tuple[Division, ...]:
    """All divisions with head and members, the registry first."""
    query = select(DepartmentRow).order_by(DepartmentRow.is_registry.desc(), DepartmentRow.code)
    rows = session.scalars(query).all()
    members = session.execute(
        select(DepartmentMemberRow.department_code, OfficerRow)
        .join(OfficerRow, OfficerRow.id == DepartmentMemberRow.officer_id)
        .where(OfficerRow.disabled_at.is_(None))
        .order_by(OfficerRow.id)
    ).all()
    heads = {
        row.id: row
        for row in session.scalars(
            select(OfficerRow).join(DepartmentRow, DepartmentRow.head_id == OfficerRow.id)
        )
    }
    return tuple(
        Division(
            row.code,
            row.name_ka,
            row.name_en,
            row.is_registry,
            named(heads[row.head_id]) if row.head_id in heads else None,
            tuple(named(officer) for code, officer in members if code == row.code),
        )
        for row in rows
    )
