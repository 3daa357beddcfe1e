"""A person's own page behind a personal link: who looked at their data, and a form for requests."""

from __future__ import annotations

from starlette.responses import Response

from domain.enums import PrivacyRequestKind
from domain.exceptions import InvalidInput
from domain.records.privacy import Access
from domain.texts import N_, Sentence, Term
from services.privacy import my_data
from services.privacy.my_data import MyData, OwnRequest
from ui.audit_words import what_happened
from ui.public.fields import text
from ui.public.page import Reader, page, table

TITLE = N_("Your data")


def my_data_page(reader: Reader, secret: str) -> Response:
    """Who looked, what was asked, and the form; what was typed stays after a problem."""
    if reader.form is None:
        return _page(reader, my_data.open_my_data(secret=secret))
    chosen = reader.entered("kind")
    kind = PrivacyRequestKind(chosen) if chosen in set(PrivacyRequestKind) else None
    try:
        number = my_data.ask_by_link(secret=secret, kind=kind, wish=reader.entered("wish"))
    except InvalidInput as wrong:
        first = wrong.problems[0].sentence if wrong.problems else wrong.sentence
        return _page(reader, my_data.open_my_data(secret=secret), first)
    return _page(reader, my_data.open_my_data(secret=secret), done=number)


def _page(
    reader: Reader, told: MyData, problem: Sentence | None = None, done: str | None = None
) -> Response:
    title = reader.say(TITLE)
    about = reader.say(
        N_("File {file}. This page opens until {until}."),
        file=told.external_id,
        until=told.open_until,
    )
    body = f"<h1>{title}</h1><p>{about}</p>{_done(reader, done)}{_seen(reader, told.seen)}"
    body += _requests(reader, told.requests) + _form(reader, problem, is_empty=done is not None)
    return page(reader, title, body, 422 if problem else 200)


def _done(reader: Reader, number: str | None) -> str:
    if number is None:
        return ""
    strong = reader.say(N_("Your request {number} has arrived."), number=number)
    later = reader.say(N_("The agency answers within ten working days."))
    return f'<div class="card good" role="status"><strong>✓ {strong}</strong><p>{later}</p></div>'


def _seen(reader: Reader, seen: tuple[Access, ...]) -> str:
    heading = reader.say(N_("Who saw your data"))
    if not seen:
        nobody = reader.say(N_("Nobody has opened this file yet."))
        return f'<h2>{heading}</h2><div class="card">{nobody}</div>'
    heads = [reader.say(head) for head in (N_("When"), N_("Organisation"), N_("Role"), N_("What"))]
    rows = [
        (
            reader.show(one.happened_at),
            reader.show(_organisation(one, reader.language)),
            reader.show(Term("Role", one.role.value)) if one.role else "–",
            reader.show(what_happened(one.action, one.entity, reader.language)),
        )
        for one in seen
    ]
    return f"<h2>{heading}</h2>{table(heads, rows, heading, stacks=True)}"


def _organisation(one: Access, language: str) -> str:
    named = one.organisation_ka if language == "ka" else one.organisation_en
    return named or "–"


def _requests(reader: Reader, requests: tuple[OwnRequest, ...]) -> str:
    if not requests:
        return ""
    heading = reader.say(N_("Your requests"))
    heads = [
        reader.say(head)
        for head in (N_("Number"), N_("Asks for"), N_("Status"), N_("Last day"), N_("Answer"))
    ]
    rows = [
        (
            reader.show(one.number),
            reader.show(Term("PrivacyRequestKind", one.kind.value)),
            reader.show(Term("PrivacyRequestStatus", one.status.value)),
            reader.show(one.due_on),
            reader.show(one.answer or "–"),
        )
        for one in requests
    ]
    return f"<h2>{heading}</h2>{table(heads, rows, heading, stacks=True)}"


def _form(reader: Reader, problem: Sentence | None, *, is_empty: bool) -> str:
    chosen = "" if is_empty else reader.entered("kind")
    options = "".join(
        f'<label class="choice"><input type="radio" name="kind" value="{kind.value}"'
        f"{' checked' if kind.value == chosen else ''}>"
        f"{reader.show(Term('PrivacyRequestKind', kind.value))}</label>"
        for kind in PrivacyRequestKind
    )
    alarm = (
        f'<div class="card bad" role="alert"><strong>{reader.render(problem)}</strong></div>'
        if problem
        else ""
    )
    legend = reader.say(N_("What do you ask for?"))
    send = reader.say(N_("Send the request"))
    title = reader.say(N_("A new request"))
    words = text(reader, "wish", N_("In your words: what is wrong, or what is to be looked at"))
    return (
        f"<h2>{title}</h2>{alarm}"
        f'<form method="post" action="{reader.address(reader.path)}">'
        f"<fieldset><legend>{legend}</legend>{options}</fieldset>{words}"
        f'<button type="submit">{send}</button></form>'
    )
