"""Writes the ESCO classification into our tables, in large portions; the caller commits."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.base import Base
from db.models import (
    EscoImportRow,
    EscoOccupationRow,
    EscoOccupationSkillRow,
    JobseekerSkillRow,
    OccupationLabelRow,
    OfficerRow,
    ReferenceFileRow,
    SkillGroupRow,
    SkillLabelRow,
    SkillOccupationRow,
    SkillRow,
    VacancySkillRow,
)

CROSSWALK = Path(__file__).parent.parent / "reference" / "skill_esco.csv"
ESCO = "ESCO "
FILE = "esco "
PORTION = 5_000
Rows = Sequence[Mapping[str, Any]]


def crosswalk() -> dict[str, tuple[str, str]]:
    """Own skill → (ESCO concept, exact or close)."""
    with CROSSWALK.open(encoding="utf-8", newline="") as file:
        return {row["skill"]: (row["concept"], row["match"]) for row in csv.DictReader(file)}


def own_groups(session: Session) -> dict[str, tuple[str, str | None]]:
    """Own skill → (its group, the broader group)."""
    rows = select(SkillRow.id, SkillGroupRow.code, SkillGroupRow.parent)
    rows = rows.join(SkillGroupRow, SkillGroupRow.code == SkillRow.group_code)
    found = session.execute(rows.where(SkillRow.source == "own"))
    return {skill: (group, broader) for skill, group, broader in found}


def skills(session: Session) -> dict[str, tuple[str, bool]]:
    """The skills that ESCO brought: id → (group, whether it vanished)."""
    rows = select(SkillRow.id, SkillRow.group_code, SkillRow.is_vanished)
    found = session.execute(rows.where(SkillRow.source != "own"))
    return {skill: (group, gone) for skill, group, gone in found}


def english_names(session: Session) -> dict[str, str]:
    """The English names that ESCO brought: of skills by id, and of groups by code."""
    named = SkillRow.label_lang == "en"
    skills = select(SkillRow.id, SkillRow.label_en).where(SkillRow.source != "own", named)
    groups = select(SkillGroupRow.code, SkillGroupRow.label_en).where(SkillGroupRow.source != "own")
    return {code: name for query in (groups, skills) for code, name in session.execute(query)}


def linked(session: Session) -> dict[str, str]:
    """The ESCO concept → the own skill that means exactly the same."""
    rows = select(SkillRow.concept_uri, SkillRow.id).where(
        SkillRow.source == "own", SkillRow.concept_uri.is_not(None)
    )
    return {str(uri): skill for uri, skill in session.execute(rows)}


def occupations(session: Session) -> dict[str, tuple[str, bool]]:
    """ESCO occupation → (unit group, whether it vanished)."""
    row = EscoOccupationRow
    found = session.execute(select(row.uri, row.isco, row.is_vanished))
    return {uri: (isco, gone) for uri, isco, gone in found}


def preferred_skill_labels(session: Session, languages: Collection[str]) -> dict[Any, str]:
    """(skill, language) → the preferred name that ESCO brought."""
    row = SkillLabelRow
    rows = select(row.skill_id, row.lang, row.label).where(
        row.kind == "preferred", row.source.startswith(ESCO), row.lang.in_(languages)
    )
    return {(skill, lang): label for skill, lang, label in session.execute(rows)}


def preferred_job_titles(session: Session, languages: Collection[str]) -> dict[Any, str]:
    """(ESCO occupation, language) → its preferred name."""
    row = OccupationLabelRow
    rows = select(row.concept_uri, row.lang, row.label).where(
        row.kind == "preferred", row.source.startswith(ESCO), row.lang.in_(languages)
    )
    return {(uri, lang): label for uri, lang, label in session.execute(rows)}


def skills_in_use(session: Session) -> set[str]:
    """The skills that a file or a vacancy names."""
    held = session.scalars(select(JobseekerSkillRow.skill_id).distinct())
    asked = session.scalars(select(VacancySkillRow.skill_id).distinct())
    return {*held, *asked}


def put_groups(session: Session, rows: Rows) -> None:
    """Add and correct groups; those of ESCO that are not among them have vanished."""
    _mark(session, SkillGroupRow)
    _put(session, SkillGroupRow, rows)


def put_skills(session: Session, rows: Rows) -> None:
    """Add and correct skills; those of ESCO that are not among them have vanished."""
    _mark(session, SkillRow)
    _put(session, SkillRow, rows)


def name_skills(session: Session, rows: Rows) -> None:
    """Correct the shown names of skills that are there already."""
    if rows:
        session.execute(update(SkillRow), rows)


def link_own_skills(session: Session, exact: Mapping[str, str]) -> None:
    """Say which own skills are ESCO concepts: own skill → concept."""
    session.execute(update(SkillRow).where(SkillRow.source == "own").values(concept_uri=None))
    rows = [{"id": skill, "concept_uri": uri} for skill, uri in exact.items()]
    if rows:
        session.execute(update(SkillRow), rows)


def rank_groups_as(session: Session, own_group: Mapping[str, str]) -> None:
    """Say as which own group each ESCO group ranks."""
    session.execute(update(SkillGroupRow).values(ranks_as=None))
    rows = [{"code": code, "ranks_as": own} for code, own in own_group.items()]
    if rows:
        session.execute(update(SkillGroupRow), rows)


def put_occupations(session: Session, rows: Rows) -> None:
    """Add and correct occupations; those that are not among them have vanished."""
    session.execute(update(EscoOccupationRow).values(is_vanished=True))
    _put(session, EscoOccupationRow, rows)


def replace_relations(session: Session, rows: Rows) -> None:
    """Put these relations of occupations and skills in the place of all others."""
    session.execute(delete(EscoOccupationSkillRow))
    _insert(session, EscoOccupationSkillRow, rows)


def replace_unit_group_relations(session: Session, rows: Rows) -> None:
    """Put these in the place of what was counted before; our own judgement stays."""
    link = SkillOccupationRow
    session.execute(delete(link).where(link.source != "own"))
    own = {(skill, isco) for skill, isco in session.execute(select(link.skill_id, link.isco))}
    _insert(session, link, [row for row in rows if (row["skill_id"], row["isco"]) not in own])


def replace_skill_labels(session: Session, rows: Rows, languages: Collection[str]) -> None:
    """Put the names in the place of those that ESCO brought in these languages.

    A skill that vanished keeps its names: files may still hold it.
    """
    row = SkillLabelRow
    gone = select(SkillRow.id).where(SkillRow.is_vanished)
    session.execute(
        delete(row)
        .where(row.source.startswith(ESCO), row.lang.in_(languages), row.skill_id.not_in(gone))
        .execution_options(synchronize_session=False)
    )
    _insert(session, row, rows)


def has_archive_of(session: Session) -> set[str]:
    """The languages whose official archive was imported."""
    found: set[str] = set()
    for languages in session.scalars(select(EscoImportRow.languages)):
        found |= set(languages)
    return found


def newest_import(session: Session) -> EscoImportRow | None:
    """The last import of archives."""
    return session.scalars(select(EscoImportRow).order_by(EscoImportRow.id.desc()).limit(1)).first()


def importer(session: Session, row: EscoImportRow) -> str | None:
    """Who imported it, by username; None at the command line."""
    officer = session.get(OfficerRow, row.imported_by) if row.imported_by else None
    return officer.username if officer else None


def remembered(session: Session) -> dict[str, str]:
    """What is in use, such as `skills en`, with the SHA-256 of the file that it came from."""
    row = ReferenceFileRow
    found = session.execute(select(row.name, row.sha256).where(row.name.startswith(FILE)))
    return {name.removeprefix(FILE): sha256 for name, sha256 in found}


def remember(session: Session, digests: Mapping[str, str]) -> None:
    """Note what came from which file; a newer one of the same table takes the place."""
    for name, digest in digests.items():
        session.merge(ReferenceFileRow(name=f"{FILE}{name}", sha256=digest))


def _mark(session: Session, table: type[SkillRow] | type[SkillGroupRow]) -> None:
    session.execute(update(table).where(table.source != "own").values(is_vanished=True))


def _put(session: Session, table: type[Base], rows: Rows) -> None:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    keys = [column.name for column in table.__table__.primary_key]
    statement = dialect.insert(table)
    for part in _portions(rows):
        changed = {name: statement.excluded[name] for name in part[0] if name not in keys}
        session.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changed), list(part)
        )


def _insert(session: Session, table: type[Base], rows: Rows) -> None:
    for part in _portions(rows):
        session.execute(insert(table), list(part))


def _portions(rows: Rows) -> Iterable[Rows]:
    for start in range(0, len(rows), PORTION):
        yield rows[start : start + PORTION]


def add_import(
    session: Session,
    *,
    version: str,
    languages: Sequence[str],
    at: datetime,
    by: int | None,
    counts: Mapping[str, int],
    changes: Sequence[Mapping[str, Any]],
) -> None:
    """Note an import of archives with what it brought and changed."""
    session.add(
        EscoImportRow(
            version=version,
            languages=list(languages),
            imported_at=at,
            imported_by=by,
            counts=dict(counts),
            changes=list(changes),
        )
    )
    session.flush()
