"""What a letter is, where it stands, and how it ends."""

from __future__ import annotations

import streamlit as st

from domain.enums import (
    ExecutionState,
    LetterDirection,
    LetterStatus,
    OfficialDocumentStatus,
)
from domain.records.correspondence import LetterRecord
from domain.records.officer import Officer
from services.correspondence import readers, register
from ui import layout, marks
from ui.correspondence.words import act, button, light_chip, name
from ui.language import _, day, label, moment, say
from ui.messages import plain
from ui.navigation import page_link

TONES = {
    LetterStatus.DRAFT: "quiet",
    LetterStatus.DONE: "met",
    LetterStatus.RETURNED: "short",
    LetterStatus.VOID: "not_met",
}

UNSENT = OfficialDocumentStatus.DRAFT
"""Of a letter with a number: it was signed on paper, so its route never began."""


def status_line(record: LetterRecord) -> None:
    """Status, traffic light and day in one row."""
    shown = record.summary
    chips = [marks.tag(label(shown.status), TONES.get(shown.status, "accent"))]
    if shown.state is not None:
        chips.append(light_chip(shown.state))
    if shown.due_on is not None and shown.state is not ExecutionState.DONE:
        chips.append(marks.tag(_("until {day}").format(day=day(shown.due_on))))
    is_sent = shown.status is not LetterStatus.DRAFT
    if record.document_status is not None and not (is_sent and record.document_status is UNSENT):
        status = label(record.document_status)
        chips.append(marks.tag(_("document: {status}").format(status=status)))
    marks.show(*chips)


def card(record: LetterRecord) -> None:
    """Everything that was entered."""
    form, shown = record.form, record.summary
    is_incoming = form.direction is LetterDirection.INCOMING
    rows = {
        _("Kind"): f"{label(form.kind)} · {label(form.direction)}",
        _("From") if is_incoming else _("To"): shown.other_side,
        _("Their number"): " · ".join(
            filter(None, (form.their_number, day(form.their_date) if form.their_date else None))
        ),
        _("Received on") if is_incoming else _("Date"): day(form.dated_on),
        _("Channel"): label(form.channel),
        _("Answer by"): day(form.due_on),
        _("Vacancy"): form.vacancy or "",
        _("Session"): form.session or "",
        _("Candidacy"): str(form.candidacy_id or ""),
        _("Registered"): " · ".join(
            filter(None, (moment(record.registered_at), name(record.registered_by)))
        )
        if record.registered_at
        else "",
        _("Written by"): "" if is_incoming else name(record.created_by),
        _("Void because"): record.void_reason or "",
    }
    with st.container(border=True, key="letter_facts"):
        layout.part(_("The letter"))
        layout.facts({title: value for title, value in rows.items() if value and value != "–"})
        if form.text:
            st.markdown(plain(form.text))
        _links(record)


def _links(record: LetterRecord) -> None:
    form = record.form
    if form.reply_to_id is not None:
        number = record.reply_to or _("Draft")
        text = _("Answers {number}").format(number=number)
        page_link("letter", text, icon="↩️", letter=form.reply_to_id)
    for letter_id, answer in record.replies:
        text = _("Answered by {number}").format(number=answer or _("Draft"))
        page_link("letter", text, icon="↪️", letter=letter_id)
    if form.vacancy:
        page_link("vacancy", _("Open the vacancy"), icon="📋", vacancy=form.vacancy)
    if form.session:
        page_link("commission", _("Open the session"), icon="⚖️", session=form.session)
    if record.document_id is not None:
        page_link("document", _("Route and signatures"), icon="🖋️", document=record.document_id)


def next_step(record: LetterRecord, officer: Officer) -> None:
    """The one thing that the reader has to do, on top."""
    letter_id = record.summary.id
    if record.must_confirm:
        with st.container(border=True, key="letter_confirm"):
            st.markdown(_("You are asked to read this letter and to confirm it."))
            if st.button(_("I have read it"), type="primary", key="letter.confirm"):
                act(
                    _("Confirmed."),
                    lambda: readers.confirm_reading(letter_id=letter_id, by=officer),
                )
    if record.summary.status is LetterStatus.DRAFT:
        _draft(record, officer)
    elif record.summary.waits is not None:
        text = _("Your next step: {step}").format(step=plain(say(record.summary.waits)))
        st.info(text)


def _draft(record: LetterRecord, officer: Officer) -> None:
    """An outgoing or internal draft on its way to a number."""
    letter_id = record.summary.id
    with st.container(border=True, key="letter_draft"):
        layout.part(_("From draft to number"))
        st.caption(
            _(
                "Attach the text, send it for endorsement; once it is signed, the registry gives "
                "the number and sends it."
            )
        )
        with st.container(horizontal=True):
            if record.document_id is not None and button(
                _("Send for endorsement"),
                record.refusals["endorse"],
                key="letter.endorse",
                primary=record.refusals["endorse"] is None,
            ):
                act(
                    _("It is on its way to the endorsers."),
                    lambda: register.send_for_endorsement(letter_id=letter_id, by=officer),
                )
            if button(
                _("Give the number and send"),
                record.refusals["register"],
                key="letter.register",
                primary=record.refusals["register"] is None,
            ):
                act(
                    _("The letter has its number."),
                    lambda: register.register_draft(letter_id=letter_id, by=officer),
                )
        waits = record.refusals["register"]
        if waits is not None and record.refusals["endorse"] is not None:
            st.caption(plain(say(waits)))
            if record.document_id is not None:
                text = _("Route and signatures")
                page_link("document", text, icon="🖋️", document=record.document_id)


def ending(record: LetterRecord, officer: Officer) -> None:
    """File the letter, or declare it void."""
    if record.summary.status in (LetterStatus.CLOSED, LetterStatus.VOID):
        return
    letter_id = record.summary.id
    with st.expander(_("File it or declare it void")):
        remark = st.text_input(_("Remark or reason"), key="letter.ending", max_chars=500)
        with st.container(horizontal=True):
            if button(_("File the letter"), record.refusals["close"], key="letter.close"):
                act(
                    _("The letter is filed."),
                    lambda: register.close_letter(letter_id=letter_id, remark=remark, by=officer),
                )
            if button(_("Declare void"), record.refusals["void"], key="letter.void"):
                act(
                    _("The letter is void; its number stays taken."),
                    lambda: register.void_letter(letter_id=letter_id, reason=remark, by=officer),
                )
