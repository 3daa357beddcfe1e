"""Values of a vacancy as a reader sees them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.records.vacancy import LanguageWanted, VacancyForm
from domain.texts import Term
from services.vacancies.minimum_wage import money
from ui.forms import occupation_text
from ui.language import day, label, name, number, say, term_name
from ui.vacancy.labels import vacancy_labels

KINDS = {
    "country": "country",
    "scheme_code": "scheme",
    "skills_essential": "skill",
    "skills_optional": "skill",
    "licences_required": "licence",
    "licences_preferred": "licence",
    "pay_currency": "currency",
}


def in_words(name_of_field: str, value: object) -> str:
    """A value of one field in words."""
    values: dict[str, Any] = {name_of_field: value}
    return field(VacancyForm(**({"title": "", "country": ""} | values)), name_of_field)


def field(form: VacancyForm, name_of_field: str) -> str:
    """One field in words; a dash where nothing is stated."""
    value = getattr(form, name_of_field)
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        return "; ".join(_part(name_of_field, part) for part in value)
    return _part(name_of_field, value)


def _part(name_of_field: str, value: object) -> str:
    if name_of_field == "occupations":
        return occupation_text(str(value))
    if name_of_field == "education_min":
        return term_name("education", str(value))
    if name_of_field in KINDS:
        return term_name(KINDS[name_of_field], str(value))
    match value:
        case LanguageWanted():
            spoken, level = name(Term("language", value.language)), name(Term("level", value.level))
            return f"{spoken} {level}, {label(value.kind)}"
        case StrEnum():
            return label(value)
        case date():
            return day(value)
        case int() | float() | Decimal():
            return number(value)
    return str(value)


def pay(form: VacancyForm) -> str:
    """The pay with currency and period."""
    if form.pay_amount is None:
        return "–"
    return say(money(form.pay_amount, form.pay_currency, form.pay_period))


def facts(form: VacancyForm, names: tuple[str, ...]) -> dict[str, str]:
    """Label and value of these fields; those not stated are left out."""
    labels = vacancy_labels()
    values = {labels[one]: pay(form) if one == "pay_amount" else field(form, one) for one in names}
    return {title: value for title, value in values.items() if value != "–"}
