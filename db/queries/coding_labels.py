"""Names that texts are compared with, by language: of unit groups, ESCO occupations, skills."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    EscoOccupationRow,
    EscoOccupationSkillRow,
    OccupationLabelRow,
    OccupationRow,
    SkillGroupRow,
    SkillLabelRow,
    SkillOccupationRow,
    SkillRow,
)

Named = tuple[str, str, bool]
"""Code or URI, name, whether it is the preferred one."""

PREFERRED, HIDDEN = "preferred", "hidden"
GROUP_URI = "http://data.europa.eu/esco/isco/C"
TITLES = {"en": OccupationRow.title_en, "ka": OccupationRow.title_ka}


def group_titles(session: Session, language: str, level: int | None) -> Iterator[tuple[str, str]]:
    """(ISCO-08 code, official title) where there are titles in the language; None = all levels."""
    if language in TITLES:
        query = select(OccupationRow.code, TITLES[language]).order_by(OccupationRow.code)
        query = query if level is None else query.where(OccupationRow.level == level)
        yield from ((code, title) for code, title in session.execute(query))


def isco_names(session: Session, language: str) -> list[Named]:
    """Of unit groups: official titles, everyday titles, and those of the ESCO occupations below."""
    found = [(code, title, True) for code, title in group_titles(session, language, level=4)]
    row = OccupationLabelRow
    query = select(row.isco, row.label, row.kind).where(row.lang == language, row.kind != HIDDEN)
    return found + [(code, name, kind == PREFERRED) for code, name, kind in session.execute(query)]


def esco_names(session: Session, language: str) -> list[Named]:
    """Of ESCO occupations: only what an ESCO file brought."""
    row = OccupationLabelRow
    query = select(row.concept_uri, row.label, row.kind).where(
        row.lang == language, row.concept_uri.is_not(None), row.kind != HIDDEN
    )
    return [(uri or "", name, kind == PREFERRED) for uri, name, kind in session.execute(query)]


def skill_names(session: Session, language: str) -> list[Named]:
    """Of skills in use, our own and those of ESCO."""
    row = SkillLabelRow
    query = (
        select(row.skill_id, row.label, row.kind)
        .join(SkillRow, SkillRow.id == row.skill_id)
        .where(row.lang == language, row.kind != HIDDEN, SkillRow.is_vanished.is_(False))
    )
    return [(skill, name, kind == PREFERRED) for skill, name, kind in session.execute(query)]


def skills_of_languages(session: Session) -> frozenset[str]:
    """ESCO's languages and the skills in them ("write Hungarian").

    Each language with its skills is a group of the deepest level with nothing above. So is a skill
    without any group, but that one stands alone.
    """
    group, own = SkillGroupRow, SkillRow.group_code
    languages = (
        select(group.code)
        .join(SkillRow, own == group.code)
        .where(group.level == 3, group.parent.is_(None))
        .group_by(group.code)
        .having(func.count() > 1)
    )
    return frozenset(session.scalars(select(SkillRow.id).where(own.in_(languages))))


def isco_background(session: Session) -> list[tuple[str, str]]:
    """(unit group, English name of it or of an essential skill), as often as it is said."""
    names = [(code, name) for code, name, _ in isco_names(session, "en")]
    own = (
        select(SkillOccupationRow.isco, SkillRow.label_en)
        .join(SkillRow, SkillRow.id == SkillOccupationRow.skill_id)
        .where(SkillOccupationRow.relation == "essential", SkillOccupationRow.source == "own")
    )
    skills = [(isco, skill) for isco, skill in session.execute(own)]
    return names + skills + [(isco, skill) for _, isco, skill in _essential(session)]


def esco_background(session: Session) -> list[tuple[str, str]]:
    """The same of ESCO occupations and, with all that is below them, of their unit groups."""
    row = OccupationLabelRow
    query = select(row.concept_uri, row.isco, row.label).where(
        row.lang == "en", row.concept_uri.is_not(None), row.kind != HIDDEN
    )
    said = [(uri or "", isco, name) for uri, isco, name in session.execute(query)]
    said += _essential(session)
    return [(uri, text) for uri, _, text in said] + [
        (GROUP_URI + isco, text) for _, isco, text in said
    ]


def _essential(session: Session) -> list[tuple[str, str, str]]:
    """(ESCO occupation, unit group, English name of a skill that is essential to it)."""
    link, occupation = EscoOccupationSkillRow, EscoOccupationRow
    query = (
        select(occupation.uri, occupation.isco, SkillRow.label_en)
        .join(link, link.occupation_uri == occupation.uri)
        .join(SkillRow, SkillRow.id == link.skill_id)
        .where(
            link.relation == "essential",
            occupation.is_vanished.is_(False),
            SkillRow.label_lang == "en",
        )
    )
    return [(uri, isco, skill) for uri, isco, skill in session.execute(query)]


def languages_of_occupations(session: Session, *, of_esco: bool) -> tuple[str, ...]:
    """Languages in which job titles are known."""
    query = select(OccupationLabelRow.lang).distinct()
    if of_esco:
        query = query.where(OccupationLabelRow.concept_uri.is_not(None))
    own = set() if of_esco else set(TITLES)
    return tuple(sorted(own | set(session.scalars(query))))


def languages_of_skills(session: Session) -> tuple[str, ...]:
    """Languages in which names of skills are known."""
    return tuple(sorted(session.scalars(select(SkillLabelRow.lang).distinct())))
