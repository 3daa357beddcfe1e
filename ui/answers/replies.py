"""The chosen candidates: recording their reply, a new link, a place that is taken back."""

from __future__ import annotations

import streamlit as st

from domain.enums import AnswerChannel, ConfirmationStatus, DeclineReason
from domain.records.answers import AnswerSheet, SheetPerson
from domain.records.officer import Officer
from services.answers.candidate import record_reply
from services.answers.taking_back import (
    HAS_A_PAGE,
    cancel_place,
    check_can_cancel_place,
    new_candidate_link,
)
from services.permissions import Permission, can
from services.refusals import refusal
from ui import messages
from ui.answers.words import name_of
from ui.buttons import guarded_button
from ui.language import _, day, label, say
from ui.messages import plain

TOLD = (AnswerChannel.PHONE, AnswerChannel.IN_PERSON, AnswerChannel.EMAIL)


def draw(sheet: AnswerSheet, officer: Officer) -> None:
    """One person at a time; nobody to ask: nothing is drawn."""
    people = [one for one in sheet.people if one.status in HAS_A_PAGE]
    if not people or not can(officer, Permission.PACKAGES_SEND):
        return
    with st.expander(_("Candidate's reply, link and place")):
        key = f"answers.reply.{sheet.number}"
        by_id = {one.candidacy_id: one for one in people}
        names = {known: f"{one.position}. {name_of(one)}" for known, one in by_id.items()}
        chosen = st.selectbox(
            _("Candidate"), list(by_id), format_func=lambda known: names[known], key=f"{key}.who"
        )
        one = by_id.get(chosen, people[0])
        _reply(one, f"{key}.{one.candidacy_id}", officer)
        _link(one, f"{key}.{one.candidacy_id}", officer)
        _cancel(one, f"{key}.{one.candidacy_id}", officer)


def _reply(one: SheetPerson, key: str, officer: Officer) -> None:
    asked = one.confirmation
    if asked is None or asked.status is not ConfirmationStatus.ASKED:
        st.caption(_("Nobody waits for this person's reply now."))
        return
    st.caption(
        _("Asked to answer by {day}; silence gives the place to the next in line.").format(
            day=day(asked.last_day)
        )
    )
    with st.form(f"{key}.form", border=False):
        goes = st.radio(
            _("What the candidate says"),
            (True, False),
            index=None,
            format_func=lambda value: _("goes") if value else _("does not go"),
            horizontal=True,
            key=f"{key}.goes",
        )
        left, middle, right = st.columns(3)
        with left:
            channel = st.selectbox(
                _("How the answer came"), TOLD, format_func=label, key=f"{key}.channel"
            )
        with middle:
            reason = st.selectbox(
                _("Reason, where they do not go"),
                tuple(DeclineReason),
                index=None,
                format_func=label,
                placeholder="–",
                key=f"{key}.reason",
            )
        with right:
            note = st.text_input(_("In the candidate's words"), key=f"{key}.note", max_chars=600)
        sent = st.form_submit_button(_("Save the reply"), type="primary")
    if not sent:
        return
    if goes is None:
        st.error(_("Choose first what the candidate says."))
        return
    with messages.refusals():
        record_reply(
            candidacy_id=one.candidacy_id,
            goes=goes,
            channel=channel,
            reason=reason,
            note=note,
            by=officer,
        )
        text = (
            _("Saved. Next: orientation and papers.")
            if goes
            else _("Saved. The place is offered to the next in line.")
        )
        messages.success(text)
        st.rerun()


def _link(one: SheetPerson, key: str, officer: Officer) -> None:
    if st.button(_("Make a new link for the candidate"), key=f"{key}.link"):
        with messages.refusals():
            address = new_candidate_link(candidacy_id=one.candidacy_id, by=officer)
            st.caption(_("Read it out or send it now: it is shown once. Former links are closed."))
            st.code(address, language=None)


def _cancel(one: SheetPerson, key: str, officer: Officer) -> None:
    why_not = refusal(check_can_cancel_place, one.status, officer)
    note = st.text_input(
        _("If the employer takes the place back for good: what it said"),
        key=f"{key}.cancel_note",
        max_chars=600,
        disabled=why_not is not None,
    )
    pressed = guarded_button(
        _("Take the place back"),
        say(why_not) if why_not else None,
        key=f"{key}.cancel",
    )
    if pressed:
        with messages.refusals():
            cancel_place(candidacy_id=one.candidacy_id, note=note, by=officer)
            messages.success(
                _("The place of {person} is gone; the person was told and is free again.").format(
                    person=plain(one.external_id)
                )
            )
            st.rerun()
