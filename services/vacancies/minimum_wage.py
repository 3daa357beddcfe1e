"""The offered pay beside the destination's minimum wage, on every day of the season."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal

from domain.enums import CriterionStatus, PayPeriod
from domain.records.vacancy import PayComparison, VacancyForm, WageStep
from domain.texts import N_, Sentence, Term
from services.reference import MinimumWage, reference

WEEKS_PER_YEAR = Decimal(52)
MONTHS_PER_YEAR = Decimal(12)
CENT = Decimal("0.01")


def compare_pay(form: VacancyForm) -> PayComparison:
    """Compare with each step in force from the start to the end; met only if all are met.

    Without an end only the start date is compared, and a later, higher step is pointed out.
    """
    country = Term("country", form.country)
    if form.pay_amount is None or form.pay_currency is None or form.pay_period is None:
        return _unknown(N_("The pay is not stated."))
    if form.start_on is None:
        return _unknown(N_("Without a start date the pay can't be compared."))
    steps = tuple(_step(wage, form) for wage in _in_force(form.country, form.start_on, form.end_on))
    known = [step for step in steps if step.minimum is not None]
    if not known:
        return _unknown(
            N_(
                "No data: the minimum wage of {country} on {date} is not in the reference tables."
                " Check it before publishing."
            ),
            steps,
            country=country,
            date=form.start_on,
        )
    for verdict in (_too_low(known, form), _not_comparable(known, form), _open_question(steps)):
        if verdict is not None:
            return verdict
    return _later_step(form) or _met(known, form)


def _in_force(country: str, start: date, end: date | None) -> list[MinimumWage]:
    last = end or start
    found = [
        wage
        for wage in reference().minimum_wages
        if wage.country == country
        and (wage.valid_from is None or wage.valid_from <= last)
        and (wage.valid_to is None or wage.valid_to >= start)
    ]
    return sorted(found, key=lambda wage: wage.valid_from or date.min)


def _step(wage: MinimumWage, form: VacancyForm) -> WageStep:
    period = PayPeriod(wage.period) if wage.period else None
    pay = _converted(form, period) if wage.currency == form.pay_currency else None
    if wage.amount is None or pay is None:
        status = CriterionStatus.UNKNOWN
    else:
        status = CriterionStatus.MET if pay >= wage.amount else CriterionStatus.NOT_MET
    shown = None if pay is None else pay.quantize(CENT, ROUND_DOWN)
    return WageStep(wage.valid_from, wage.amount, wage.currency, period, shown, status, wage.source)


def _converted(form: VacancyForm, period: PayPeriod | None) -> Decimal | None:
    """The pay for another period, by the agreed weekly hours × 52 / 12 a month."""
    assert form.pay_amount is not None
    if period is None or period is form.pay_period:
        return form.pay_amount
    if not form.hours_per_week:
        return None
    monthly_hours = Decimal(str(form.hours_per_week)) * WEEKS_PER_YEAR / MONTHS_PER_YEAR
    if period is PayPeriod.HOUR:
        return form.pay_amount / monthly_hours
    return form.pay_amount * monthly_hours


def _too_low(known: list[WageStep], form: VacancyForm) -> PayComparison | None:
    low = next((step for step in known if step.status is CriterionStatus.NOT_MET), None)
    if low is None:
        return None
    assert form.start_on is not None
    since = max(form.start_on, low.valid_from or form.start_on)
    sentence = Sentence(
        N_("The pay of {pay} is below the minimum wage of {minimum} in force on {date}: {source}"),
        {"pay": _pay(low), "minimum": _minimum(low), "date": since, "source": Sentence(low.source)},
    )
    return PayComparison(CriterionStatus.NOT_MET, sentence, tuple(known))


def _not_comparable(known: list[WageStep], form: VacancyForm) -> PayComparison | None:
    foreign = next((step for step in known if step.currency != form.pay_currency), None)
    if foreign is not None:
        return _unknown(
            N_(
                "Can't be compared: the pay is in {currency}, the minimum wage is {minimum}."
                " Check it before publishing."
            ),
            tuple(known),
            currency=Term("currency", form.pay_currency or ""),
            minimum=_minimum(foreign),
        )
    if all(step.pay is not None for step in known):
        return None
    return PayComparison(
        CriterionStatus.NOT_MET,
        Sentence(
            N_("State the hours per week: without them the pay can't be compared with {minimum}."),
            {"minimum": _minimum(known[0])},
        ),
        tuple(known),
    )


def _open_question(steps: tuple[WageStep, ...]) -> PayComparison | None:
    if all(step.minimum is not None for step in steps):
        return None
    return _unknown(
        N_(
            "For a part of the season no minimum wage is in the reference tables."
            " Check it before publishing."
        ),
        steps,
    )


def _later_step(form: VacancyForm) -> PayComparison | None:
    if form.end_on is not None:
        return None
    assert form.start_on is not None
    later = [_step(w, form) for w in _in_force(form.country, form.start_on, date.max)]
    low = next((step for step in later if step.status is CriterionStatus.NOT_MET), None)
    if low is None or low.valid_from is None:
        return None
    return _unknown(
        N_(
            "The end is not stated, and from {date} the minimum wage is {minimum}: more than the"
            " pay of {pay}. State the end, or the pay from that day."
        ),
        tuple(later),
        date=low.valid_from,
        minimum=_minimum(low),
        pay=_pay(low),
    )


def _met(known: list[WageStep], form: VacancyForm) -> PayComparison:
    highest = max(known, key=lambda step: step.minimum or Decimal(0))
    return PayComparison(
        CriterionStatus.MET,
        Sentence(
            N_("The pay of {pay} reaches the minimum wage of {minimum}: {source}"),
            {
                "pay": _pay(highest),
                "minimum": _minimum(highest),
                "source": Sentence(highest.source),
            },
        ),
        tuple(known),
    )


def _unknown(text: str, steps: tuple[WageStep, ...] = (), **values: object) -> PayComparison:
    return PayComparison(CriterionStatus.UNKNOWN, Sentence(text, values), steps)


def _pay(step: WageStep) -> Sentence:
    assert step.pay is not None
    return money(step.pay, step.currency, step.period)


def _minimum(step: WageStep) -> Sentence:
    assert step.minimum is not None
    return money(step.minimum, step.currency, step.period)


def money(amount: Decimal, currency: str | None, period: PayPeriod | None) -> Sentence:
    """An amount per hour or month, as a reader of either language writes it."""
    shown = Term("money", f"{amount:.2f} {currency or ''}".strip())
    if period is None:
        return Sentence(N_("{amount}"), {"amount": shown})
    return Sentence(
        N_("{amount} {period}"), {"amount": shown, "period": Term("PayPeriod", period.value)}
    )
