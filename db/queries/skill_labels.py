"""Names of skills in every language."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import SkillLabelRow, SkillRow

OWN = "own"


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
