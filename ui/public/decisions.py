"""Decisions of the commission for anybody: the list of sessions, and one session's extract."""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from documents import extract as papers
from documents.speech import Speech
from domain.enums import FileFormat
from domain.records.extracts import PublishedExtract
from domain.texts import N_
from services import texts
from services.official_documents import extracts
from services.official_documents.attachments import MIME
from ui.public.page import Reader, page, table

TITLE = N_("Decisions of the commission")
ABOUT = N_(
    "After each session the commission publishes how it decided: how many people were considered "
    "for each job, how many were approved, and on what grounds others were not. No person is "
    "named, and small numbers are held back so that nobody can be recognised in them."
)
SESSION = N_("Session {number}: extract of the decisions")
DOWNLOAD = N_("Download")
CODE = N_("Verification code {code}. Edition {edition}, published on {day}.")
CHECK = N_("Check it")
WITHDRAWN = N_("Withdrawn on {day}")


def list_page(reader: Reader) -> Response:
    """All sessions with a published extract."""
    published = extracts.list_extracts()
    body = f"<h1>{reader.say(TITLE)}</h1><p>{reader.say(ABOUT)}</p>"
    if not published:
        nothing = reader.say(N_("Nothing is published yet."))
        later = reader.say(
            N_("An extract appears here when the chair of a closed session publishes it.")
        )
        return page(reader, reader.say(TITLE), f'{body}<div class="card">{nothing} {later}</div>')
    rows = [
        (
            reader.link(f"/public/decisions/{one.session_number}", reader.show(one.session_number)),
            reader.show(one.held_on),
            reader.say(N_("withdrawn on {day}"), day=one.withdrawn_on)
            if one.withdrawn_on
            else reader.show(one.published_on),
        )
        for one in published
    ]
    heads = [reader.say(head) for head in (N_("Session"), N_("Held on"), N_("Published on"))]
    return page(reader, reader.say(TITLE), body + table(heads, rows, reader.say(TITLE)))


def session_page(reader: Reader, number: str) -> Response:
    """One session's extract."""
    published = extracts.read_extract(number)
    title = reader.say(SESSION, number=number)
    body = f"<h1>{title}</h1>"
    if published.withdrawn_on:
        strong = reader.say(WITHDRAWN, day=published.withdrawn_on)
        reason = escape(published.withdrawal_reason or "")
        card = f'<div class="card bad" role="alert"><strong>{strong}</strong><p>{reason}</p></div>'
        return page(reader, title, body + card)
    return page(reader, title, body + _extract(reader, published))


def _extract(reader: Reader, published: PublishedExtract) -> str:
    extract, say = published.extract, Speech(reader.language, texts.show)
    facts = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>"
        for label, value in papers.facts(extract, say)
    )
    tables = "".join(
        f"<h2>{escape(title)}</h2>"
        + table(
            [escape(head) for head in part.heads],
            [[escape(cell) for cell in row] for row in part.rows],
            escape(title),
            part.numbers,
        )
        for title, part in papers.tables(extract, say)
    )
    note = escape(papers.agreement(extract, say))
    return (
        f"<p>{reader.say(papers.ABOUT, least=extract.least)}</p>"
        f"<dl>{facts}</dl>{tables}"
        f"{f'<p>{note}</p>' if note else ''}{_downloads(reader, published)}"
    )


def _downloads(reader: Reader, published: PublishedExtract) -> str:
    path = f"/public/decisions/{published.extract.session_number}"
    links = " · ".join(
        f'<a href="{reader.address(f"{path}.{form}")}" download>{form.upper()}</a>'
        for form in ("pdf", "csv")
    )
    code = reader.say(
        CODE,
        code=published.code,
        edition=published.extract.edition,
        day=published.published_on,
    )
    check = reader.link("/public/verify", reader.say(CHECK), code=published.code)
    return (
        f'<div class="card"><p><strong>{reader.say(DOWNLOAD)}:</strong> {links}</p>'
        f"<p>{code} {check}</p></div>"
    )


def session_file(reader: Reader, number: str, form: str) -> Response:
    """The extract as a file to keep, in the reader's language."""
    kind = FileFormat(form)
    content = extracts.read_extract_file(number, reader.language, kind)
    name = f"{number}-{reader.language}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MIME[kind], headers=headers)
