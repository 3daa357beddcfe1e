"""A vacancy that can't be edited now, as a file card in sections."""

from __future__ import annotations

from domain.records.vacancy import VacancyForm
from ui import layout
from ui.language import _
from ui.vacancy import shown

JOB = ("title", "title_ka", "employer", "country", "town", "positions", "scheme_code")
ASKED = (
    "occupations",
    "experience_years_min",
    "education_min",
    "languages",
    "skills_essential",
    "skills_optional",
    "licences_required",
    "licences_preferred",
)
TERMS = ("start_on", "end_on", "closes_on", "hours_per_week", "pay_amount", "housing")


def card(form: VacancyForm) -> None:
    """All that is stated."""
    layout.section(_("The job"))
    layout.facts(shown.facts(form, JOB))
    layout.section(_("What is asked"))
    layout.facts(shown.facts(form, ASKED))
    layout.section(_("Dates, hours and pay"))
    layout.facts(shown.facts(form, TERMS))
    if form.description:
        layout.section(_("Description"))
        layout.facts({_("Text"): form.description})
