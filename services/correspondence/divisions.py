"""Divisions: their names, heads and members, kept by the manager."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from db.models import DepartmentMemberRow, DepartmentRow, OfficerRow
from db.session import reading, unit_of_work
from domain.enums import Role
from domain.exceptions import InvalidInput, PermissionDenied
from domain.records.correspondence import Division, Named
from domain.records.officer import Officer
from domain.texts import N_
from services import audit
from services.correspondence.desks import desk_of, divisions, named
from services.permissions import MATRIX, Permission, check_can


def list_possible_members(*, by: Officer) -> tuple[Named, ...]:
    """Officers who may work in a division: those whose role reads letters."""
    check_can(by, Permission.LETTERS_READ)
    roles = [role for role in Role if Permission.LETTERS_READ in MATRIX[role]]
    query = select(OfficerRow).where(OfficerRow.role.in_(roles), OfficerRow.disabled_at.is_(None))
    with reading() as session:
        return tuple(named(row) for row in session.scalars(query.order_by(OfficerRow.id)))


def save_division(
    *,
    code: str,
    name_ka: str,
    name_en: str,
    head_id: int | None,
    member_ids: Collection[int],
    is_registry: bool = False,
    by: Officer,
) -> tuple[Division, ...]:
    """Set up a division, or change it; its head is one of its members."""
    check_can(by, Permission.LETTERS_DISTRIBUTE)
    with unit_of_work() as work:
        if not desk_of(work.session, by).leads:
            raise PermissionDenied(N_("The manager keeps the divisions."))
        if not code.strip() or not name_ka.strip() or not name_en.strip():
            raise InvalidInput(N_("A division has a code, and a name in each language."))
        members = sorted({*member_ids, *([head_id] if head_id else [])})
        for officer_id in members:
            officer = work.session.get(OfficerRow, officer_id)
            if officer is None or Permission.LETTERS_READ not in MATRIX[officer.role]:
                raise InvalidInput(N_("Only officers who read letters work in a division."))
        row = work.session.get(DepartmentRow, code.strip()) or DepartmentRow(code=code.strip())
        row.name_ka, row.name_en = name_ka.strip(), name_en.strip()
        row.head_id, row.is_registry = head_id, is_registry
        work.session.add(row)
        work.session.flush()
        work.session.execute(
            delete(DepartmentMemberRow).where(DepartmentMemberRow.department_code == row.code)
        )
        work.session.add_all(
            DepartmentMemberRow(department_code=row.code, officer_id=one) for one in members
        )
        work.session.flush()
        audit.record(
            work.session,
            action="saved",
            entity="department",
            entity_id=row.code,
            details={"head": head_id, "members": members},
            by=by,
        )
        shown = divisions(work.session)
        work.commit()
        return shown
