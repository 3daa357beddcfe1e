"""A vacancy is published only when pay, dates, employer and scheme allow it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from domain.enums import CriterionStatus, PayPeriod, Role, VacancyStatus
from domain.exceptions import PermissionDenied, Refused
from domain.records.vacancy import VacancyForm
from services.texts import render
from services.vacancies import employers, minimum_wage, scheme_terms, vacancies
from services.vacancies.publishing import publishing_checks
from tests.factories.officers import officer
from tests.factories.vacancies import draft_vacancy, vacancy_form, winter_form

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def autumn() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 10, 1, 8, tzinfo=UTC), tick=False):
        yield


def winter_draft(**changed: Any) -> Any:
    form = winter_form(**changed)
    return draft_vacancy(officer(), **{f: getattr(form, f) for f in form.__dataclass_fields__})


def pay(**changed: Any) -> tuple[CriterionStatus, str]:
    compared = minimum_wage.compare_pay(winter_form(**changed))
    return compared.status, render(compared.sentence, "en")


def test_pay_below_a_minimum_wage_that_rises_in_the_season_blocks_with_figure_date_source() -> None:
    draft = winter_draft(pay_amount=Decimal("14.00"))
    by = officer(username="second")
    with pytest.raises(Refused) as refused:
        vacancies.publish_vacancy(number=draft.number, by=by)
    sentence = render(refused.value.sentence, "en")
    assert "€14.00 per hour is below the minimum wage of €14.60 per hour" in sentence
    assert "01.01.2027" in sentence
    assert "bmas.de" in sentence
    assert vacancies.get_vacancy(number=draft.number, by=by).status is VacancyStatus.DRAFT


def test_pay_at_the_minimum_wage_is_published() -> None:
    draft = winter_draft(pay_amount=Decimal("14.60"))
    by = officer(username="second")
    published = vacancies.publish_vacancy(number=draft.number, by=by)
    assert published.status is VacancyStatus.PUBLISHED
    assert published.published_at is not None


def test_a_season_that_ends_before_the_rise_is_compared_with_the_old_figure() -> None:
    assert pay(pay_amount=Decimal("14.00"), end_on=date(2026, 12, 31))[0] is CriterionStatus.MET
    assert pay(pay_amount=Decimal("14.00"), end_on=date(2027, 1, 1))[0] is CriterionStatus.NOT_MET


@pytest.mark.parametrize(
    ("monthly", "status"),
    [("2530.66", CriterionStatus.NOT_MET), ("2530.67", CriterionStatus.MET)],
)
def test_monthly_pay_is_converted_by_hours_times_52_by_12(
    monthly: str, status: CriterionStatus
) -> None:
    # 14.60 × 40 h × 52 / 12 = 2,530.666…
    compared = pay(pay_amount=Decimal(monthly), pay_period=PayPeriod.MONTH, hours_per_week=40)
    assert compared[0] is status


def test_monthly_pay_without_hours_asks_for_them() -> None:
    status, sentence = pay(
        pay_amount=Decimal(9000), pay_period=PayPeriod.MONTH, hours_per_week=None
    )
    assert status is CriterionStatus.NOT_MET
    assert sentence.startswith("State the hours per week")


@pytest.mark.parametrize("country", ["BG", "FR", "AU"])
def test_a_country_without_a_figure_warns_and_does_not_block(country: str) -> None:
    status, sentence = pay(country=country, scheme_code=None)
    assert status is CriterionStatus.UNKNOWN
    assert sentence.startswith("No data: the minimum wage of")


def test_pay_in_another_currency_warns_and_does_not_block() -> None:
    status, sentence = pay(pay_amount=Decimal(1), pay_currency="GEL")
    assert status is CriterionStatus.UNKNOWN
    assert "Can't be compared" in sentence


def test_an_unknown_end_points_at_the_coming_rise() -> None:
    status, sentence = pay(pay_amount=Decimal("14.00"), end_on=None)
    assert status is CriterionStatus.UNKNOWN
    assert "01.01.2027" in sentence


def test_a_gap_in_the_table_is_never_silently_fine() -> None:
    status, _ = pay(start_on=date(2021, 12, 1), end_on=date(2022, 3, 1), pay_amount=Decimal(15))
    assert status is CriterionStatus.UNKNOWN


def test_all_obstacles_are_named_together() -> None:
    form = VacancyForm(title="Helper", country="DE", scheme_code="de-agri")
    blocking = {check.name for check in publishing_checks(form, None) if check.blocks}
    assert blocking == {"employer", "occupation", "start", "closing", "pay", "hours"}
    draft = draft_vacancy(
        officer(),
        employer=None,
        occupations=(),
        start_on=None,
        end_on=None,
        closes_on=None,
        pay_amount=None,
    )
    with pytest.raises(Refused) as refused:
        vacancies.publish_vacancy(number=draft.number, by=officer(username="second"))
    sentence = render(refused.value.sentence, "en")
    for reason in ("employer", "occupation", "start date", "closing date", "pay"):
        assert f"{reason} is " in sentence


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"hours_per_week": 29.5}, "hours"),
        ({"end_on": date(2027, 3, 15)}, "stay"),  # 91 days
        ({"scheme_code": "fr-occupations"}, "scheme"),
        ({"scheme_code": "pl-simplified", "country": "PL"}, "scheme"),
        ({"closes_on": date(2026, 12, 16)}, "closing"),
        ({"closes_on": date(2026, 9, 30)}, "closing"),
        ({"employer": None}, "employer"),
        ({"occupations": ()}, "occupation"),
        ({"pay_amount": Decimal("13.89")}, "minimum_wage"),
    ],
)
def test_each_thing_alone_blocks(changed: dict[str, Any], name: str) -> None:
    draft = winter_draft(**changed)
    assert [check.name for check in draft.obstacles] == [name]


def test_a_start_that_has_passed_blocks() -> None:
    draft = winter_draft(start_on=date(2026, 9, 30), end_on=date(2026, 11, 1))
    assert "start" in {check.name for check in draft.obstacles}


def test_ninety_days_are_within_the_german_scheme() -> None:
    assert winter_draft(end_on=date(2027, 3, 14)).obstacles == ()


def test_an_employer_must_be_verified_and_not_suspended() -> None:
    by = officer()
    vacancies.create_vacancy(form=vacancy_form(), by=by)
    (new,) = employers.list_employers(by=by)
    (draft,) = vacancies.list_vacancies(by=by).rows
    read = vacancies.get_vacancy(number=draft.number, by=by)
    assert [check.name for check in read.obstacles] == ["employer"]
    employers.verify_employer(employer_id=new.id, by=by)
    assert vacancies.can_publish(vacancies.get_vacancy(number=draft.number, by=by), by)
    employers.suspend_employer(employer_id=new.id, reason="housing not shown", by=by)
    assert not vacancies.can_publish(vacancies.get_vacancy(number=draft.number, by=by), by)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RECRUITER])
def test_only_recruiters_publish(role: Role) -> None:
    draft = draft_vacancy(officer())
    with pytest.raises(PermissionDenied):
        vacancies.publish_vacancy(number=draft.number, by=officer(role))


def test_scheme_rules_say_which_are_gates_and_cite_their_clause() -> None:
    rules = {rule.rule: rule for rule in scheme_terms.scheme_rules(vacancy_form())}
    assert rules["age_at_departure"].gate == "scheme_age"
    assert rules["citizenship"].gate == "scheme_citizenship"
    assert rules["healthy"].gate is None
    assert "18 to 60" in rules["age_at_departure"].clause
    assert rules["age_at_departure"].source
    assert scheme_terms.scheme_rules(vacancy_form(scheme_code=None)) == ()


def test_a_scheme_is_suggested_by_country_and_occupation_and_start() -> None:
    suggested = scheme_terms.suggest_schemes(vacancy_form(country="PL", scheme_code=None))
    assert [scheme.code for scheme in suggested] == ["pl-market", "pl-simplified"]
    assert scheme_terms.suggest_schemes(vacancy_form())[0].code == "de-agri"
