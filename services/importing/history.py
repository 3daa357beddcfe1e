"""What was imported before, and the mappings that officers saved."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ImportedFileRow, OfficerRow, SavedMappingRow
from db.session import reading, unit_of_work
from domain.enums import ImportKind
from domain.exceptions import InvalidInput
from domain.records.imports import ImportMapping, PastImport
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.importing.mapping import built_in_mappings, from_plain, to_plain
from services.permissions import Permission, check_can

NAME_LENGTH = 60


def list_imports(*, limit: int = 50, by: Officer) -> tuple[PastImport, ...]:
    """The imported files, the latest first."""
    check_can(by, Permission.FILES_IMPORT)
    query = (
        select(ImportedFileRow, OfficerRow)
        .outerjoin(OfficerRow, OfficerRow.id == ImportedFileRow.imported_by)
        .order_by(ImportedFileRow.imported_at.desc(), ImportedFileRow.id.desc())
        .limit(limit)
    )
    with reading() as session:
        return tuple(_past(row, officer) for row, officer in session.execute(query))


def find_import(
    session: Session, kind: ImportKind, sha256: str, mapping_sha256: str
) -> tuple[ImportedFileRow | None, PastImport | None]:
    """The same content with the same mapping, if it was imported before."""
    query = (
        select(ImportedFileRow, OfficerRow)
        .outerjoin(OfficerRow, OfficerRow.id == ImportedFileRow.imported_by)
        .where(
            ImportedFileRow.sha256 == sha256,
            ImportedFileRow.kind == kind.value,
            ImportedFileRow.mapping_sha256 == mapping_sha256,
        )
    )
    found = session.execute(query).one_or_none()
    return (found[0], _past(found[0], found[1])) if found else (None, None)


def _past(row: ImportedFileRow, officer: OfficerRow | None) -> PastImport:
    return PastImport(
        file_name=row.file_name,
        kind=ImportKind(row.kind),
        accepted=row.accepted,
        rejected=row.rejected,
        unchanged=row.unchanged,
        imported_at=row.imported_at,
        by_ka=officer.name_ka if officer else None,
        by_en=officer.name_en if officer else None,
    )


def list_mappings(*, kind: ImportKind, by: Officer) -> tuple[ImportMapping, ...]:
    """Saved mappings of a kind by name, after those that come with the project."""
    check_can(by, Permission.FILES_IMPORT)
    query = select(SavedMappingRow).where(SavedMappingRow.kind == kind.value)
    with reading() as session:
        rows = session.scalars(query.order_by(SavedMappingRow.name)).all()
    saved = tuple(from_plain(row.mapping) for row in rows)
    return (*(m for m in built_in_mappings() if m.kind is kind), *saved)


def save_mapping(*, mapping: ImportMapping, name: str, by: Officer) -> ImportMapping:
    """Keep a mapping under a name; the same name replaces the former one."""
    check_can(by, Permission.FILES_IMPORT)
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH:
        raise InvalidInput(
            N_("Give the mapping a name of at most {count} characters."), count=NAME_LENGTH
        )
    if any(known.name == name for known in built_in_mappings()):
        raise InvalidInput(
            N_("A mapping that comes with the system is named so already: choose another name.")
        )
    named = ImportMapping(mapping.kind, mapping.rules, name)
    with unit_of_work() as work:
        query = select(SavedMappingRow).where(
            SavedMappingRow.kind == mapping.kind.value, SavedMappingRow.name == name
        )
        row = work.session.scalars(query).one_or_none() or SavedMappingRow(
            kind=mapping.kind.value, name=name
        )
        row.mapping, row.saved_at, row.saved_by = to_plain(named), clock.now(), by.id
        work.session.add(row)
        work.session.flush()
        details = {"name": name, "kind": mapping.kind.value}
        audit.record(
            work.session,
            action="saved",
            entity="mapping",
            entity_id=row.id,
            details=details,
            by=by,
        )
        work.commit()
    return named
