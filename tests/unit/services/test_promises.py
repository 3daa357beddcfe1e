"""What was told against what was promised, and how soon somebody must act."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.enums import (
    CaseCategory,
    CaseUrgency,
    DocumentsKept,
    HousingTold,
    PaidFor,
    PayPeriod,
    PayReceived,
    PromiseTerm,
    PromiseVerdict,
    SafetyTold,
)
from domain.records.monitoring import CheckInForm, PromiseComparison, PromisedTerms
from services.monitoring.comparing import broken, compare, opens_case
from services.monitoring.rules import act_until, check_in_days, rules_on
from tests.factories.monitoring import ALL_WELL

RULES = rules_on(date(2026, 6, 1))
PROMISED = PromisedTerms(Decimal("9.50"), "EUR", PayPeriod.HOUR, 40.0, Decimal(200))
RED, HIGH, NORMAL = CaseUrgency.RED, CaseUrgency.HIGH, CaseUrgency.NORMAL


def held(term: PromiseTerm, **told: Any) -> PromiseComparison:
    comparisons = compare(replace(ALL_WELL, **told), PROMISED, RULES)
    return next(one for one in comparisons if one.term is term)


def test_who_is_paid_and_housed_as_promised_opens_no_case() -> None:
    comparisons = compare(ALL_WELL, PROMISED, RULES)
    assert {one.verdict for one in comparisons} == {PromiseVerdict.KEPT}
    assert opens_case(comparisons) is None


def test_three_euros_instead_of_nine_fifty_open_a_case_of_high_urgency() -> None:
    told = replace(ALL_WELL, paid_amount=Decimal(120), deducted=Decimal(0))
    comparisons = compare(told, PROMISED, RULES)
    pay = comparisons[0]
    assert (pay.told, pay.promised, pay.verdict) == (
        Decimal("3.00"),
        Decimal("9.50"),
        PromiseVerdict.BROKEN,
    )
    assert opens_case(comparisons) == (HIGH, CaseCategory.WAGE)


def test_what_tax_may_explain_opens_no_case_by_itself() -> None:
    pay = held(PromiseTerm.PAY, paid_amount=Decimal(300), deducted=None)
    assert (pay.verdict, pay.urgency) == (PromiseVerdict.SMALL, None)


def test_nothing_told_is_no_difference() -> None:
    comparisons = compare(CheckInForm(), PROMISED, RULES)
    assert {one.verdict for one in comparisons} == {PromiseVerdict.UNKNOWN}
    assert opens_case(comparisons) is None


def test_nothing_promised_is_no_difference() -> None:
    nothing = PromisedTerms(None, None, None, None, None)
    told = compare(replace(ALL_WELL, paid_amount=Decimal(1), hours_week=1), nothing, RULES)
    verdicts = {one.term: one.verdict for one in told}
    for term in (PromiseTerm.PAY, PromiseTerm.HOURS, PromiseTerm.DEDUCTIONS):
        assert verdicts[term] is PromiseVerdict.UNKNOWN
    assert opens_case(told) is None


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"paid_currency": "PLN"}, "currency"),
        ({"paid_hours": None, "hours_week": None}, "hours"),
        ({"paid_for": None}, "for how long"),
    ],
)
def test_pay_that_cannot_be_compared_is_unknown(told: dict[str, Any], why: str) -> None:
    pay = held(PromiseTerm.PAY, paid_amount=Decimal(1), deducted=None, **told)
    assert pay.verdict is PromiseVerdict.UNKNOWN, why


def test_pay_for_a_month_is_compared_by_the_hours_of_the_contract() -> None:
    monthly = replace(PROMISED, pay_amount=Decimal(1646), pay_period=PayPeriod.MONTH)
    assert compare(ALL_WELL, monthly, RULES)[0].promised == Decimal("9.50")


@pytest.mark.parametrize(
    ("term", "told", "urgency"),
    [
        (PromiseTerm.PAY_ON_TIME, {"pay_received": PayReceived.NO}, HIGH),
        (PromiseTerm.HOURS, {"hours_week": 30}, NORMAL),
        (PromiseTerm.HOURS, {"hours_week": 20}, HIGH),
        (PromiseTerm.HOURS, {"hours_week": 37}, None),
        (PromiseTerm.DEDUCTIONS, {"deducted": Decimal(100)}, NORMAL),
        (PromiseTerm.DEDUCTIONS, {"deducted": Decimal(50)}, None),
        (PromiseTerm.HOUSING, {"housing": HousingTold.OTHER}, NORMAL),
        (PromiseTerm.HOUSING, {"housing": HousingTold.NONE}, HIGH),
        (PromiseTerm.DOCUMENTS, {"documents": DocumentsKept.EMPLOYER}, RED),
        (PromiseTerm.SAFETY, {"safety": SafetyTold.NOT_SAFE}, RED),
        (PromiseTerm.SAFETY, {"safety": SafetyTold.IN_DANGER}, RED),
    ],
)
def test_a_broken_promise_has_its_urgency(
    term: PromiseTerm, told: dict[str, Any], urgency: CaseUrgency | None
) -> None:
    if "deducted" in told:
        told = {**told, "paid_amount": Decimal(380) - told["deducted"]}
    assert held(term, **told).urgency is urgency


def test_several_differences_are_one_case_with_the_gravest_urgency() -> None:
    told = replace(
        ALL_WELL, hours_week=30, housing=HousingTold.NONE, documents=DocumentsKept.EMPLOYER
    )
    comparisons = compare(told, PROMISED, RULES)
    assert len(list(broken(comparisons))) == 3
    assert opens_case(comparisons) == (RED, CaseCategory.DOCUMENTS)


def test_month_pay_with_weekly_hours_counts_the_hours_of_the_time_paid() -> None:
    pay = held(
        PromiseTerm.PAY,
        paid_amount=Decimal("1646"),
        deducted=None,
        paid_for=PaidFor.MONTH,
        paid_hours=None,
    )
    assert pay.told == Decimal("9.50")


@pytest.mark.parametrize(
    ("urgency", "opened", "until"),
    [
        # Hours on the calendar run over the night, the weekend and the holidays.
        (RED, "2026-01-06T23:30", "2026-01-07T00:30"),
        (HIGH, "2026-01-01T10:00", "2026-01-02T10:00"),
        # 7 January is Christmas, the weekend is the 10th and 11th: the last day is 14 January.
        (NORMAL, "2026-01-06T10:00", "2026-01-14T20:00"),
        # Before the Orthodox Easter of 2026 (10 to 13 April are holidays).
        (NORMAL, "2026-04-09T10:00", "2026-04-20T20:00"),
    ],
)
def test_a_clock_runs_by_hours_or_by_working_days(
    urgency: CaseUrgency, opened: str, until: str
) -> None:
    moment = datetime.fromisoformat(opened).replace(tzinfo=UTC)
    found = act_until(urgency, moment, RULES)
    assert found.astimezone(UTC) == datetime.fromisoformat(until).replace(tzinfo=UTC)


def test_check_ins_are_on_days_3_14_30_and_then_every_month() -> None:
    arrived = date(2026, 3, 1)
    days = check_in_days(arrived, date(2026, 6, 1), RULES)
    assert [(day - arrived).days for day in days] == [3, 14, 30, 60, 90]
