"""The register of people abroad on screen: a contract below the law, two officers, an extract."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.enums import DeploymentStatus as D
from domain.enums import PayPeriod
from domain.records.deployments import ContractForm
from services.deployments import contracts, sharing
from tests.factories import histories, stays


def field(at, label):
    return next(one for one in at.number_input if one.label == label)


def click(at, label):
    next(one for one in at.button if one.label == label).click().run()
    assert not at.exception


def test_pay_below_the_minimum_wage_is_refused_and_nothing_of_another_officer_is_lost(
    officers, open_page, texts_of
):
    vacancy = histories.vacancy(
        scheme="de-agri", start_on=date(2026, 4, 1), end_on=date(2026, 6, 20),
        pay_amount=Decimal(14), pay_currency="EUR", pay_period=PayPeriod.HOUR, hours_per_week=40,
    )  # fmt: skip
    number = stays.stay(vacancy=vacancy)
    recruiter = officers["recruiter"]
    at = open_page(recruiter, "deployment", deployment=number)
    assert not at.exception
    field(at, "Pay before tax").set_value(12.5)
    click(at, "Save the contract")
    said = " ".join(one.value for one in at.error)
    assert "€12.50" in said.replace("\\", "") and "€13.90" in said.replace("\\", "")
    assert stays.read(number).pay_amount == 14
    assert field(at, "Pay before tax").value == 12.5  # still in its field

    other = ContractForm(**{**vars_of(number), "pay_amount": Decimal(15)})
    seen = stays.read(number).version
    contracts.save_contract(number=number, form=other, version=seen, by=recruiter)
    field(at, "Pay before tax").set_value(16.0)
    click(at, "Save the contract")
    assert "Nothing was overwritten" in texts_of(at)
    assert stays.read(number).pay_amount == 15
    (asked,) = [one for one in at.radio if one.value is None]  # both changed the pay
    asked.set_value(True).run()
    click(at, "Save this version")
    assert stays.read(number).pay_amount == 16


def vars_of(number: str) -> dict[str, Any]:
    contract = contracts.contract_of(stays.read(number))
    return {name: getattr(contract, name) for name in contract.__slots__}


def test_the_register_says_who_is_where_and_an_extract_is_written_down(
    officers, open_page, texts_of
):
    stays.stay(D.DEPARTED)
    at = open_page(officers["manager"], "abroad", lang="ka")
    assert not at.exception
    assert "საზღვარგარეთ" in texts_of(at)
    at = open_page(officers["recruiter"], "data_shares")
    assert not at.exception
    make = next(one for one in at.button if one.label == "Make the file (CSV)")
    assert make.disabled and "organisation" in make.help
    for label, text in (
        ("Organisation and unit", "Consular Department"),
        ("What the data are needed for", "consular help"),
        ("Article, agreement or consent", "Law on Labour Migration"),
    ):
        next(one for one in at.text_input if one.label == label).set_value(text)
    at.run()
    click(at, "Make the file (CSV)")
    assert [one.people for one in sharing.list_shares(by=officers["recruiter"])] == [1]
