"""What a contract of work abroad says beside what it may say; every check with its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.enums import CriterionStatus, PayPeriod
from domain.records.deployments import ContractCheck, ContractForm, DayCounter
from domain.records.vacancy import VacancyForm
from domain.texts import N_, Sentence
from services import clock
from services.dated_rules import Entry, in_force, stored_rules
from services.vacancies.minimum_wage import (
    MONTHS_PER_YEAR,
    WEEKS_PER_YEAR,
    compare_pay,
    money,
)
from services.vacancies.scheme_terms import scheme_checks

MET, UNKNOWN = CriterionStatus.MET, CriterionStatus.UNKNOWN
SHORT, NOT_MET = CriterionStatus.SHORT, CriterionStatus.NOT_MET
SCHEME_TITLES = {"scheme": N_("Scheme"), "hours": N_("Hours"), "stay": N_("Length of stay")}


def contract_checks(
    form: ContractForm, country: str, scheme: str | None
) -> tuple[ContractCheck, ...]:
    """Everything that is looked at in a contract, what is unlawful first."""
    rules = in_force(stored_rules("contracts"), clock.today())
    found = [
        _dates(form),
        _pay(form, country, scheme),
        _fee(form, rules),
        *_deductions(form, country, rules),
        *_scheme(form, country, scheme),
        _insurance(form),
        _language(form),
        _signed(form),
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_unlawful, not one.holds_back)))


def counter_checks(counters: tuple[DayCounter, ...]) -> tuple[ContractCheck, ...]:
    """Day counters as checks: one that binds and is passed holds the departure back."""
    return tuple(
        ContractCheck(
            one.title, one.status, one.sentence, holds_back=one.status is CriterionStatus.NOT_MET
        )
        for one in counters
    )


def as_vacancy(form: ContractForm, country: str, scheme: str | None) -> VacancyForm:
    """The contract's terms in the shape in which pay and season are compared."""
    return VacancyForm(
        title="",
        country=country,
        scheme_code=scheme,
        start_on=form.starts_on,
        end_on=form.ends_on,
        hours_per_week=form.guaranteed_hours_week,
        pay_amount=form.pay_amount,
        pay_currency=form.pay_currency,
        pay_period=form.pay_period,
    )


def month_of_pay(form: ContractForm) -> Decimal | None:
    """The guaranteed pay of an average month; None where pay or hours are not stated."""
    if form.pay_amount is None or form.pay_period is None:
        return None
    if form.pay_period is PayPeriod.MONTH:
        return form.pay_amount
    if not form.guaranteed_hours_week:
        return None
    hours = Decimal(str(form.guaranteed_hours_week)) * WEEKS_PER_YEAR / MONTHS_PER_YEAR
    return (form.pay_amount * hours).quantize(Decimal("0.01"))


def _dates(form: ContractForm) -> ContractCheck:
    title = Sentence(N_("Dates of work"))
    if form.starts_on is None or form.ends_on is None:
        text = Sentence(N_("State the first and the last day of work."))
        return ContractCheck(title, UNKNOWN, text, holds_back=True)
    values: dict[str, object] = {"first": form.starts_on, "last": form.ends_on}
    if form.ends_on < form.starts_on:
        text = Sentence(N_("The work would end on {last}, before it begins on {first}."), values)
        return ContractCheck(title, NOT_MET, text, is_unlawful=True, holds_back=True)
    return ContractCheck(title, MET, Sentence(N_("From {first} to {last}."), values))


def _pay(form: ContractForm, country: str, scheme: str | None) -> ContractCheck:
    title = Sentence(N_("Pay and minimum wage"))
    if form.pay_amount is None or form.pay_currency is None or form.pay_period is None:
        text = Sentence(N_("State the pay: amount, currency, per hour or month."))
        return ContractCheck(title, UNKNOWN, text, holds_back=True)
    compared = compare_pay(as_vacancy(form, country, scheme))
    if compared.status is UNKNOWN:
        text = Sentence(
            N_(
                "No data: the pay of {pay} can't be compared with a minimum wage for all days of"
                " the contract. Check it with the consulate or the authority there."
            ),
            {"pay": money(form.pay_amount, form.pay_currency, form.pay_period)},
        )
        return ContractCheck(title, UNKNOWN, text)
    is_low = compared.status is NOT_MET
    return ContractCheck(
        title, compared.status, compared.sentence, is_unlawful=is_low, holds_back=is_low
    )


def _fee(form: ContractForm, rules: Entry) -> ContractCheck:
    title = Sentence(N_("Fee paid by the worker"))
    if form.worker_fee is None:
        text = Sentence(N_("Ask whether the worker paid anybody for the job, and note it."))
        return ContractCheck(title, UNKNOWN, text, holds_back=True)
    if form.worker_fee > rules["worker_fee_max"]:
        text = Sentence(
            N_(
                "The worker would pay {amount} for being recruited. It must be 0: the employer"
                " bears it ({source})."
            ),
            {
                "amount": money(form.worker_fee, form.pay_currency, None),
                "source": rules["worker_fee_source"],
            },
        )
        return ContractCheck(title, NOT_MET, text, is_unlawful=True, holds_back=True)
    return ContractCheck(title, MET, Sentence(N_("The worker paid nothing for the job.")))


