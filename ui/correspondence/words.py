"""Signs and short words of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from domain.enums import ExecutionState, LetterStatus
from domain.records.correspondence import LetterRecord, Named, Resolution
from domain.texts import Sentence
from ui import marks, messages, navigation
from ui.buttons import guarded_button
from ui.language import _, label, language, number, say
from ui.messages import plain

SIGNS: Mapping[ExecutionState, str] = {
    ExecutionState.OVERDUE: "✕",
    ExecutionState.DUE: "◐",
    ExecutionState.OPEN: "○",
    ExecutionState.DONE: "✓",
}
TONES: Mapping[ExecutionState, str] = {
    ExecutionState.OVERDUE: "not_met",
    ExecutionState.DUE: "partly",
    ExecutionState.OPEN: "accent",
    ExecutionState.DONE: "met",
}
OPENED = "letter.opened"


def light(state: ExecutionState | None) -> str:
    """Traffic light: sign and word, for a table cell."""
    return f"{SIGNS[state]} {label(state)}" if state else "–"


def light_chip(state: ExecutionState) -> str:
    """Traffic light: colour, sign and word, as HTML."""
    return marks.tag(light(state), TONES[state])


def names(people: Iterable[Named]) -> str:
    """Names in the reader's script."""
    return ", ".join(one.name(language()) for one in people)


def name(one: Named | None) -> str:
    """One name; a dash where nobody is meant."""
    return one.name(language()) if one else "–"


def days_left(resolution: Resolution) -> str:
    """How far the deadline is, in working days."""
    left = resolution.working_days_left
    if left < 0:
        return _("{count} working days late").format(count=number(-left))
    if left == 0:
        return _("today is the last day")
    return _("{count} working days left").format(count=number(left))


def button(title: str, refusal: Sentence | None, *, key: str, primary: bool = False) -> bool:
    """A button that says why it can't be pressed."""
    return guarded_button(
        title,
        plain(say(refusal)) if refusal else None,
        key=key,
        type="primary" if primary else "secondary",
    )


def closed_way(record: LetterRecord, title: str, refusal: Sentence, *, key: str) -> None:
    """A way that is closed to the reader: the button, and beneath it why, also on a phone.

    Nothing where the letter is filed or void: its status says it all.
    """
    if record.summary.status not in (LetterStatus.CLOSED, LetterStatus.VOID):
        button(title, refusal, key=key)
        st.caption(plain(say(refusal)))


def keep(record: LetterRecord) -> None:
    """The letter in hand, as the last act left it: no new reading."""
    st.session_state[OPENED] = ((record.summary.id, navigation.visit()), record)


def act(done: str, change: Callable[[], LetterRecord]) -> None:
    """Do it, say so, and show the letter as it is then; a refusal is said and nothing is lost."""
    with messages.refusals(field_labels()):
        keep(change())
        messages.success(done)
        st.rerun()


def field_labels() -> dict[str, str]:
    """What the fields of a letter are called."""
    return {
        "subject": _("Subject"),
        "organisation": _("Organisation"),
        "person": _("Person"),
        "their_number": _("Their number"),
        "their_date": _("Their date"),
        "dated_on": _("Received on"),
        "due_on": _("Answer by"),
        "vacancy": _("Vacancy"),
        "session": _("Session"),
        "candidacy_id": _("Candidacy"),
        "reply_to_id": _("Answers letter"),
        "text": _("Content in short"),
    }
