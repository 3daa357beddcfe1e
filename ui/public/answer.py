"""The candidate's own page: what the employer said, what is to be done, by when, and the reply."""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from domain.enums import CandidacyStatus, ConfirmationStatus, DeclineReason, EmployerChoice
from domain.exceptions import InvalidInput, Refused
from domain.records.answers import CandidateSheet
from domain.texts import N_, Sentence, Term
from services.answers.candidate import reply_by_link
from services.answers.interviews import choose_slot_by_link
from services.answers.own_page import look_at_own_page, open_own_page
from ui.public.package import described
from ui.public.page import Reader, page

C = CandidacyStatus
TITLES = {
    C.SENT: N_("The employer is reading your CV"),
    C.EMPLOYER_SELECTED: N_("The employer has selected you"),
    C.EMPLOYER_RESERVE: N_("You are in the employer's reserve"),
    C.EMPLOYER_REJECTED: N_("The employer has chosen others this time"),
    C.CONFIRMED: N_("You have confirmed: you are going"),
    C.DECLINED: N_("You have said that you do not go"),
    C.NO_ANSWER: N_("The last day to answer has passed"),
    C.CANCELLED: N_("The employer has taken the place back"),
    C.WITHDRAWN: N_("You are not a candidate of this vacancy any more"),
}
NEXT = {
    C.SENT: N_("You need do nothing now. We will tell you the employer's answer."),
    C.EMPLOYER_RESERVE: N_(
        "If a place becomes free, we call you. Meanwhile other employers may select you: you go to "
        "whoever selects you first, if you agree."
    ),
    C.EMPLOYER_REJECTED: N_(
        "You stay on the register, and we go on considering you for other vacancies. You need do "
        "nothing."
    ),
    C.CONFIRMED: N_(
        "Next: the orientation before departure, then the papers for the visa or permit, then the "
        "day of departure. We will call you for each. The service is free of charge: pay nobody."
    ),
    C.DECLINED: N_("You stay on the register, and we consider you for other vacancies."),
    C.NO_ANSWER: N_(
        "The place went to the next candidate in line. You stay on the register; call the agency "
        "if something prevented you."
    ),
    C.CANCELLED: N_(
        "This says nothing about you. You stay on the register, and your adviser will call you."
    ),
    C.WITHDRAWN: N_("To come back, call the agency."),
}
ON_THE_WAY = N_("You are on your way: your adviser tells you each next step.")
UNDER_WAY = frozenset(
    {C.ORIENTATION, C.PERMIT_PENDING, C.PERMIT_GRANTED, C.DEPARTED, C.WORKING, C.RETURNED}
)
NOT_WITH_EMPLOYER = N_("Your CV is not with the employer now")
WE_CALL = N_("You need do nothing now. The agency calls you when something changes.")


def answer_page(reader: Reader, secret: str) -> Response:
    """What stands, and the form that is due; after a form what came of it."""
    if reader.form is None:
        return _drawn(reader, open_own_page(secret=secret))
    try:
        _take(reader, secret)
    except (InvalidInput, Refused) as problem:
        sheet = look_at_own_page(secret=secret)
        status = 400 if isinstance(problem, InvalidInput) else 409
        return _drawn(reader, sheet, problem.sentence, status)
    kept = Reader(reader.language, reader.path, reader.query, is_personal=True)
    return _drawn(kept, look_at_own_page(secret=secret), saved=True)


def _take(reader: Reader, secret: str) -> None:
    slot = reader.entered("slot")
    if slot.isdecimal() and len(slot) < 10:
        choose_slot_by_link(secret=secret, slot_id=int(slot))
        return
    goes, reason = reader.entered("goes"), reader.entered("reason")
    if goes not in ("yes", "no") or (reason and reason not in set(DeclineReason)):
        raise InvalidInput(N_("Choose first: do you go or not?"))
    reply_by_link(
        secret=secret,
        goes=goes == "yes",
        reason=DeclineReason(reason) if reason else None,
        note=reader.entered("note"),
    )


def _drawn(
    reader: Reader,
    sheet: CandidateSheet,
    problem: Sentence | None = None,
    status: int = 200,
    *,
    saved: bool = False,
) -> Response:
    otherwise = ON_THE_WAY if sheet.status in UNDER_WAY else NOT_WITH_EMPLOYER
    title = reader.say(TITLES.get(sheet.status, otherwise))
    notice = ""
    if problem is not None:
        what, why = reader.say(N_("✕ Not saved")), reader.render(problem)
        notice = f'<div class="card bad" role="alert"><strong>{what}</strong><p>{why}</p></div>'
    elif saved:
        what = reader.say(N_("✓ Your answer is noted"))
        notice = f'<div class="card good" role="status"><strong>{what}</strong></div>'
    body = (
        f"<h1>{title}</h1>{notice}<p>{described(reader, sheet.work)}</p>{_pay(reader, sheet)}"
        + _interview(reader, sheet)
        + _question(reader, sheet)
    )
    return page(reader, title, body, status)