def _deductions(form: ContractForm, country: str, rules: Entry) -> Iterator[ContractCheck]:
    parts = (
        form.deduction_housing,
        form.deduction_food,
        form.deduction_transport,
        form.deduction_other,
    )
    yield _what_remains(form, [part for part in parts if part is not None])
    if form.deduction_transport and country in rules["travel_not_set_off"]["countries"]:
        yield from _travel(form, country, rules["travel_not_set_off"]["source"])
    if form.rent_is_kept_back and country in rules["rent_not_kept_back"]["countries"]:
        text = Sentence(
            N_("The rent may not be kept back from the pay by itself ({source})."),
            {"source": rules["rent_not_kept_back"]["source"]},
        )
        yield ContractCheck(Sentence(N_("Rent")), SHORT, text)


def _what_remains(form: ContractForm, stated: list[Decimal]) -> ContractCheck:
    title = Sentence(N_("Deductions"))
    pay = month_of_pay(form)
    if not stated or pay is None:
        text = N_("State pay, hours and what is deducted in a month: housing, food, travel; or 0.")
        return ContractCheck(title, UNKNOWN, Sentence(text))
    total = sum(stated, Decimal(0))
    values: dict[str, object] = {
        "total": money(total, form.pay_currency, None),
        "pay": money(pay, form.pay_currency, None),
        "rest": money(pay - total, form.pay_currency, None),
    }
    if total >= pay:
        text = N_("Deductions of {total} a month leave nothing of a pay of {pay}.")
        return ContractCheck(
            title, NOT_MET, Sentence(text, values), is_unlawful=True, holds_back=True
        )
    text = N_("Of {pay} a month before tax {total} are deducted; {rest} remain.")
    return ContractCheck(title, MET, Sentence(text, values))


def _travel(form: ContractForm, country: str, source: str) -> Iterator[ContractCheck]:
    """Travel taken out of the pay must not push it below the minimum wage."""
    pay, cost = month_of_pay(form), form.deduction_transport
    if pay is None or cost is None or cost >= pay:
        return
    less = replace(form, pay_amount=pay - cost, pay_period=PayPeriod.MONTH)
    if compare_pay(as_vacancy(less, country, None)).status is not NOT_MET:
        return
    text = Sentence(
        N_(
            "With {cost} a month for travel taken out, less than the minimum wage is left: travel"
            " may not be set off against it ({source})."
        ),
        {"cost": money(cost, form.pay_currency, None), "source": source},
    )
    yield ContractCheck(Sentence(N_("Travel")), NOT_MET, text, is_unlawful=True, holds_back=True)


def _scheme(form: ContractForm, country: str, scheme: str | None) -> Iterator[ContractCheck]:
    for check in scheme_checks(as_vacancy(form, country, scheme)):
        title = Sentence(SCHEME_TITLES[check.name])
        yield ContractCheck(
            title, check.status, check.sentence, is_unlawful=check.blocks, holds_back=check.blocks
        )


def _insurance(form: ContractForm) -> ContractCheck:
    title = Sentence(N_("Insurance"))
    if form.insurance_payer is None or form.insurance_until is None:
        text = Sentence(N_("State who pays the insurance and until when it holds."))
        return ContractCheck(title, UNKNOWN, text, holds_back=True)
    last = max(filter(None, (form.ends_on, form.planned_return_on)), default=None)
    values: dict[str, object] = {"until": form.insurance_until, "last": last}
    if last is not None and form.insurance_until < last:
        text = Sentence(N_("The insurance ends on {until}; the stay lasts until {last}."), values)
        return ContractCheck(title, NOT_MET, text, holds_back=True)
    return ContractCheck(title, MET, Sentence(N_("Insured until {until}."), values))


def _language(form: ContractForm) -> ContractCheck:
    title = Sentence(N_("Language of the contract"))
    if form.is_understood:
        text = Sentence(N_("The worker has the contract in a language they understand."))
        return ContractCheck(title, MET, text)
    text = Sentence(N_("Give the worker the contract in a language they understand, and note it."))
    status = UNKNOWN if form.is_understood is None else NOT_MET
    return ContractCheck(title, status, text, holds_back=True)


def _signed(form: ContractForm) -> ContractCheck:
    title = Sentence(N_("Signature"))
    if form.contract_signed_on is None:
        text = Sentence(N_("The contract is not signed yet, or the day is not noted."))
        return ContractCheck(title, UNKNOWN, text, holds_back=True)
    text = Sentence(N_("Signed on {day}."), {"day": form.contract_signed_on})
    return ContractCheck(title, MET, text)
