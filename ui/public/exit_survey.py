"""The survey after the return, behind a personal link: one page for a phone, in Georgian first.

What was typed stays in the form after a problem; once answered, the page says so and asks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from html import escape

from starlette.responses import Response

from domain.enums import PayAsPromised, ReturnNeed, WantsAgain
from domain.exceptions import InvalidInput
from domain.records.returns import SurveyForm, SurveyPage
from domain.texts import N_, Sentence, Term
from services.returns import surveys
from ui.public.page import Reader, page

TITLE = N_("How was your work abroad?")
CURRENCIES = ("GEL", "EUR", "USD", "ILS", "PLN", "BGN", "TRY")
MOST = 10
AGAIN = {
    WantsAgain.SAME_EMPLOYER.value: N_("yes, to the same employer"),
    WantsAgain.OTHER_EMPLOYER.value: N_("yes, but to another employer"),
    WantsAgain.UNDECIDED.value: N_("I do not know yet"),
    WantsAgain.NO.value: N_("no"),
}
"""As the person says it; the officer's words speak of the person."""
WRONG_AMOUNT = Decimal(-1)
"""What is no number is refused like a number below zero: the answer stays in the form."""


def survey_page(reader: Reader, secret: str) -> Response:
    """The form; after it was sent the thanks, or the form again with what is wrong."""
    if reader.form is None:
        told = surveys.open_survey(secret=secret)
        return _thanks(reader, told) if told.answered_on else _form(reader, told, {})
    try:
        surveys.answer_survey(secret=secret, form=_read(reader))
    except InvalidInput as wrong:
        problems = {problem.field: problem.sentence for problem in wrong.problems}
        return _form(reader, surveys.open_survey(secret=secret), problems, wrong.sentence)
    return _thanks(reader, surveys.open_survey(secret=secret))


def _thanks(reader: Reader, told: SurveyPage) -> Response:
    title = reader.say(N_("Thank you"))
    sentence = reader.say(
        N_(
            "Your answers arrived on {day}. If you asked for help, the agency calls you. All its "
            "services are free of charge."
        ),
        day=told.answered_on,
    )
    card = f'<div class="card good" role="status"><strong>✓ {title}</strong><p>{sentence}</p></div>'
    return page(reader, title, f"<h1>{title}</h1>{card}")


def _form(
    reader: Reader,
    told: SurveyPage,
    problems: dict[str, Sentence],
    whole: Sentence | None = None,
) -> Response:
    title = reader.say(TITLE)
    about = reader.say(
        N_("{country}, {employer}, until {day}. It takes three minutes; open until {until}."),
        country=Term("country", told.country),
        employer=told.employer or "–",
        day=told.returned_on,
        until=told.open_until,
    )
    private = reader.say(
        N_(
            "Answer what you want to answer. The employer sees neither your name nor your answers; "
            "the agency uses them to protect those who go next."
        )
    )
    alarm = (
        f'<div class="card bad" role="alert"><strong>{reader.render(whole)}</strong></div>'
        if whole
        else ""
    )
    fields = "".join(
        (
            _fee(reader, problems),
            _choice(
                reader,
                "pay_as_promised",
                N_("Was the pay as promised?"),
                [(x.value, reader.show(Term("PayAsPromised", x.value))) for x in PayAsPromised],
            ),
            _recommends(reader, problems),
            _choice(
                reader,
                "wants_again",
                N_("Do you want to go again?"),
                [(value, reader.say(text)) for value, text in AGAIN.items()],
            ),
            _needs(reader),
            _comment(reader),
        )
    )
    send = reader.say(N_("Send the answers"))
    body = (
        f"<h1>{title}</h1><p>{about}</p><p>{private}</p>{alarm}"
        f'<form method="post" action="{reader.address(reader.path)}">{fields}'
        f'<button type="submit">{send}</button></form>'
    )
    return page(reader, title, body, 422 if problems or whole else 200)


