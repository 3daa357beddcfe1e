"""The sign-in page: plain HTML in both languages, since nobody has chosen one yet."""

from __future__ import annotations

import functools
from html import escape
from pathlib import Path
from string import Template

import streamlit

from domain.enums import Role
from domain.texts import N_, Sentence, Term
from services import texts
from services.officers import accounts
from services.operations.environment import banner

TEMPLATE = Path(__file__).parent / "signin.html"

TITLE = N_("Temporary lawful employment abroad")
USERNAME = N_("Username")
PASSWORD = N_("Password")
ENTER = N_("Sign in")
FORGOTTEN = N_("Forgotten password? An administrator gives you a new one.")
PUBLIC = N_("Without signing in: decisions of the commission, check of a paper")
DEMO = N_("Demonstration: accounts to try")
ALL_HAVE = N_("Password of all of them")


@functools.cache
def _template() -> Template:
    return Template(TEMPLATE.read_text(encoding="utf-8"))


def page(wanted: str, username: str = "", problem: Sentence | None = None) -> str:
    """The whole page; `wanted` is where sign-in leads, `problem` why the last try failed."""
    return _template().substitute(
        latin_font=latin_font(),
        title_ka=_ka(TITLE),
        title_en=TITLE,
        username_label=_both(USERNAME),
        password_label=_both(PASSWORD),
        enter=f'{_ka(ENTER)} <span lang="en">· {ENTER}</span>',
        forgotten_ka=_ka(FORGOTTEN),
        forgotten_en=FORGOTTEN,
        problem=_problem(problem) if problem else "",
        username=escape(username[:80], quote=True),
        next=escape(wanted, quote=True),
        public=_both(PUBLIC),
        environment=_environment(),
        demo=_demo(),
        focus_username="" if username else "autofocus",
        focus_password="autofocus" if username else "",  # noqa: S106 - an HTML attribute
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


def _both(text: str) -> str:
    return f'{_ka(text)} <span lang="en">· {escape(text)}</span>'


def _environment() -> str:
    said = banner()
    return f'<p class="environment" role="note">{_both(said)}</p>' if said else ""


def _problem(problem: Sentence) -> str:
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
        f"<details><summary>{_both(DEMO)}</summary><table>{rows}</table>"
        f"<p>{_both(ALL_HAVE)}: <code>{escape(known[0].password)}</code></p></details>"
    )


def _role(role: Role) -> str:
    term = Term("Role", role.value)
    georgian, english = (escape(texts.term(term, language)) for language in ("ka", "en"))
    return f'{georgian} <span lang="en">· {english}</span>'
