"""Names of skills, for finding them in texts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import SkillLabelRow, SkillRow


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
