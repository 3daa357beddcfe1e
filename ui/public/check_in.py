"""The page behind a check-in's link: in danger, the questions, a complaint; two minutes."""

from __future__ import annotations

from decimal import Decimal

from starlette.responses import Response

from domain.enums import (
    CaseCategory,
    CaseUrgency,
    DocumentsKept,
    HousingTold,
    PaidFor,
    PayReceived,
    SafetyTold,
)
from domain.exceptions import InvalidInput, Refused, UnusableFile
from domain.records.monitoring import Answered, CaseLook, CheckInForm, OpenCheckIn
from domain.texts import N_
from services.monitoring.answering import answer_check_in, open_check_in, peek_check_in
from services.monitoring.complaints import complain_by_link
from ui.public import fields
from ui.public.page import Reader, page

CURRENCIES = ("EUR", "PLN", "BGN", "ILS", "TRY", "USD", "GEL", "CZK", "RON", "HUF")
COMPLAINTS = tuple(one for one in CaseCategory if one is not CaseCategory.NO_CONTACT)
WITHIN = {
    CaseUrgency.RED: N_("A monitoring officer begins within 1 hour and calls you."),
    CaseUrgency.HIGH: N_("A monitoring officer begins within 24 hours and calls you."),
    CaseUrgency.NORMAL: N_("A monitoring officer begins within 5 working days and calls you."),
}


def check_in_page(reader: Reader, secret: str) -> Response:
    """The page as it stands; after a form what came of it, everything typed still there."""
    if reader.form is None:
        return _drawn(reader, open_check_in(secret=secret))
    try:
        done = _take(reader, secret)
    except (InvalidInput, Refused, UnusableFile) as problem:
        sheet = peek_check_in(secret=secret)
        status = 409 if isinstance(problem, Refused) else 400
        what, why = reader.say(N_("✕ Not sent")), reader.render(problem.sentence)
        return _drawn(reader, sheet, fields.notice("bad", what, why), status)
    kept = Reader(reader.language, reader.path, reader.query, is_personal=True)
    return _drawn(kept, peek_check_in(secret=secret), done)


def _take(reader: Reader, secret: str) -> str:
    photos = tuple((file.name, file.content) for file in reader.files)
    match reader.entered("what"):
        case "danger":
            look = complain_by_link(
                secret=secret, category=CaseCategory.SAFETY, text="", in_danger=True, photos=()
            )
            return _case_notice(reader, look, CaseUrgency.RED)
        case "complaint":
            category = fields.one_of(reader, "category", CaseCategory)
            if category is None:
                raise InvalidInput(N_("Choose what the complaint is about."))
            look = complain_by_link(
                secret=secret,
                category=category,
                text=reader.entered("text"),
                in_danger=reader.entered("in_danger") == "yes",
                photos=photos,
            )
            return _case_notice(reader, look, None)
        case _:
            done = answer_check_in(secret=secret, form=_form(reader), photos=photos)
            return _answer_notice(reader, done)


def _form(reader: Reader) -> CheckInForm:
    hours, week = fields.figure(reader, "paid_hours"), fields.figure(reader, "hours_week")
    currency = reader.entered("paid_currency")
    return CheckInForm(
        pay_received=fields.one_of(reader, "pay_received", PayReceived),
        paid_amount=_cents(fields.figure(reader, "paid_amount")),
        paid_currency=currency if currency in CURRENCIES else None,
        paid_for=fields.one_of(reader, "paid_for", PaidFor),
        paid_hours=None if hours is None else float(hours),
        deducted=_cents(fields.figure(reader, "deducted")),
        hours_week=None if week is None else float(week),
        housing=fields.one_of(reader, "housing", HousingTold),
        documents=fields.one_of(reader, "documents", DocumentsKept),
        safety=fields.one_of(reader, "safety", SafetyTold),
        wants_call=reader.entered("wants_call") == "yes",
        told=reader.entered("told") or None,
    )


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None or abs(amount) > 10**9 else amount.quantize(Decimal("0.01"))


def _answer_notice(reader: Reader, done: Answered) -> str:
    what = reader.say(N_("✓ Thank you: your answer has arrived"))
    if done.case is None or done.urgency is None:
        why = reader.say(N_("Nothing else is needed. We ask again at the next check-in."))
        return fields.notice("good", what, why)
    why = reader.say(
        N_("Something is other than promised. We have opened case {case}."), case=done.case
    )
    return fields.notice("good", what, f"{why} {reader.say(WITHIN[done.urgency])}")


def _case_notice(reader: Reader, look: CaseLook, urgency: CaseUrgency | None) -> str:
    what = reader.say(N_("✓ We have it: case {case}"), case=look.number)
    why = reader.say(
        N_("A monitoring officer begins before {moment} (time in Georgia) and calls you."),
        moment=look.act_until,
    )
    more = reader.say(CALL_112) if urgency is CaseUrgency.RED else ""
    return fields.notice("good", what, f"{why} {more}")


I_AM, SEND, SEND_COMPLAINT = N_("I am in danger"), N_("Send"), N_("Send the complaint")
CALL_112 = N_(
    "If your life is in danger, call the emergency number first: 112 in the European Union and in "
    "Georgia."
)


