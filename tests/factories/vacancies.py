"""Vacancies whose history is built through the services."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.enums import CefrLevel, PayPeriod, RequirementKind
from domain.records.officer import Officer
from domain.records.vacancy import EmployerForm, EmployerRecord, LanguageWanted, VacancyForm
from domain.records.vacancy import VacancyRecord as Vacancy
from services import clock
from services.vacancies import employers, vacancies

EMPLOYER = "Beispielhof Nordfeld"


def vacancy_form(**changed: Any) -> VacancyForm:
    """A complete vacancy that may be published: 40 days of harvest in Germany next spring."""
    start = clock.today() + timedelta(days=60)
    form = VacancyForm(
        title="Harvest helper",
        title_ka="მოსავლის ამღები",
        country="DE",
        town="Nordfeld",
        positions=12,
        employer=EMPLOYER,
        scheme_code="de-agri",
        occupations=("9211",),
        languages=(LanguageWanted("de", CefrLevel.A2, RequirementKind.MUST),),
        start_on=start,
        end_on=start + timedelta(days=40),
        closes_on=start - timedelta(days=30),
        hours_per_week=40,
        pay_amount=Decimal("20.00"),
        pay_currency="EUR",
        pay_period=PayPeriod.HOUR,
    )
    return replace(form, **changed)


def winter_form(**changed: Any) -> VacancyForm:
    """Work from December 2026 into 2027, over a rise of Germany's minimum wage."""
    winter = {
        "start_on": date(2026, 12, 15),
        "end_on": date(2027, 2, 15),
        "closes_on": date(2026, 12, 1),
    }
    return vacancy_form(**{**winter, **changed})


def verified_employer(by: Officer, name: str = EMPLOYER, country: str = "DE") -> EmployerRecord:
    """An employer that has been checked."""
    known = employers.create_employer(form=EmployerForm(name=name, country=country), by=by)
    return employers.verify_employer(employer_id=known.id, by=by)


def draft_vacancy(by: Officer, **changed: Any) -> Vacancy:
    """A complete draft; its employer is verified."""
    form = vacancy_form(**changed)
    if form.employer and form.employer not in {e.name for e in employers.list_employers(by=by)}:
        verified_employer(by, form.employer, form.country)
    return vacancies.create_vacancy(form=form, by=by)


def published_vacancy(by: Officer, **changed: Any) -> Vacancy:
    """A vacancy open for ranking."""
    draft = draft_vacancy(by, **changed)
    return vacancies.publish_vacancy(number=draft.number, by=by)
