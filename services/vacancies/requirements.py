"""What a vacancy asks, as the ranking engine takes it."""

from __future__ import annotations

from datetime import date

from domain.enums import RequirementKind
from domain.records.vacancy import VacancyRecord
from matching.types import LanguageAsked, Requirement
from services.vacancies.scheme_terms import scheme_education_min, scheme_rules

PROCESS_GATES = ("already_placed", "held_elsewhere", "withdrawn")
"""Facts of the process that exclude from every vacancy."""


def requirement(record: VacancyRecord) -> Requirement:
    """The vacancy's requirements and its scheme's, with the gates decided outside the engine."""
    gates = tuple(rule.gate for rule in scheme_rules(record) if rule.gate)
    levels = [level for level in (record.education_min, scheme_education_min(record)) if level]
    return Requirement(
        vacancy=record.number,
        country=record.country,
        occupations=record.occupations,
        experience_years=record.experience_years_min,
        skills_essential=record.skills_essential,
        skills_optional=record.skills_optional,
        languages=tuple(
            LanguageAsked(x.language, x.level.order, x.kind is RequirementKind.MUST)
            for x in record.languages
        ),
        licences_required=record.licences_required,
        licences_preferred=record.licences_preferred,
        education_min=max(levels, default=None),
        start=_ordinal(record.start_on),
        end=_ordinal(record.end_on),
        outside_gates=(*gates, *PROCESS_GATES),
    )


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
