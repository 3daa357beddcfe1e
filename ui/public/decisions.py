"""Decisions of the commission for anybody: the list of sessions, and one session's extract."""

from __future__ import annotations

from starlette.responses import Response

from domain.texts import N_
from services.official_documents import extracts
from ui.public.page import Reader, page, table

TITLE = N_("Decisions of the commission")
ABOUT = N_(
    "After each session the commission publishes how it decided: how many people were considered "
    "for each job, how many were approved, and on what grounds others were not. No person is "
    "named, and numbers below five are not shown where they could point at somebody."
)


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
