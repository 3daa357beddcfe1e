"""A row of a list of vacancies into a form."""

from __future__ import annotations

from collections.abc import Mapping

import pycountry

from domain.enums import CefrLevel, ImportKind, PayPeriod, RequirementKind
from domain.records.vacancy import LanguageWanted, VacancyForm
from domain.texts import N_, Sentence
from services.importing import cells as cell
from services.importing.cells import BadCell, Codes, listed
from services.importing.columns import required
from services.reference import Reference
from services.vacancies.form import tidy_vacancy, vacancy_problems


class VacancyRows:
    """Parses rows; made once per file."""

    def __init__(self, known: Reference) -> None:
        self.codes = codes = Codes(known)
        self.level = cell.member(CefrLevel)
        self.parsers = {
            "country": codes.country,
            "positions": cell.whole,
            "occupations": lambda text: listed(text, codes.occupation),
            "skills_essential": lambda text: listed(text, codes.skill),
            "skills_optional": lambda text: listed(text, codes.skill),
            "languages": lambda text: listed(text, self._language),
            "education_min": codes.education,
            "experience_years_min": lambda text: float(cell.decimal(text)),
            "licences_required": lambda text: listed(text, codes.licence),
            "licences_preferred": lambda text: listed(text, codes.licence),
            "start_on": cell.day,
            "end_on": cell.day,
            "hours_per_week": lambda text: float(cell.decimal(text)),
            "pay_amount": cell.decimal,
            "pay_currency": currency,
            "pay_period": cell.member(PayPeriod),
            "closes_on": cell.day,
        }
        self.parsers |= dict.fromkeys(("number", "title", "employer", "town", "description"), str)

    def parse(
        self, cells: Mapping[str, str]
    ) -> tuple[str, VacancyForm | None, list[tuple[str, Sentence]]]:
        """The row's key, its form when everything can be accepted, and what can't."""
        key = cells.get("number", "")
        values, problems = cell.parsed(cells, self.parsers)
        problems += cell.missing(cells, required(ImportKind.VACANCIES))
        if problems:
            return key, None, problems
        form = tidy_vacancy(VacancyForm(**values))
        problems = [(problem.field, problem.sentence) for problem in vacancy_problems(form)]
        return key, None if problems else form, problems

    def _language(self, part: str) -> LanguageWanted:
        name, level = cell.leveled(part)
        kind = RequirementKind.MUST if level.endswith("!") else RequirementKind.PREFERRED
        code = self.codes.language(name)
        return LanguageWanted(code, self.level(level.removesuffix("!").strip()), kind)


def currency(text: str) -> str:
    """ISO 4217."""
    code = text.strip().upper()
    if pycountry.currencies.get(alpha_3=code) is None:
        raise BadCell(N_("“{value}” is not a currency code such as EUR."), value=text)
    return code
