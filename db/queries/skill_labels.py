"""Names of skills in every language."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import SkillLabelRow, SkillRow

OWN = "own"


def skill_labels_in(session: Session, language: str) -> list[tuple[str, str]]:
    """(skill, label) of a language: of skills in use, without misspelt and outdated names."""
    query = (
        select(SkillLabelRow.skill_id, SkillLabelRow.label)
        .join(SkillRow, SkillRow.id == SkillLabelRow.skill_id)
        .where(SkillLabelRow.lang == language, SkillLabelRow.kind != "hidden")
        .where(SkillRow.is_vanished.is_(False))
        .order_by(SkillLabelRow.id)
    )
    return [(skill, label) for skill, label in session.execute(query)]


def names_in(session: Session, languages: Collection[str]) -> list[tuple[str, str, str, bool]]:
    """(skill, name, kind, whether it is an own skill) of skills that have not vanished."""
    row = SkillLabelRow
    query = (
        select(row.skill_id, row.label, row.kind, SkillRow.source == OWN)
        .join(SkillRow, SkillRow.id == row.skill_id)
        .where(row.lang.in_(languages), SkillRow.is_vanished.is_(False))
        .order_by(row.id)
    )
    return [(skill, name, kind, own) for skill, name, kind, own in session.execute(query)]
