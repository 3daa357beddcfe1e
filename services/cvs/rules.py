"""The dated rules of CVs: which fields a level shows, how long texts may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.enums import CvLevel
from services.dated_rules import in_force, limits_in_force, stored_rules

FIELDS = frozenset(
    {
        "name",
        "birth_date",
        "citizenship",
        "residence",
        "address",
        "phone",
        "email",
        "headline",
        "about",
        "work",
        "employers",
        "work_years",
        "studies",
        "institutions",
        "study_years",
        "languages",
        "skills",
        "licences",
        "availability",
        "additional",
    }
)
"""All that a CV can show; a rule that names anything else is refused."""


@dataclass(frozen=True, slots=True)
class CvLimits:
    """Lengths in characters, time in calendar days."""

    about_characters: int
    tasks_characters: int
    name_characters: int
    additional_characters: int
    link_days: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """What one level shows, by the rule of one version."""

    version: str
    level: CvLevel
    fields: frozenset[str]

    def __contains__(self, field: str) -> bool:
        return field in self.fields


def cv_limits(day: date) -> CvLimits:
    """The limits in force on that day."""
    return limits_in_force(CvLimits, "cvs", day)


def redaction(level: CvLevel, day: date) -> Redaction:
    """What the level shows on that day; ValueError for a rule that names an unknown field."""
    entry = in_force(stored_rules("cv_redaction"), day)
    fields = frozenset(entry["levels"][level.value])
    if not fields <= FIELDS:
        raise ValueError(f"no such field of a CV: {sorted(fields - FIELDS)}")
    return Redaction(str(entry["version"]), level, fields)


def default_level(day: date) -> CvLevel:
    """The level that a package shows where nobody chose another."""
    return CvLevel(in_force(stored_rules("cv_redaction"), day)["default_level"])
