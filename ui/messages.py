"""What the system says back: refusals, successes, and data made safe for markdown."""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st

from domain.exceptions import DoneAlready, FieldProblem, InvalidInput, LabourMigrationError
from domain.texts import Sentence
from services.operations.metrics import count_error
from ui.language import _, say
from ui.navigation import page_link

log = logging.getLogger("screens")

QUEUE = "messages.queue"
# Between letters or figures a dash, a dot and a plus mark nothing: a name for assistive technology
# that is read from a label stays clean ("SAMPLE-0209").
_MARKS = re.compile(r"((?<![^\W_])[-.+]|[-.+](?![^\W_])|[\\`*_{}\[\]<>()#!|~$:^=&@])")
_JOINER = "\u2060"  # invisible: parts what markdown would join to a link or an icon
_LINKS = re.compile(r"(?i)(?<=http)(?=s?:)|(?<=www)(?=\.)|(?<=mailto)(?=:)")
_ICONS = re.compile(r":(?=[\w/+-]+:)")


@dataclass(frozen=True)
class _Message:
    text: str
    next_label: str | None = None
    next_page: str | None = None
    query: Mapping[str, object] = field(default_factory=dict)


def plain(text: object) -> str:
    """Text of people, safe in markdown and labels: no link, image or formatting comes of it."""
    line = " ".join(str(text).split())
    parted = _ICONS.sub(":" + _JOINER, _LINKS.sub(_JOINER, line))
    return _MARKS.sub(r"\\\1", parted)


def show(error: LabourMigrationError, labels: Mapping[str, str] | None = None) -> None:
    """The refusal's sentence and, one a line, each field that can't be accepted.

    `labels` names the fields for the reader: `{"birth_date": _("Birth date")}`.
    """
    if isinstance(error, DoneAlready):
        # A second click, or the same order after a lost answer: the screen shows what is there now.
        success(say(error))
        st.rerun()
    lines = [plain(say(error))]
    if isinstance(error, InvalidInput):
        lines += [_problem(problem, labels or {}) for problem in error.problems]
    st.error("\n".join(lines))


def _problem(problem: FieldProblem, labels: Mapping[str, str]) -> str:
    sentence = plain(say(problem.sentence))
    named = labels.get(problem.field)
    return f"- **{plain(named)}**: {sentence}" if named else f"- {sentence}"


@contextmanager
def refusals(labels: Mapping[str, str] | None = None) -> Iterator[None]:
    """Turn what a service refuses into a message; the lines after the refusal don't run."""
    try:
        yield
    except LabourMigrationError as error:
        show(error, labels)


def refusal_of(check: Callable[[], None]) -> Sentence | None:
    """Why a `check_can_…` refuses, for a disabled button and its tooltip; None when it passes."""
    try:
        check()
    except LabourMigrationError as error:
        return error.sentence
    return None


def apologise(error: Exception) -> bool:
    """What nobody expected, as a sentence with a number that the log knows too.

    The log gets no message of the exception: it could hold what somebody entered.
    """
    if isinstance(error, LabourMigrationError):
        show(error)
        return True
    number = secrets.token_hex(4)
    count_error("screen")
    trace = "".join(traceback.format_tb(error.__traceback__))
    log.log(logging.ERROR, "error %s: %s\n%s", number, type(error).__name__, trace)
    text = _(
        "Something went wrong on our side; nothing was saved by halves. Try again. "
        "If it happens once more, tell an administrator this number: {number}"
    )
    st.error(text.format(number=number))
    return True


def success(
    text: str, next_label: str | None = None, next_page: str | None = None, **query: object
) -> None:
    """Say what was done, and offer what comes next; survives a rerun or a change of screen."""
    queue = st.session_state.setdefault(QUEUE, [])
    queue.append(_Message(text, next_label, next_page, query))


def show_pending() -> None:
    """Called by the router: what `success` left to say."""
    for message in st.session_state.pop(QUEUE, []):
        with st.container(border=True):
            text = f":green[**✓**] {plain(message.text)}"
            st.markdown(text)
            if message.next_page and message.next_label:
                page_link(message.next_page, message.next_label, icon="➡️", **message.query)


def empty(text: str) -> None:
    """The designed empty state: one quiet sentence that says what to do next."""
    st.info(text)
