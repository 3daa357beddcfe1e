"""The sign-in page: plain HTML in both languages, since nobody has chosen one yet."""

from __future__ import annotations

import functools
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode

import streamlit

from domain.enums import Role
from domain.texts import N_, Sentence, Term
from services import texts
from services.officers import accounts, provider
from services.operations.environment import banner

TEMPLATE = Path(__file__).parent / "signin.html"

TITLE = N_("Temporary lawful employment abroad")
USERNAME = N_("Username")
PASSWORD = N_("Password")
ENTER = N_("Sign in")
PROVIDER = N_("Sign in with your work account")
FORGOTTEN = N_("Forgotten password? An administrator gives you a new one.")
PUBLIC = N_("Without signing in: decisions of the commission, check of a paper")
DEMO = N_("Demonstration: accounts to try")
ALL_HAVE = N_("Password of all of them")


@functools.cache
def _template() -> Template:
    return Template(TEMPLATE.read_text(encoding="utf-8"))


def page(wanted: str, username: str = "", problem: Sentence | None = None) -> str:
    """The whole page; `wanted` is where sign-in leads, `problem` why the last try failed."""
    focus_username = "" if username else "autofocus"
    focus_password = "autofocus" if username else ""  # noqa: S105 - an HTML attribute
    form = (
        f"{problem_of(problem)}"
        '<form method="post" action="/signin">'
        f'<label for="username">{both(USERNAME)}</label>'
        f'<input id="username" name="username" value="{escape(username[:80], quote=True)}" '
        'autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="80" '
        f"required {focus_username}>"
        f'<label for="password">{both(PASSWORD)}</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" '
        f'maxlength="128" required {focus_password}>'
        f'<input type="hidden" name="next" value="{escape(wanted, quote=True)}">'
        f'<button type="submit">{both(ENTER)}</button></form>{_provider(wanted)}'
        f'<p class="hint">{_ka(FORGOTTEN)}<br><span lang="en">{FORGOTTEN}</span></p>'
    )
    return framed(
        form, f'<p class="public"><a href="/public/decisions">{both(PUBLIC)}</a></p>' + _demo()
    )


def _provider(wanted: str) -> str:
    if not provider.is_configured():
        return ""
    query = "" if wanted == "/" else f"?{urlencode({'next': wanted})}"
    address = escape(f"/signin/oidc{query}", quote=True)
    return f'<p class="provider"><a href="{address}">{both(PROVIDER)}</a></p>'


def framed(body: str, below: str = "") -> str:
    """A page around a form; `body` and `below` are HTML already."""
    return _template().substitute(
        latin_font=latin_font(),
        title_ka=_ka(TITLE),
        title_en=TITLE,
        environment=_environment(),
        body=body,
        below=below,
    )


@functools.cache
def latin_font() -> str:
    """Address of the Latin font that the screens use."""
    # The screens' own Latin font; its file name carries a hash of the installed version.
    assets = Path(streamlit.__file__).parent / "static"
    found = next(assets.glob("static/media/SourceSansVF-Upright*.woff2"))
    return f"/{found.relative_to(assets).as_posix()}"


def _ka(text: str) -> str:
    return escape(texts.translate(text, "ka"))


def both(text: str) -> str:
    """The message in both languages, safe to stand in HTML."""
    return f'{_ka(text)} <span lang="en">· {escape(text)}</span>'


def _environment() -> str:
    said = banner()
    return f'<p class="environment" role="note">{both(said)}</p>' if said else ""


def problem_of(problem: Sentence | None) -> str:
    """What hinders, in both languages; nothing where nothing does."""
    if problem is None:
        return ""
    georgian, english = (escape(texts.render(problem, language)) for language in ("ka", "en"))
    return f'<div class="problem" role="alert"><p>{georgian}</p><p lang="en">{english}</p></div>'


def _demo() -> str:
    known = accounts.demo_accounts()
    if not known:
        return ""
    rows = "".join(
        f"<tr><td><code>{escape(one.username)}</code></td><td>{_role(one.role)}</td></tr>"
        for one in known
    )
    return (
        f"<details><summary>{both(DEMO)}</summary><table>{rows}</table>"
        f"<p>{both(ALL_HAVE)}: <code>{escape(known[0].password)}</code></p></details>"
    )


def _role(role: Role) -> str:
    term = Term("Role", role.value)
    georgian, english = (escape(texts.term(term, language)) for language in ("ka", "en"))
    return f'{georgian} <span lang="en">· {english}</span>'
