"""What must be known of a vacancy before it is published, all looked at together."""

from __future__ import annotations

from datetime import date

from domain.enums import CriterionStatus, EmployerStatus
from domain.records.intake import SettledWords
from domain.records.vacancy import PublishingCheck, VacancyForm
from domain.texts import N_, Sentence, Term
from services import clock
from services.vacancies.intake import intake_checks
from services.vacancies.minimum_wage import compare_pay, money
from services.vacancies.scheme_terms import scheme_checks

MET, NOT_MET = CriterionStatus.MET, CriterionStatus.NOT_MET


def publishing_checks(
    form: VacancyForm,
    employer: EmployerStatus | None,
    settled: tuple[SettledWords, ...] = (),
    suspension: Sentence | None = None,
) -> tuple[PublishingCheck, ...]:
    """Every check in the order of the form; those that are not met block, unknown ones warn."""
    today = clock.today()
    pay = compare_pay(form)
    checks = [
        _present("title", form.title, N_("Title: {value}"), N_("A title is missing")),
        _present(
            "country",
            Term("country", form.country) if form.country else None,
            N_("Country: {value}"),
            N_("The country is missing"),
        ),
        _present(
            "positions",
            form.positions if form.positions >= 1 else None,
            N_("Positions: {value}"),
            N_("The number of positions is missing"),
        ),
        _suspended(suspension) or _employer(form, employer),
        _present(
            "occupation",
            tuple(Term("occupation", code) for code in form.occupations),
            N_("Occupation: {value}"),
            N_("No occupation is confirmed yet"),
        ),
        _start(form, today),
        _closing(form, today),
        _pay(form),
    ]
    if form.pay_amount is not None:
        checks.append(PublishingCheck("minimum_wage", pay.status, pay.sentence))
    return (*checks, *intake_checks(form, settled), *scheme_checks(form))


def joined(sentences: tuple[Sentence, ...]) -> Sentence:
    """Several sentences as one, for a message that names all obstacles at once."""
    first, *rest = sentences
    if not rest:
        return first
    return Sentence(N_("{first}; {rest}"), {"first": first, "rest": joined(tuple(rest))})


def _present(name: str, value: object, text: str, missing: str) -> PublishingCheck:
    if value:
        return PublishingCheck(name, MET, Sentence(text, {"value": value}))
    return PublishingCheck(name, NOT_MET, Sentence(missing))


def _suspended(suspension: Sentence | None) -> PublishingCheck | None:
    return None if suspension is None else PublishingCheck("employer", NOT_MET, suspension)


def _employer(form: VacancyForm, status: EmployerStatus | None) -> PublishingCheck:
    named = {"value": form.employer}
    if not form.employer:
        return PublishingCheck("employer", NOT_MET, Sentence(N_("The employer is missing")))
    if status is EmployerStatus.SUSPENDED:
        text = N_("The employer {value} is suspended")
        return PublishingCheck("employer", NOT_MET, Sentence(text, named))
    if status in {None, EmployerStatus.NEW}:
        text = N_("The employer {value} is not verified yet: verify it first")
        return PublishingCheck("employer", NOT_MET, Sentence(text, named))
    return PublishingCheck("employer", MET, Sentence(N_("Employer, verified: {value}"), named))


def _start(form: VacancyForm, today: date) -> PublishingCheck:
    if form.start_on is None:
        return PublishingCheck("start", NOT_MET, Sentence(N_("The start date is missing")))
    named = {"date": form.start_on}
    if form.start_on < today:
        text = N_("The start date {date} has passed")
        return PublishingCheck("start", NOT_MET, Sentence(text, named))
    return PublishingCheck("start", MET, Sentence(N_("Starts on {date}"), named))


def _closing(form: VacancyForm, today: date) -> PublishingCheck:
    if form.closes_on is None:
        return PublishingCheck("closing", NOT_MET, Sentence(N_("The closing date is missing")))
    named = {"date": form.closes_on, "start": form.start_on}
    if form.closes_on < today:
        text = N_("The closing date {date} has passed")
        return PublishingCheck("closing", NOT_MET, Sentence(text, named))
    if form.start_on is not None and form.closes_on > form.start_on:
        text = N_("The closing date {date} is after the start on {start}")
        return PublishingCheck("closing", NOT_MET, Sentence(text, named))
    return PublishingCheck("closing", MET, Sentence(N_("Closes on {date}"), named))


def _pay(form: VacancyForm) -> PublishingCheck:
    if form.pay_amount is None:
        return PublishingCheck("pay", NOT_MET, Sentence(N_("The pay is missing")))
    amount = money(form.pay_amount, form.pay_currency, form.pay_period)
    return PublishingCheck("pay", MET, Sentence(N_("Pay: {amount}"), {"amount": amount}))