def _pay(reader: Reader, sheet: CandidateSheet) -> str:
    work = sheet.work
    if work.pay_amount is None or work.pay_currency is None or work.pay_period is None:
        return ""
    pay = reader.say(
        N_("Promised pay: {money} ({period}), before deductions and taxes."),
        money=Term("money", f"{work.pay_amount} {work.pay_currency}"),
        period=Term("PayPeriod", work.pay_period.value),
    )
    return f"<p>{pay}</p>"


def _question(reader: Reader, sheet: CandidateSheet) -> str:
    asked = sheet.confirmation
    if sheet.status is C.SENT and sheet.choice is EmployerChoice.TALK:
        after = N_("After the interview we will tell you the employer's answer.")
        return f"<p>{reader.say(after)}</p>"
    if sheet.status is not C.EMPLOYER_SELECTED or asked is None:
        otherwise = ON_THE_WAY if sheet.status in UNDER_WAY else WE_CALL
        return f"<p>{reader.say(NEXT.get(sheet.status, otherwise))}</p>"
    if asked.status is not ConfirmationStatus.ASKED:
        return f"<p>{reader.say(NEXT[C.CANCELLED])}</p>"
    until = reader.say(N_("Answer by {day}, that day included."), day=asked.last_day)
    silence = reader.say(
        N_("If you do not answer by then, the place goes to the next candidate in line.")
    )
    follows = reader.say(
        N_(
            "If you go: we invite you to the orientation and help with the papers. The service is "
            "free of charge: pay nobody."
        )
    )
    yes = _radio(reader, "yes", N_("Yes, I go"))
    no = _radio(reader, "no", N_("No, I do not go"))
    words = [reader.say(text) for text in (N_("Do you go?"), N_("Send my answer"))]
    return f"""<div class="card"><p><strong>{until}</strong></p>
<p>{silence}</p><p>{follows}</p></div>
<form method="post" action="{reader.address(reader.path)}">
<fieldset><legend>{words[0]}</legend>{yes}{no}{_reason(reader)}</fieldset>
<button type="submit">{words[1]}</button></form>"""


def _radio(reader: Reader, value: str, label: str) -> str:
    checked = " checked" if reader.entered("goes") == value else ""
    return (
        f'<label class="choice"><input type="radio" name="goes" value="{value}"{checked} required>'
        f"{reader.say(label)}</label>"
    )


def _reason(reader: Reader) -> str:
    typed = reader.entered("reason")
    options = "".join(
        f'<option value="{one.value}"{" selected" if typed == one.value else ""}>'
        f"{reader.show(Term('DeclineReason', one.value))}</option>"
        for one in DeclineReason
    )
    note = escape(reader.entered("note"), quote=True)
    why = reader.say(N_("If you do not go: why"))
    words = reader.say(N_("In your own words, if you like"))
    return f"""<label for="reason">{why}</label>
<select id="reason" name="reason"><option value="">–</option>{options}</select>
<label for="note">{words}</label>
<input id="note" name="note" maxlength="600" value="{note}">"""


def _interview(reader: Reader, sheet: CandidateSheet) -> str:
    parts = []
    if sheet.slot is not None:
        mine = reader.say(
            N_("Your interview: {when} (Tbilisi time). {place}"),
            when=sheet.slot.starts_at,
            place=sheet.slot.place,
        )
        parts.append(f"<p><strong>{mine}</strong></p>")
    elif sheet.choice is EmployerChoice.TALK and sheet.status is C.SENT:
        wish = N_("The employer wants to talk to you before it answers. Choose a time:")
        none = N_("The employer wants to talk to you. We will call you about the time.")
        parts.append(f"<p>{reader.say(wish if sheet.free_slots else none)}</p>")
    if sheet.free_slots:
        radios = "".join(
            f'<label class="choice"><input type="radio" name="slot" value="{slot.id}" required>'
            f"{reader.show(slot.starts_at)} · {escape(slot.place)}</label>"
            for slot in sheet.free_slots
        )
        legend = reader.say(
            N_("Choose another time") if sheet.slot else N_("Free times (Tbilisi time)")
        )
        choose = reader.say(N_("Choose this time"))
        parts.append(
            f'<form method="post" action="{reader.address(reader.path)}"><fieldset>'
            f"<legend>{legend}</legend>{radios}</fieldset>"
            f'<button type="submit">{choose}</button></form>'
        )
    return "".join(parts)