def _fee(reader: Reader, problems: dict[str, Sentence]) -> str:
    legend = reader.say(N_("Did you pay anybody for this work?"))
    hint = reader.say(
        N_("To an agent, the employer, an official or anybody else. Nobody may charge you for it.")
    )
    yes, no = reader.say(N_("yes")), reader.say(N_("no"))
    amount = reader.say(N_("If yes: how much?"))
    currency = reader.say(N_("In which currency?"))
    to = reader.say(N_("To whom? A name or a firm, if you want to say it"))
    options = '<option value="">–</option>' + "".join(
        f'<option value="{code}"{_if(reader.entered("fee_currency") == code, "selected")}>'
        f"{reader.show(Term('currency', code))}</option>"
        for code in CURRENCIES
    )
    return (
        f'<fieldset><legend>{legend}</legend><p class="hint">{hint}</p>'
        f"{_problem(reader, problems, 'fee_paid')}"
        f"{_radio(reader, 'fee_paid', 'yes', yes)}{_radio(reader, 'fee_paid', 'no', no)}"
        f'<label for="fee_amount">{amount}</label>{_problem(reader, problems, "fee_amount")}'
        f'<input id="fee_amount" name="fee_amount" inputmode="decimal" maxlength="12"'
        f' value="{_typed(reader, "fee_amount")}">'
        f'<label for="fee_currency">{currency}</label>{_problem(reader, problems, "fee_currency")}'
        f'<select id="fee_currency" name="fee_currency">{options}</select>'
        f'<label for="fee_to">{to}</label>'
        f'<input id="fee_to" name="fee_to" maxlength="200" value="{_typed(reader, "fee_to")}">'
        "</fieldset>"
    )


def _recommends(reader: Reader, problems: dict[str, Sentence]) -> str:
    legend = reader.say(N_("Would you recommend this employer to a friend?"))
    hint = reader.say(N_("0 means never, 10 means surely."))
    options = '<option value="">–</option>' + "".join(
        f"<option{_if(reader.entered('recommends') == str(mark), 'selected')}>{mark}</option>"
        for mark in range(MOST + 1)
    )
    return (
        f'<fieldset><legend><label for="recommends">{legend}</label></legend>'
        f'<p class="hint">{hint}</p>{_problem(reader, problems, "recommends")}'
        f'<select id="recommends" name="recommends">{options}</select></fieldset>'
    )


def _needs(reader: Reader) -> str:
    legend = reader.say(N_("What help do you need now?"))
    chosen = (reader.form or {}).get("needs", ())
    boxes = "".join(
        f'<label class="choice"><input type="checkbox" name="needs" value="{need.value}"'
        f"{_if(need.value in chosen, 'checked')}>"
        f"{reader.show(Term('ReturnNeed', need.value))}</label>"
        for need in ReturnNeed
    )
    return f"<fieldset><legend>{legend}</legend>{boxes}</fieldset>"


def _comment(reader: Reader) -> str:
    title = reader.say(N_("What else should we know?"))
    return (
        f'<label for="comment">{title}</label>'
        f'<textarea id="comment" name="comment" maxlength="2000">{_typed(reader, "comment")}'
        "</textarea>"
    )


def _choice(reader: Reader, name: str, legend: str, options: Sequence[tuple[str, str]]) -> str:
    radios = "".join(_radio(reader, name, value, label) for value, label in options)
    return f"<fieldset><legend>{reader.say(legend)}</legend>{radios}</fieldset>"


def _radio(reader: Reader, name: str, value: str, label: str) -> str:
    checked = _if(reader.entered(name) == value, "checked")
    return (
        f'<label class="choice"><input type="radio" name="{name}" value="{value}"{checked}>'
        f"{label}</label>"
    )


def _problem(reader: Reader, problems: dict[str, Sentence], field: str) -> str:
    found = problems.get(field)
    return f'<p class="problem">✕ {reader.render(found)}</p>' if found else ""


def _typed(reader: Reader, name: str) -> str:
    return escape(reader.entered(name), quote=True)


def _if(holds: bool, attribute: str) -> str:
    return f" {attribute}" if holds else ""


def _read(reader: Reader) -> SurveyForm:
    """What was entered; values that no field of the page offers count as no answer."""
    fee = reader.entered("fee_paid")
    pay, again = reader.entered("pay_as_promised"), reader.entered("wants_again")
    mark = reader.entered("recommends")
    chosen = (reader.form or {}).get("needs", ())
    return SurveyForm(
        fee_paid={"yes": True, "no": False}.get(fee),
        fee_amount=_amount(reader.entered("fee_amount")),
        fee_currency=reader.entered("fee_currency") or None,
        fee_to=reader.entered("fee_to")[:200],
        pay_as_promised=PayAsPromised(pay) if pay in set(PayAsPromised) else None,
        recommends=int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 3 else None,
        wants_again=WantsAgain(again) if again in set(WantsAgain) else None,
        needs=tuple(need for need in ReturnNeed if need.value in chosen),
        comment=reader.entered("comment")[:2000],
    )


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        found = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return WRONG_AMOUNT
    return found if found.is_finite() else WRONG_AMOUNT