def _drawn(reader: Reader, sheet: OpenCheckIn, notice: str = "", status: int = 200) -> Response:
    title = reader.say(N_("How are you, {name}?"), name=sheet.first_name)
    body = f"<h1>{title}</h1>{notice}{_danger(reader)}"
    body += _answered(reader, sheet) if sheet.is_answered else _questions(reader, sheet)
    return page(reader, title, body + _complaint(reader, is_open=sheet.is_answered), status)


def _danger(reader: Reader) -> str:
    what = reader.say(N_("Are you in danger, locked in, threatened, or was your passport taken?"))
    then = reader.say(
        N_("Press the button: a monitoring officer sees it at once and calls you within 1 hour.")
    )
    return (
        f'<div class="card bad"><strong>{what}</strong><p>{then} {reader.say(CALL_112)}</p>'
        '<form class="phone" method="post"><input type="hidden" name="what" value="danger">'
        f'<button class="danger">{reader.say(I_AM)}</button></form></div>'
    )


def _answered(reader: Reader, sheet: OpenCheckIn) -> str:
    told = reader.say(
        N_("You answered on {moment}. If something has changed, write to us below."),
        moment=sheet.answered_at,
    )
    return f"<p>{told}</p>"


def _questions(reader: Reader, sheet: OpenCheckIn) -> str:
    intro = reader.say(
        N_(
            "It takes 2 minutes. Leave out what you do not know. Your employer does not see your "
            "answers; the agency compares them with your contract."
        )
    )
    first = [sheet.currency] if sheet.currency in CURRENCIES else []
    currencies = [(one, one) for one in dict.fromkeys([*first, *CURRENCIES])]
    if first and not reader.entered("paid_currency"):
        form = {**(reader.form or {}), "paid_currency": (first[0],)}
        reader = Reader(reader.language, reader.path, reader.query, None, True, form, reader.files)
    return (
        f"<p>{intro}</p>"
        '<form class="phone" method="post" enctype="multipart/form-data">'
        '<input type="hidden" name="what" value="answer">'
        + fields.choices(reader, "safety", N_("Do you feel safe?"), SAFETY)
        + fields.choices(
            reader, "documents", N_("Who has your passport?"), DOCUMENTS, PASSPORT_HINT
        )
        + fields.choices(reader, "pay_received", N_("Did you get your pay?"), PAY)
        + fields.number(reader, "paid_amount", N_("How much did you get last time?"), IN_HAND)
        + fields.select(reader, "paid_currency", N_("Currency"), currencies)
        + fields.choices(reader, "paid_for", N_("For how long was that?"), FOR)
        + fields.number(reader, "paid_hours", N_("How many hours did you work in that time?"))
        + fields.number(reader, "deducted", N_("How much was held back from it?"), HELD_BACK)
        + fields.number(reader, "hours_week", N_("How many hours a week do you work now?"))
        + fields.choices(reader, "housing", N_("Is the housing as agreed?"), HOUSING)
        + fields.text(reader, "told", N_("Anything else we should know?"))
        + fields.photos(reader)
        + fields.choices(reader, "wants_call", N_("Shall we call you?"), YES_NO)
        + f"<button>{reader.say(SEND)}</button></form>"
    )


SAFETY = (
    ("safe", N_("yes")),
    ("not_safe", N_("no, I do not feel safe")),
    ("in_danger", N_("no, I am in danger")),
)
DOCUMENTS = (
    ("worker", N_("I have it myself")),
    ("employer", N_("the employer has it")),
    ("somebody_else", N_("somebody else has it")),
)
PASSPORT_HINT = N_("Nobody may keep your passport, not even “for safety”.")
PAY = (
    ("yes", N_("yes")),
    ("not_due", N_("it is not due yet")),
    ("no", N_("no, though it was due")),
)
IN_HAND = N_("In figures, what you got in the hand or on your account.")
FOR = (
    ("week", N_("for a week")),
    ("two_weeks", N_("for two weeks")),
    ("month", N_("for a month")),
)
HELD_BACK = N_("For housing, food, transport or anything else; not the tax. 0 if nothing.")
HOUSING = (
    ("as_agreed", N_("yes")),
    ("other", N_("no, it is other than agreed")),
    ("none", N_("I was given no housing")),
)
YES_NO = (("yes", N_("yes, please call me")), ("no", N_("no")))


def _complaint(reader: Reader, *, is_open: bool) -> str:
    title = reader.say(N_("Leave a complaint"))
    who = reader.say(
        N_(
            "Only the monitoring officers of the state read it: not your employer, not your "
            "adviser."
        )
    )
    sent = reader.entered("what") == "complaint"
    return (
        f"<details{' open' if sent or is_open else ''}><summary>{title}</summary><p>{who}</p>"
        '<form class="phone" method="post" enctype="multipart/form-data">'
        '<input type="hidden" name="what" value="complaint">'
        + fields.select(
            reader,
            "category",
            N_("What is it about?"),
            fields.names(CaseCategory, COMPLAINTS, reader),
        )
        + fields.text(reader, "text", N_("What happened?"))
        + fields.photos(reader)
        + fields.choices(reader, "in_danger", N_("Are you or others in danger?"), DANGER)
        + f"<button>{reader.say(SEND_COMPLAINT)}</button></form></details>"
    )


DANGER = (("yes", N_("yes")), ("no", N_("no")))
