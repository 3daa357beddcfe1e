"""What a worker told against what the contract promises, term by term; no database, no clock.

Unknown is not a difference: where either side is not stated, the line says so and opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

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
from domain.texts import N_, Sentence, Term
from services.monitoring.rules import MonitoringRules

CENT = Decimal("0.01")
WEEKS_A_MONTH = Decimal(52) / Decimal(12)
WEEKS = {PaidFor.WEEK: Decimal(1), PaidFor.TWO_WEEKS: Decimal(2), PaidFor.MONTH: WEEKS_A_MONTH}
ORDER = (CaseUrgency.RED, CaseUrgency.HIGH, CaseUrgency.NORMAL)
CATEGORIES = {
    PromiseTerm.PAY: CaseCategory.WAGE,
    PromiseTerm.PAY_ON_TIME: CaseCategory.WAGE,
    PromiseTerm.HOURS: CaseCategory.HOURS,
    PromiseTerm.DEDUCTIONS: CaseCategory.WAGE,
    PromiseTerm.HOUSING: CaseCategory.HOUSING,
    PromiseTerm.DOCUMENTS: CaseCategory.DOCUMENTS,
    PromiseTerm.SAFETY: CaseCategory.SAFETY,
}
NOT_TOLD = N_("The worker did not say.")
NOT_PROMISED = N_("No data: the contract's term is not in the register. Complete it there.")
V, U = PromiseVerdict, CaseUrgency


def compare(
    told: CheckInForm, promised: PromisedTerms, rules: MonitoringRules
) -> tuple[PromiseComparison, ...]:
    """Every promise against the answer, in the order of the ledger."""
    return (
        _pay(told, promised, rules),
        _pay_on_time(told),
        _hours(told, promised, rules),
        _deductions(told, promised, rules),
        _housing(told),
        _documents(told),
        _safety(told),
    )


def opens_case(
    comparisons: tuple[PromiseComparison, ...],
) -> tuple[CaseUrgency, CaseCategory] | None:
    """Urgency and category of the one case that all differences open together; None for none."""
    grave = [one for one in comparisons if one.urgency is not None]
    if not grave:
        return None
    worst = min(grave, key=lambda one: ORDER.index(one.urgency or U.NORMAL))
    assert worst.urgency is not None
    return worst.urgency, CATEGORIES[worst.term]


def _unknown(term: PromiseTerm, text: str, **values: object) -> PromiseComparison:
    return PromiseComparison(term, V.UNKNOWN, Sentence(text, values))


def _pay(told: CheckInForm, promised: PromisedTerms, rules: MonitoringRules) -> PromiseComparison:
    term = PromiseTerm.PAY
    if promised.pay_amount is None or promised.pay_currency is None or promised.pay_period is None:
        return _unknown(term, NOT_PROMISED)
    agreed = _hourly(promised)
    if agreed is None:
        return _unknown(
            term,
            N_("Can't be compared: the pay is for a month, the hours a week are not known."),
        )
    if told.paid_amount is None or told.paid_for is None:
        return _unknown(term, NOT_TOLD)
    if told.paid_currency != promised.pay_currency:
        return _unknown(
            term,
            N_("Can't be compared: paid in {told}, promised in {promised}."),
            told=Term("currency", told.paid_currency or ""),
            promised=Term("currency", promised.pay_currency),
        )
    hours = _hours_paid(told)
    if not hours:
        return _unknown(term, N_("Can't be compared: the hours that were paid are not stated."))
    paid = ((told.paid_amount + (told.deducted or Decimal(0))) / hours).quantize(
        CENT, ROUND_HALF_UP
    )
    verdict, urgency = _pay_verdict(paid, agreed, rules)
    values = {
        "told": _money(paid, promised.pay_currency),
        "promised": _money(agreed, promised.pay_currency),
        "percent": int(paid * 100 / agreed),
    }
    sentence = Sentence(PAY_SENTENCES[verdict], values)
    return PromiseComparison(term, verdict, sentence, agreed, paid, promised.pay_currency, urgency)


PAY_SENTENCES = {
    V.KEPT: N_("{told} an hour, {promised} promised."),
    V.SMALL: N_(
        "{told} an hour, {promised} promised ({percent} %): tax and contributions may explain it, "
        "the payslip tells."
    ),
    V.BROKEN: N_("{told} an hour instead of {promised}: {percent} % of what was promised."),
}


def _pay_verdict(
    paid: Decimal, agreed: Decimal, rules: MonitoringRules
) -> tuple[PromiseVerdict, CaseUrgency | None]:
    percent = paid * 100 / agreed
    if percent >= rules.pay_kept_from_percent:
        return V.KEPT, None
    if percent >= rules.pay_broken_below_percent:
        return V.SMALL, None
    return V.BROKEN, U.HIGH if percent < rules.pay_high_below_percent else U.NORMAL


def _hourly(promised: PromisedTerms) -> Decimal | None:
    assert promised.pay_amount is not None
    if promised.pay_amount <= 0:
        return None
    if promised.pay_period is PayPeriod.HOUR:
        return promised.pay_amount
    if not promised.hours_week:
        return None
    monthly = Decimal(str(promised.hours_week)) * WEEKS_A_MONTH
    return (promised.pay_amount / monthly).quantize(CENT, ROUND_HALF_UP)


def _hours_paid(told: CheckInForm) -> Decimal | None:
    if told.paid_hours:
        return Decimal(str(told.paid_hours))
    if told.hours_week and told.paid_for is not None:
        return Decimal(str(told.hours_week)) * WEEKS[told.paid_for]
    return None


def _pay_on_time(told: CheckInForm) -> PromiseComparison:
    term = PromiseTerm.PAY_ON_TIME
    match told.pay_received:
        case None:
            return _unknown(term, NOT_TOLD)
        case PayReceived.NO:
            text = N_("The pay was due and did not come.")
            return PromiseComparison(term, V.BROKEN, Sentence(text), urgency=U.HIGH)
        case PayReceived.NOT_DUE:
            return PromiseComparison(term, V.KEPT, Sentence(N_("No pay is due yet.")))
        case PayReceived.YES:
            return PromiseComparison(term, V.KEPT, Sentence(N_("The pay came.")))


def _hours(told: CheckInForm, promised: PromisedTerms, rules: MonitoringRules) -> PromiseComparison:
    term = PromiseTerm.HOURS
    if not promised.hours_week:
        return _unknown(term, NOT_PROMISED)
    if told.hours_week is None:
        return _unknown(term, NOT_TOLD)
    worked, agreed = Decimal(str(told.hours_week)), Decimal(str(promised.hours_week))
    short = (agreed - worked) * 100 / agreed
    values = {"told": told.hours_week, "promised": promised.hours_week}
    if short <= rules.hours_short_percent:
        sentence = Sentence(N_("{told} hours a week, {promised} guaranteed."), values)
        return PromiseComparison(term, V.KEPT, sentence, agreed, worked)
    sentence = Sentence(
        N_("{told} hours a week instead of {promised}: guaranteed hours have to be paid."), values
    )
    urgency = U.HIGH if short > rules.hours_high_percent else U.NORMAL
    return PromiseComparison(term, V.BROKEN, sentence, agreed, worked, None, urgency)


def _deductions(
    told: CheckInForm, promised: PromisedTerms, rules: MonitoringRules
) -> PromiseComparison:
    term = PromiseTerm.DEDUCTIONS
    if promised.deductions_month is None or promised.pay_currency is None:
        return _unknown(term, NOT_PROMISED)
    if told.deducted is None or told.paid_for is None:
        return _unknown(term, NOT_TOLD)
    if told.paid_currency != promised.pay_currency:
        return _unknown(
            term,
            N_("Can't be compared: paid in {told}, promised in {promised}."),
            told=Term("currency", told.paid_currency or ""),
            promised=Term("currency", promised.pay_currency),
        )
    monthly = (told.deducted * WEEKS_A_MONTH / WEEKS[told.paid_for]).quantize(CENT, ROUND_HALF_UP)
    agreed = promised.deductions_month
    values = {
        "told": _money(monthly, promised.pay_currency),
        "promised": _money(agreed, promised.pay_currency),
    }
    if monthly <= agreed * (100 + rules.deductions_above_percent) / 100:
        sentence = Sentence(N_("{told} a month held back, {promised} agreed."), values)
        return PromiseComparison(term, V.KEPT, sentence, agreed, monthly, promised.pay_currency)
    sentence = Sentence(N_("{told} a month held back, only {promised} agreed."), values)
    return PromiseComparison(
        term, V.BROKEN, sentence, agreed, monthly, promised.pay_currency, U.NORMAL
    )


def _housing(told: CheckInForm) -> PromiseComparison:
    term = PromiseTerm.HOUSING
    match told.housing:
        case None:
            return _unknown(term, NOT_TOLD)
        case HousingTold.AS_AGREED:
            return PromiseComparison(term, V.KEPT, Sentence(N_("The housing is as agreed.")))
        case HousingTold.OTHER:
            text = N_("The housing is other than agreed.")
            return PromiseComparison(term, V.BROKEN, Sentence(text), urgency=U.NORMAL)
        case HousingTold.NONE:
            text = N_("The worker was given no housing.")
            return PromiseComparison(term, V.BROKEN, Sentence(text), urgency=U.HIGH)


def _documents(told: CheckInForm) -> PromiseComparison:
    term = PromiseTerm.DOCUMENTS
    if told.documents is None:
        return _unknown(term, NOT_TOLD)
    if told.documents is DocumentsKept.WORKER:
        return PromiseComparison(term, V.KEPT, Sentence(N_("The worker keeps the documents.")))
    text = N_("The documents are kept by: {who}. Nobody may take a passport away.")
    who = Term("DocumentsKept", told.documents.value)
    return PromiseComparison(term, V.BROKEN, Sentence(text, {"who": who}), urgency=U.RED)


def _safety(told: CheckInForm) -> PromiseComparison:
    term = PromiseTerm.SAFETY
    if told.safety is None:
        return _unknown(term, NOT_TOLD)
    if told.safety is SafetyTold.SAFE:
        return PromiseComparison(term, V.KEPT, Sentence(N_("The worker feels safe.")))
    text = N_("The worker: {how}.")
    how = Term("SafetyTold", told.safety.value)
    return PromiseComparison(term, V.BROKEN, Sentence(text, {"how": how}), urgency=U.RED)


def broken(comparisons: tuple[PromiseComparison, ...]) -> Iterator[PromiseComparison]:
    """The promises that were not kept."""
    return (one for one in comparisons if one.verdict is V.BROKEN)


def _money(amount: Decimal, currency: str) -> Term:
    return Term("money", f"{amount:.2f} {currency}")
