"""Anybody may complain about work abroad, without a name, and look later where the case stands."""

from __future__ import annotations

from functools import partial
from html import escape

from starlette.responses import Response

from domain.enums import CaseCategory
from domain.exceptions import DoneAlready, InvalidInput, NotFound, Refused, UnusableFile
from domain.records.monitoring import CaseLook
from domain.texts import N_, Sentence, Term
from services.monitoring.complaints import (
    complain_publicly,
    look_at_complaint,
    new_secret,
    tell_more,
)
from services.requests import without_request
from ui.public import fields
from ui.public.check_in import CALL_112, COMPLAINTS, DANGER, SEND_COMPLAINT
from ui.public.page import Reader, page

TITLE = N_("Complaint about work abroad")
SHOW, ADD = N_("Show"), N_("Add to the case")
NUMBER, CASE_SECRET = N_("Number of the case"), N_("Secret")
COUNTRIES = ("DE", "BG", "FR", "IL", "PL", "TR", "AT", "CZ", "ES", "GR", "IT", "PT", "RO")


def complaint_page(reader: Reader) -> Response:
    """The form for a complaint, and the one that shows where a case stands."""
    if reader.form is None:
        return _drawn(reader)
    try:
        if reader.entered("what") == "look":
            return _drawn(_emptied(reader), _standing(reader, _looked(reader)))
        if reader.entered("what") == "more":
            tell_more(
                number=reader.entered("number"),
                secret=reader.entered("case_secret"),
                text=reader.entered("more"),
            )
            what = reader.say(N_("✓ It was added to your case"))
            return _drawn(_emptied(reader), fields.notice("good", what, ""))
        return _drawn(_emptied(reader), _registered(reader))
    except (InvalidInput, Refused, NotFound, UnusableFile) as problem:
        what, why = reader.say(N_("✕ Not sent")), reader.render(problem.sentence)
        return _drawn(reader, fields.notice("bad", what, why), 400)


def _emptied(reader: Reader) -> Reader:
    return Reader(reader.language, reader.path, reader.query)


def _looked(reader: Reader) -> CaseLook:
    return look_at_complaint(number=reader.entered("number"), secret=reader.entered("case_secret"))


def _registered(reader: Reader) -> str:
    category = fields.one_of(reader, "category", CaseCategory)
    if category is None:
        raise InvalidInput(N_("Choose what the complaint is about."))
    country = reader.entered("country")
    send = partial(
        complain_publicly,
        secret=reader.entered("secret"),
        category=category,
        text=reader.entered("text"),
        country=country if country in COUNTRIES else None,
        employer=reader.entered("employer"),
        contact=reader.entered("contact"),
        in_danger=reader.entered("in_danger") == "yes",
        photos=tuple((file.name, file.content) for file in reader.files),
    )
    try:
        done = send()
    except DoneAlready:
        # Its first answer may have been lost: the number is told again, the case stays one.
        with without_request():
            done = send()
    secret = done.secret or ""
    parted = "-".join(secret[place : place + 4] for place in range(0, 16, 4))
    note = reader.say(
        N_("Note both now: with them you can see where your case stands. They are not shown again.")
    )
    rows = (
        f"<dl><dt>{reader.say(NUMBER)}</dt><dd><code>{escape(done.look.number)}"
        f"</code></dd><dt>{reader.say(CASE_SECRET)}</dt><dd><code>{parted}</code></dd></dl>"
    )
    until = reader.say(
        N_("A monitoring officer begins before {moment} (time in Georgia)."),
        moment=done.look.act_until,
    )
    what = reader.say(N_("✓ Your complaint has arrived"))
    return (
        f'<div class="card good" role="status"><strong>{what}</strong>{rows}<p>{note}</p>'
        f"<p>{until}</p></div>"
    )


def _standing(reader: Reader, look: CaseLook) -> str:
    status = Term("CaseStatus", look.status.value)
    what = reader.say(N_("Case {case}: {status}"), case=look.number, status=status)
    if look.outcome is not None:
        outcome = Term("CaseOutcome", look.outcome.value)
        why = Sentence(N_("Outcome: {outcome}."), {"outcome": outcome})
    elif look.started_at is not None:
        why = Sentence(
            N_("A monitoring officer has been working on it since {moment}."),
            {"moment": look.started_at},
        )
    else:
        why = Sentence(
            N_("A monitoring officer begins before {moment} (time in Georgia)."),
            {"moment": look.act_until},
        )
    return fields.notice("good", what, reader.render(why))


def _drawn(reader: Reader, notice: str = "", status: int = 200) -> Response:
    title = reader.say(TITLE)
    intro = reader.say(
        N_(
            "For people who work or worked abroad, and for whoever knows of something. You need "
            "give no name. Only the monitoring officers of the state read what you write; your "
            "employer never learns of it through us."
        )
    )
    body = (
        f"<h1>{title}</h1>{notice}<p>{intro}</p><p><strong>{reader.say(CALL_112)}</strong></p>"
        f"{_form(reader)}{_look_form(reader)}"
    )
    return page(reader, title, body, status)


def _form(reader: Reader) -> str:
    secret = reader.entered("secret") or new_secret()
    countries = [(code, reader.show(Term("country", code))) for code in COUNTRIES]
    return (
        '<form class="phone" method="post" enctype="multipart/form-data">'
        '<input type="hidden" name="what" value="new">'
        f'<input type="hidden" name="secret" value="{escape(secret)}">'
        + fields.select(
            reader,
            "category",
            N_("What is it about?"),
            fields.names(CaseCategory, COMPLAINTS, reader),
        )
        + fields.text(reader, "text", N_("What happened?"))
        + fields.choices(reader, "in_danger", N_("Are you or others in danger?"), DANGER)
        + fields.select(reader, "country", N_("In which country?"), countries)
        + fields.line(reader, "employer", N_("Which employer, if you want to say?"))
        + fields.line(
            reader,
            "contact",
            N_("How can we reach you, if you want to say?"),
            N_("A phone number or e-mail address. Without it we can't ask back."),
        )
        + fields.photos(reader)
        + f"<button>{reader.say(SEND_COMPLAINT)}</button></form>"
    )


def _look_form(reader: Reader) -> str:
    looks = reader.entered("what") in ("look", "more")
    title = reader.say(N_("Where does my case stand?"))
    number = fields.line(reader, "number", N_("Number of the case"), N_("Such as CASE-2026-0012"))
    secret = fields.line(reader, "case_secret", N_("Secret"))
    more = fields.text(reader, "more", N_("Something to add to the case"))
    return (
        f"<details{' open' if looks else ''}><summary>{title}</summary>"
        f'<form class="phone" method="post">{number}{secret}{more}'
        f'<button name="what" value="look">{reader.say(SHOW)}</button> '
        f'<button class="second" name="what" value="more">{reader.say(ADD)}'
        "</button></form></details>"
    )
