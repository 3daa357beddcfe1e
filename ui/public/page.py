"""What all public pages share: the reader's language, the frame around a page, its refusals."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from domain.texts import N_, Sentence
from services import requests, texts
from services.operations.environment import banner
from services.texts import LANGUAGES
from ui.signin_page import latin_font

FORM = re.compile(r'<form [^>]*method="post"[^>]*>')
TEMPLATE = Path(__file__).parent / "page.html"
FIRST = "/public/decisions"

TITLE = N_("Temporary lawful employment abroad")
NOTE = N_("These pages name no job-seeker. Nothing is stored about you: no cookies, no tracking.")
PERSONAL_NOTE = N_(
    "This page is for you alone: give its address to nobody. When it is opened is written down; no "
    "cookies, no tracking."
)
SIGN_IN = N_("For officers: sign in")
MENU: tuple[tuple[str, str], ...] = (
    (FIRST, N_("Decisions of the commission")),
    ("/public/recusals", N_("Register of recusals")),
    ("/public/verify", N_("Check a paper")),
    ("/public/complaint", N_("Complaint about work abroad")),
)
"""Public pages by address; the first one answers "/public" too."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a form, as its sender named it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads a public page: all that is known is the language and the address."""

    language: str = "ka"
    path: str = FIRST
    query: Mapping[str, str] = field(default_factory=dict)
    upload: bytes | None = None
    """The file that was sent with a form; never kept."""
    is_personal: bool = False
    """Whether the page stands behind a personal link: no menu, other words at its foot."""
    form: Mapping[str, tuple[str, ...]] | None = None
    """What was sent with a personal page's form; None while it is only read."""
    files: tuple[SentFile, ...] = ()
    first_language: str = "ka"
    """The language of addresses that name none."""

    def entered(self, name: str) -> str:
        """The one value of a form's field, trimmed; empty where nothing was entered."""
        values = (self.form or {}).get(name, ())
        return values[0].strip() if values else ""

    def say(self, text: str, /, **values: object) -> str:
        """A message in the reader's language, safe to stand in HTML."""
        return escape(texts.render(Sentence(text, values), self.language))

    def render(self, sentence: Sentence) -> str:
        """A sentence in the reader's language, safe to stand in HTML."""
        return escape(texts.render(sentence, self.language))

    def show(self, value: object) -> str:
        """A value as this language writes it, safe to stand in HTML."""
        return escape(texts.show(value, self.language))

    def address(self, path: str, language: str | None = None, **query: str) -> str:
        """An address of a public page that keeps the reader's language, safe in an attribute."""
        language = language or self.language
        asked = query | ({} if language == self.first_language else {"lang": language})
        return escape(path + (f"?{urlencode(asked)}" if asked else ""))

    def link(self, path: str, label: str, **query: str) -> str:
        """A link whose label is HTML already."""
        return f'<a href="{self.address(path, **query)}">{label}</a>'


@functools.cache
def _template() -> Template:
    return Template(TEMPLATE.read_text(encoding="utf-8"))


def page(reader: Reader, title: str, body: str, status: int = 200) -> HTMLResponse:
    """The whole page; `title` and `body` are HTML already."""
    text = _template().substitute(
        language=reader.language,
        latin_font=latin_font(),
        title=title,
        service=reader.say(TITLE),
        to_content=reader.say(N_("To the content")),
        menu_label=reader.say(N_("Public pages")),
        menu="" if reader.is_personal else _menu(reader),
        languages=_languages(reader),
        body=_with_request_ids(body),
        environment=_environment(reader),
        signin="" if reader.is_personal else _signin(reader),
        note=reader.say(PERSONAL_NOTE if reader.is_personal else NOTE),
    )
    return HTMLResponse(text, status)


def _environment(reader: Reader) -> str:
    said = banner()
    return f'<p class="environment" role="note">{reader.say(said)}</p>' if said else ""


def _with_request_ids(body: str) -> str:
    """Each form that sends something carries an id of its own: sent twice, it acts once."""
    return FORM.sub(
        lambda form: f'{form[0]}<input type="hidden" name="request" value="{requests.new_id()}">',
        body,
    )


def _signin(reader: Reader) -> str:
    return f'<p><a href="/signin">{reader.say(SIGN_IN)}</a></p>'


def _menu(reader: Reader) -> str:
    links = []
    for path, title in MENU:
        here = ' aria-current="page"' if reader.path.startswith(path) else ""
        links.append(f'<a href="{reader.address(path)}"{here}>{reader.say(title)}</a>')
    return "".join(links)


def _languages(reader: Reader) -> str:
    links = []
    for code, name in LANGUAGES.items():
        if code == reader.language:
            links.append(f'<span lang="{code}" aria-current="true">{name}</span>')
        else:
            there = reader.address(reader.path, code, **dict(reader.query))
            links.append(f'<a href="{there}" lang="{code}" hreflang="{code}">{name}</a>')
    return "".join(links)


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str,
    numbers: Sequence[int] = (),
    *,
    stacks: bool = False,
) -> str:
    """A table of HTML cells; on a narrow screen it scrolls by itself, or each row stacks."""

    def cells(row: Sequence[str], tag: str) -> str:
        return "".join(
            f"<{tag}{' class=number' if place in numbers else ''}"
            f"{' scope=col' if tag == 'th' else ''}>{named(cell, place, tag)}</{tag}>"
            for place, cell in enumerate(row)
        )

    def named(cell: str, place: int, tag: str) -> str:
        is_named = stacks and tag == "td"
        return f'<span class="head">{heads[place]}</span>{cell}' if is_named else cell

    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    style = "wide stacks" if stacks else "wide"
    return (
        f'<div class="{style}" role="region" aria-label="{caption}" tabindex="0"><table>'
        f"<thead><tr>{cells(heads, 'th')}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def refusal(reader: Reader, status: int, sentence: Sentence) -> HTMLResponse:
    """A page that says why there is nothing here, and where to go instead."""
    title = reader.say(REFUSED.get(status, REFUSED[400]))
    if reader.is_personal:
        return page(reader, title, f"<h1>{title}</h1><p>{reader.render(sentence)}</p>", status)
    body = f"<h1>{title}</h1><p>{reader.render(sentence)}</p><p>" + " · ".join(
        reader.link(path, reader.say(name)) for path, name in MENU
    )
    return page(reader, title, body + "</p>", status)


def done_already(reader: Reader, sentence: Sentence) -> HTMLResponse:
    """What a form that came a second time is answered."""
    title = reader.say(N_("We have it already"))
    again = reader.link(reader.path, reader.say(N_("Back to the page")))
    return page(reader, title, f"<h1>{title}</h1><p>{reader.render(sentence)}</p><p>{again}</p>")


REFUSED = {
    400: N_("This address can't be read"),
    404: N_("There is no such page"),
    405: N_("This page takes no form"),
    409: N_("This is not possible now"),
    410: N_("This link is closed"),
    413: N_("The file is too large"),
    429: N_("Too many requests"),
    503: N_("Try again in a moment"),
    500: N_("We can't answer this now"),
}
