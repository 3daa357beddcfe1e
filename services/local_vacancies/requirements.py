"""What a vacancy in Georgia asks, as the ranking engine takes it."""

from __future__ import annotations

from domain.enums import RequirementKind
from domain.records.local_vacancies import LocalVacancyForm
from matching.types import LanguageAsked, Requirement

OUTSIDE_GATES = ("withdrawn",)
"""Whoever left the register is recommended to nobody. Placement abroad excludes from nothing here:
the day on which somebody is free stands beside the name."""


def local_requirement(number: str, form: LocalVacancyForm) -> Requirement:
    """The same requirement as of a vacancy abroad, without what belongs to going abroad.

    No country (nobody has to wish for their own), no season (passport and dates are asked for
    departures), no scheme.
    """
    return Requirement(
        vacancy=number,
        country="",
        occupations=form.occupations,
        experience_years=form.experience_years_min,
        skills_essential=form.skills_essential,
        skills_optional=form.skills_optional,
        languages=tuple(
            LanguageAsked(x.language, x.level.order, x.kind is RequirementKind.MUST)
            for x in form.languages
        ),
        licences_required=form.licences_required,
        licences_preferred=form.licences_preferred,
        education_min=form.education_min,
        outside_gates=OUTSIDE_GATES,
    )
