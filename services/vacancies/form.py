"""Tidies what was entered about an employer or a vacancy, and names what can't be accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import phonenumbers
import pycountry
from babel import Locale

from domain.exceptions import FieldProblem, InvalidInput
from domain.records.vacancy import EmployerForm, VacancyForm
from domain.texts import N_, Sentence
from domain.values import NO_LICENCE, email_problem
from services.reference import reference

HOURS_IN_A_WEEK = 168
CENT = Decimal("0.01")
MOST_PAY = Decimal("9999999999.99")

ONE_LINE = frozenset({"name", "employer", "title", "title_ka", "town"})
REQUIRED = frozenset({"name", "title"})

Form = TypeVar("Form", EmployerForm, VacancyForm)


def tidy_vacancy(form: VacancyForm) -> VacancyForm:
    """Spaces trimmed, empty = None, lists without repetition and in their stored order."""
    form = replace(_trimmed(form), country=(form.country or "").strip().upper())
    essential = frozenset(form.skills_essential)
    required = frozenset(form.licences_required)
    optional = set(form.skills_optional) - essential
    preferred = set(form.licences_preferred) - required
    return replace(
        form,
        occupations=tuple(dict.fromkeys(form.occupations)),
        skills_essential=tuple(sorted(essential)),
        skills_optional=tuple(sorted(optional)),
        languages=tuple(sorted(form.languages, key=lambda x: x.language)),
        licences_required=tuple(sorted(required)),
        licences_preferred=tuple(sorted(preferred)),
        pay_amount=None if form.pay_amount is None else form.pay_amount.quantize(CENT),
    )


def tidy_employer(form: EmployerForm) -> EmployerForm:
    """Spaces trimmed, empty = None."""
    return _trimmed(form)


def _trimmed(form: Form) -> Form:
    found: dict[str, Any] = {}
    for field in fields(form):
        value = getattr(form, field.name)
        if isinstance(value, str) and not isinstance(value, StrEnum):
            text = _one_line(value) if field.name in ONE_LINE else value.strip()
            found[field.name] = text if text or field.name in REQUIRED else None
    return replace(form, **found)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def check_vacancy_form(form: VacancyForm) -> None:
    """Raise InvalidInput with every field of a tidied form that can't be accepted."""
    _refuse(vacancy_problems(form))


def check_employer_form(form: EmployerForm) -> None:
    """Raise InvalidInput with every field of a tidied form that can't be accepted."""
    problems = []
    if not form.name:
        problems.append(FieldProblem("name", Sentence(N_("Give the employer's name."))))
    if form.country and not is_country(form.country):
        problems.append(FieldProblem("country", Sentence(N_("Choose a country from the list."))))
    if form.contact_email and (wrong := email_problem(form.contact_email)):
        problems.append(FieldProblem("contact_email", wrong))
    if form.contact_phone and not _is_phone(form.contact_phone, form.country):
        text = N_("This is not a phone number. Begin with + and the code of the country.")
        problems.append(FieldProblem("contact_phone", Sentence(text)))
    _refuse(problems)


def _is_phone(text: str, country: str | None) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, country))
    except phonenumbers.NumberParseException:
        return False


def _refuse(problems: Iterable[FieldProblem]) -> None:
    found = tuple(problems)
    if found:
        raise InvalidInput(N_("Nothing was saved: some fields need a correction."), found)


def vacancy_problems(form: VacancyForm) -> tuple[FieldProblem, ...]:
    """Every field of a tidied form that can't be accepted, with what is expected."""
    return (*_basic_problems(form), *_number_problems(form), *_code_problems(form))


def _basic_problems(form: VacancyForm) -> Iterator[FieldProblem]:
    if not form.title:
        yield FieldProblem("title", Sentence(N_("Give the vacancy a title.")))
    if not is_country(form.country):
        yield FieldProblem("country", Sentence(N_("Choose a country from the list.")))
    if form.positions < 1:
        yield FieldProblem("positions", Sentence(N_("At least one position is needed.")))
    if form.start_on and form.end_on and form.end_on < form.start_on:
        yield FieldProblem("end_on", Sentence(N_("The end can't be before the start.")))
    if form.pay_amount is not None and not form.pay_currency:
        yield FieldProblem("pay_currency", Sentence(N_("Say in which currency the pay is.")))
    if form.pay_amount is not None and not form.pay_period:
        text = N_("Say whether the pay is per hour or per month.")
        yield FieldProblem("pay_period", Sentence(text))


def _number_problems(form: VacancyForm) -> Iterator[FieldProblem]:
    if form.hours_per_week is not None and not 0 < form.hours_per_week <= HOURS_IN_A_WEEK:
        text = N_("Hours per week lie between 1 and {most}.")
        yield FieldProblem("hours_per_week", Sentence(text, {"most": HOURS_IN_A_WEEK}))
    if form.pay_amount is not None and not 0 < form.pay_amount <= MOST_PAY:
        yield FieldProblem("pay_amount", Sentence(N_("The pay is a number above zero.")))
    if form.experience_years_min is not None and not 0 <= form.experience_years_min <= 60:
        text = N_("Years of experience lie between 0 and 60.")
        yield FieldProblem("experience_years_min", Sentence(text))


def _code_problems(form: VacancyForm) -> Iterator[FieldProblem]:
    known = reference()

    def can_be_asked(code: str) -> bool:
        return code != NO_LICENCE and code in known.names["licence"]

    lists: tuple[tuple[str, Iterable[str], Callable[[str], bool]], ...] = (
        ("occupations", form.occupations, lambda c: known.occupation_levels.get(c) == 4),
        ("skills_essential", form.skills_essential, known.names["skill"].__contains__),
        ("skills_optional", form.skills_optional, known.names["skill"].__contains__),
        ("languages", (x.language for x in form.languages), is_language),
        ("licences_required", form.licences_required, can_be_asked),
        ("licences_preferred", form.licences_preferred, can_be_asked),
        ("education_min", _one(form.education_min), known.names["education"].__contains__),
        ("scheme_code", _one(form.scheme_code), known.schemes.__contains__),
        ("pay_currency", _one(form.pay_currency), is_currency),
    )
    for field, codes, is_known in lists:
        for code in codes:
            if not is_known(code):
                text = N_("“{code}” is not in the list: choose one that is.")
                yield FieldProblem(field, Sentence(text, {"code": code}))
    languages = [wanted.language for wanted in form.languages]
    if len(languages) != len(set(languages)):
        yield FieldProblem("languages", Sentence(N_("Each language can be asked for once.")))


def _one(value: object) -> tuple[str, ...]:
    return () if value is None else (str(value),)


def is_country(code: str) -> bool:
    """Whether it is an ISO 3166-1 two-letter code."""
    return pycountry.countries.get(alpha_2=code) is not None if len(code) == 2 else False


def is_currency(code: str) -> bool:
    """Whether it is an ISO 4217 code."""
    return pycountry.currencies.get(alpha_3=code) is not None


@cache
def _language_codes() -> frozenset[str]:
    return frozenset(Locale("en").languages)


def is_language(code: str) -> bool:
    """Whether the language can be named."""
    return code in reference().languages or code in _language_codes()
