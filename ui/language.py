"""Everything a screen says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from domain.exceptions import LabourMigrationError
from domain.records.officer import Officer
from domain.texts import Sentence, Term
from services import texts
from services.officers import accounts
from services.texts import LANGUAGES
from ui import session

KEY = "language"
OUTSIDE_A_RERUN = "ka"  # a deferred download's thread has no session: say texts before it starts
SWITCH = "language.switch"
TITLE = "ენა / Language"  # for readers of either
T = TypeVar("T")


def language() -> str:
    """The reader's language: of this session, else of the officer, else of the browser."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return OUTSIDE_A_RERUN
    chosen = st.session_state.get(KEY)
    if chosen in LANGUAGES:
        return str(chosen)
    return "en" if (st.context.locale or "ka").startswith("en") else "ka"


def read_in(officer: Officer) -> None:
    """Called by the router: from now on this session reads in the officer's language."""
    st.session_state[KEY] = officer.language


def _(text: str) -> str:
    """The message in the reader's language; placeholders are filled by the caller's `.format`."""
    return texts.translate(text, language())


def say(sentence: Sentence | LabourMigrationError) -> str:
    """A sentence (or the one an exception carries) with its values named and formatted."""
    if isinstance(sentence, LabourMigrationError):
        sentence = sentence.sentence
    return texts.render(sentence, language())


def name(value: Term | None) -> str:
    """The name of a code; a dash where nothing is known."""
    return texts.term(value, language()) if value else "–"


def term_name(kind: str, code: str | None) -> str:
    """`name(Term(kind, code))`, for codes that may be missing."""
    return name(Term(kind, code)) if code else "–"


def label(member: StrEnum | None) -> str:
    """What a member of a closed list is called."""
    return term_name(type(member).__name__, member.value) if member else "–"


def day(value: date | None) -> str:
    """A date as 22.11.2026."""
    return value.strftime("%d.%m.%Y") if value else "–"


def moment(value: datetime | None) -> str:
    """A point in time as 22.11.2026 14:05, on Georgia's clocks."""
    return texts.show(value, language()) if value else "–"


def month_name(code: str) -> str:
    """A month such as 2026-11 in words."""
    return texts.month(date.fromisoformat(f"{code}-01"), language())


def number(value: int | float | Decimal | None) -> str:
    """A number with the separators of the language; a dash where it is unknown."""
    return "–" if value is None else texts.show(value, language())


def by_name(values: Iterable[T], kind: str) -> list[T]:
    """Codes sorted by what the reader calls them."""
    return sorted(values, key=lambda code: texts.term(Term(kind, str(code)), language()).casefold())


def switch() -> None:
    """ქართული | English, kept per officer."""
    st.session_state[SWITCH] = language()
    st.segmented_control(
        TITLE,
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key=SWITCH,
        required=True,
        label_visibility="collapsed",
        on_change=_keep,
    )


def _keep() -> None:
    officer = session.current_officer()
    if officer is not None and st.session_state.get(SWITCH):
        accounts.set_language(language=st.session_state[SWITCH], by=officer)
