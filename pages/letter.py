"""One letter: facts, files, its way through the house, resolutions, who read it.

`?letter=7` names it.
"""

from __future__ import annotations

import streamlit as st

from domain.enums import LetterDirection
from domain.exceptions import NotFound
from domain.records.correspondence import LetterRecord
from domain.records.officer import Officer
from services.correspondence import readers
from ui import layout, messages, navigation
from ui.correspondence import distribution, entry, facts, history, papers, resolutions
from ui.correspondence.words import OPENED, keep
from ui.language import _
from ui.messages import plain


def render(officer: Officer) -> None:
    """What is to be done on the left; facts, files and readers on the right."""
    letter_id = navigation.query_id("letter")
    if letter_id is None:
        layout.header(_("Letter"))
        messages.empty(_("Choose a letter from the register."))
        navigation.page_link("correspondence", _("All letters"), icon="↩️")
        return
    try:
        record = _opened(letter_id, officer)
    except NotFound as nothing:
        layout.header(_("Letter"))
        messages.show(nothing)
        navigation.page_link("correspondence", _("All letters"), icon="↩️")
        return
    with messages.refusals():
        number = record.summary.number or _("Draft")
        layout.header(plain(f"{number} · {record.summary.subject}"))
        facts.status_line(record)
        navigation.page_link("correspondence", _("All letters"), icon="↩️")
        left, right = layout.list_and_detail()
        with left:
            facts.next_step(record, officer)
            if not _went_out(record):
                resolutions.draw(record, officer)
                distribution.draw(record, officer)
            if record.summary.number is not None and not _went_out(record):
                entry.new_letter(officer, answered=record)
            history.draw(record)
        with right:
            facts.card(record)
            papers.draw(record, officer)
            history.readers(record, officer)
            entry.edit(record, officer)
            facts.ending(record, officer)


def _opened(letter_id: int, officer: Officer) -> LetterRecord:
    """The letter, read (and noted as read) once a visit."""
    kept = st.session_state.get(OPENED)
    if not kept or kept[0] != (letter_id, navigation.visit()):
        keep(readers.open_letter(letter_id=letter_id, by=officer))
    record: LetterRecord = st.session_state[OPENED][1]
    return record


def _went_out(record: LetterRecord) -> bool:
    """Whether the letter left the house and nobody within it has to do anything with it."""
    is_outgoing = record.form.direction is LetterDirection.OUTGOING
    return is_outgoing and not record.resolutions and not record.shares
