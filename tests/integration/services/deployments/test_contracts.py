"""A contract below the law is not saved; what is only missing holds the departure back."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from db.session import reading
from domain.enums import CriterionStatus, InsurancePayer, PayPeriod, Role
from domain.enums import DeploymentStatus as D
from domain.exceptions import InvalidInput, PermissionDenied, Refused, StaleVersion
from domain.records.deployments import ContactForm, ContractForm
from services.deployments import contracts, register
from services.deployments.checks import contract_checks
from tests.factories import histories, stays
from tests.factories.officers import officer

GOOD = ContractForm(
    contract_number="7/2026",
    contract_signed_on=date(2026, 3, 1),
    contract_language="ka",
    is_understood=True,
    starts_on=date(2026, 4, 1),
    ends_on=date(2026, 6, 20),
    pay_amount=Decimal("14.00"),
    pay_currency="EUR",
    pay_period=PayPeriod.HOUR,
    guaranteed_hours_week=40,
    deduction_housing=Decimal(300),
    deduction_food=Decimal(0),
    worker_fee=Decimal(0),
    insurance_payer=InsurancePayer.EMPLOYER,
    insurance_until=date(2026, 6, 30),
    planned_departure_on=date(2026, 3, 31),
    planned_return_on=date(2026, 6, 21),
)


def save(form: ContractForm, number: str, version: int = 1, by: object = None) -> None:
    contracts.save_contract(
        number=number,
        form=form,
        version=version,
        by=by or officer(),  # type: ignore[arg-type]
    )


def test_a_whole_contract_is_saved_and_holds_nothing_back(sqlite_database: Engine) -> None:
    number = stays.stay(vacancy=histories.vacancy(scheme="de-agri"))
    before = stays.read(number)
    save(GOOD, number, before.version)
    row = stays.read(number)
    assert (row.pay_amount, row.worker_fee) == (Decimal(14), Decimal(0))
    assert row.insurance_payer == "employer"
    with reading() as session:
        assert contracts.contract_obstacles(session, row.candidacy_id) == ()


def test_pay_below_the_minimum_wage_is_refused_with_both_amounts(sqlite_database: Engine) -> None:
    number = stays.stay()
    before = stays.read(number)
    with pytest.raises(InvalidInput) as refused:
        save(replace(GOOD, pay_amount=Decimal("12.50")), number, before.version)
    assert "12.50 EUR" in str(refused.value.sentence)
    assert "13.90 EUR" in str(refused.value.sentence)
    assert stays.read(number).pay_amount == before.pay_amount


def test_a_season_into_the_next_year_is_held_against_that_year_s_wage(
    sqlite_database: Engine,
) -> None:
    form = replace(GOOD, starts_on=date(2026, 12, 1), ends_on=date(2027, 1, 31))
    low = [one for one in contract_checks(form, "DE", None) if one.is_unlawful]
    assert ["14.60 EUR" in str(one.sentence) for one in low] == [True]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"worker_fee": Decimal(200)}, "must be 0"),
        ({"ends_on": date(2026, 3, 31)}, "before it begins"),
        ({"ends_on": date(2026, 7, 20)}, "longer than the scheme"),
        ({"guaranteed_hours_week": 20}, "fewer than"),
        ({"deduction_housing": Decimal(2500)}, "leave nothing"),
        ({"pay_amount": Decimal("14.00"), "deduction_transport": Decimal(100)}, "set off"),
    ],
)
def test_what_is_unlawful_is_not_saved_and_says_why(
    sqlite_database: Engine, changed: dict[str, Any], said: str
) -> None:
    number = stays.stay(vacancy=histories.vacancy(scheme="de-agri"))
    with pytest.raises(InvalidInput) as refused:
        save(replace(GOOD, **changed), number, stays.read(number).version)
    told = [refused.value.sentence, *(problem.sentence for problem in refused.value.problems)]
    assert any(said in str(one) for one in told)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"pay_amount": Decimal(-1)}, "0 or more"),
        ({"guaranteed_hours_week": 200}, "168"),
        ({"contract_signed_on": date(2200, 1, 1)}, "future"),
        ({"planned_return_on": date(2026, 3, 1)}, "before the departure"),
    ],
)
def test_wrong_numbers_and_dates_are_named_beside_their_fields(
    sqlite_database: Engine, changed: dict[str, Any], said: str
) -> None:
    number = stays.stay()
    with pytest.raises(InvalidInput) as refused:
        save(replace(GOOD, **changed), number, stays.read(number).version)
    assert [said in str(one.sentence) for one in refused.value.problems] == [True]
    assert refused.value.problems[0].field in changed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"worker_fee": None}, "Ask whether"),
        ({"is_understood": False}, "language they understand"),
        ({"insurance_until": date(2026, 6, 1)}, "insurance ends"),
        ({"insurance_payer": None}, "insurance"),
        ({"contract_signed_on": None}, "not signed"),
        ({"pay_amount": None}, "State the pay"),
    ],
)
def test_what_is_missing_is_saved_and_holds_the_departure_back(
    sqlite_database: Engine, changed: dict[str, Any], said: str
) -> None:
    number = stays.stay(vacancy=histories.vacancy(scheme="de-agri"))
    save(replace(GOOD, **changed), number, stays.read(number).version)
    with reading() as session:
        found = contracts.contract_obstacles(session, stays.read(number).candidacy_id)
    assert [said in str(one) for one in found] == [True]


def test_without_a_known_minimum_wage_it_says_no_data_and_holds_nothing_back(
    sqlite_database: Engine,
) -> None:
    pay = next(c for c in contract_checks(GOOD, "FR", None) if "minimum" in str(c.title))
    assert (pay.status, pay.holds_back, pay.is_unlawful) == (CriterionStatus.UNKNOWN, False, False)


def test_of_two_officers_the_second_one_is_told_and_overwrites_nothing(database: Engine) -> None:
    number = stays.stay()
    seen = stays.read(number).version
    save(GOOD, number, seen, officer(username="first"))
    second = replace(GOOD, pay_amount=Decimal(20))
    with pytest.raises(StaleVersion) as refused:
        save(second, number, seen, officer(username="second"))
    assert refused.value.yours == second
    assert refused.value.theirs == GOOD
    assert stays.read(number).pay_amount == 14


def test_a_return_recorded_meanwhile_is_not_overwritten_by_contacts(
    sqlite_database: Engine,
) -> None:
    number = stays.stay(D.DEPARTED, D.ARRIVED)
    seen = stays.read(number).version
    save(GOOD, number, seen, officer(username="first"))
    with pytest.raises(StaleVersion):
        contracts.save_contacts(
            number=number,
            form=ContactForm(phone_abroad="+49"),
            version=seen,
            by=officer(username="b"),
        )


def test_contacts_are_saved_tidied(sqlite_database: Engine) -> None:
    number = stays.stay(D.DEPARTED)
    contracts.save_contacts(
        number=number,
        form=ContactForm(housing_address="  Hof 1,\n Nordfeld ", supervisor_name=" "),
        version=stays.read(number).version,
        by=officer(),
    )
    row = stays.read(number)
    assert (row.housing_address, row.supervisor_name) == ("Hof 1, Nordfeld", None)


def test_a_contract_of_somebody_who_is_back_stays_as_it_was(sqlite_database: Engine) -> None:
    number = stays.stay(D.DEPARTED, D.RETURNED)
    with pytest.raises(Refused, match="back"):
        save(GOOD, number, stays.read(number).version)


def test_managers_read_the_register_without_names_and_change_nothing(
    sqlite_database: Engine,
) -> None:
    number = stays.stay(D.DEPARTED)
    manager = officer(Role.MANAGER)
    from domain.records.deployments import DeploymentFilter

    rows = register.read_register(wanted=DeploymentFilter(), by=manager).rows
    assert [(row.number, row.name("ka")) for row in rows] == [(number, None)]
    with pytest.raises(PermissionDenied):
        save(GOOD, number, 1, manager)
    with pytest.raises(PermissionDenied):
        register.read_deployment(number=number, by=manager)


def test_travel_may_be_deducted_where_enough_is_left(sqlite_database: Engine) -> None:
    form = replace(GOOD, pay_amount=Decimal(20), deduction_transport=Decimal(100))
    assert not [one for one in contract_checks(form, "DE", "de-agri") if one.is_unlawful]


def test_rent_that_is_kept_back_is_a_warning(sqlite_database: Engine) -> None:
    found = contract_checks(replace(GOOD, rent_is_kept_back=True), "DE", None)
    assert [one.status for one in found if str(one.title) == "Rent"] == [CriterionStatus.SHORT]


def test_the_stay_under_way_ends_no_earlier_than_today() -> None:
    from services import clock
    from services.deployments.days import days_of

    row = stays_row(departed_on=clock.today() - timedelta(5), ends_on=clock.today() - timedelta(2))
    days = days_of(row)
    assert days is not None
    assert days.last == clock.today()


def stays_row(**values: object):
    from db.models import DeploymentRow

    return DeploymentRow(status=D.WORKING, **values)
