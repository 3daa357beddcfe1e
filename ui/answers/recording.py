"""Writing down what the employer said by phone, by e-mail or in person."""

from __future__ import annotations

from datetime import datetime, time

import streamlit as st

from domain.enums import AnswerChannel, EmployerChoice, RejectionReason
from domain.records.answers import (
    AnswerForm,
    AnswerSheet,
    GivenAnswer,
    ProposedSlot,
    Said,
    SheetPerson,
)
from domain.records.officer import Officer
from services import clock
from services.answers.employer import record_answers
from services.permissions import Permission, can
from ui import layout, messages
from ui.answers.words import name_of
from ui.forms import date_input
from ui.language import _, day, label, say
from ui.messages import plain

TOLD = (AnswerChannel.PHONE, AnswerChannel.EMAIL, AnswerChannel.IN_PERSON)


def draw(sheet: AnswerSheet, officer: Officer) -> None:
    """One form for all people; a closed package says why nothing can be recorded."""
    if not can(officer, Permission.PACKAGES_SEND):
        return
    with st.expander(_("Record what the employer said")):
        if sheet.closed is not None:
            st.caption(plain(say(sheet.closed)))
            return
        key = f"answers.{sheet.number}"
        with st.form(f"{key}.form", border=False):
            st.caption(
                _(
                    "Fill in only the people about whom something was said. All of it is saved "
                    "together, or nothing."
                )
            )
            said = _said(key)
            answers = [_person(one, key) for one in sheet.people if one.settled is None]
            slot = _slot(key)
            moves_up = st.checkbox(
                _("The employer's first reserve may follow without asking again"),
                value=sheet.reserve_moves_up,
                key=f"{key}.moves_up",
            )
            sent = st.form_submit_button(_("Save the answers"), type="primary")
        if sent:
            given = tuple(one for one in answers if one is not None)
            _save(sheet, AnswerForm(given, slot, moves_up), said, officer)


def _said(key: str) -> Said:
    left, middle, right = st.columns(3)
    with left:
        channel = st.selectbox(
            _("How the answer came"), TOLD, format_func=label, key=f"{key}.channel"
        )
    with middle:
        speaker = st.text_input(
            _("Who said it (name, position)"), key=f"{key}.speaker", max_chars=120
        )
    with right:
        said_on = date_input(
            _("On which day"), clock.today(), key=f"{key}.said_on", latest=clock.today()
        )
    return Said(channel, speaker, said_on or clock.today())


def _person(one: SheetPerson, key: str) -> GivenAnswer | None:
    layout.part(f"{one.position}. {plain(name_of(one))}")
    answer = one.answer
    left, middle, right = st.columns(3)
    with left:
        choice = st.selectbox(
            _("Employer's answer"),
            tuple(EmployerChoice),
            index=list(EmployerChoice).index(answer.choice) if answer else None,
            format_func=label,
            placeholder=_("nothing said"),
            key=f"{key}.choice.{one.candidacy_id}",
        )
    with middle:
        reason = st.selectbox(
            _("Reason, where it is “not this time”"),
            tuple(RejectionReason),
            index=list(RejectionReason).index(answer.reason) if answer and answer.reason else None,
            format_func=label,
            placeholder="–",
            key=f"{key}.reason.{one.candidacy_id}",
        )
    with right:
        note = st.text_input(
            _("In the employer's words"),
            (answer.note or "") if answer else "",
            key=f"{key}.note.{one.candidacy_id}",
            max_chars=600,
        )
    if choice is None:
        return None
    return GivenAnswer(one.candidacy_id, choice, reason, note or None)


def _slot(key: str) -> tuple[ProposedSlot, ...]:
    layout.part(_("A time for interviews (Tbilisi time), if one was proposed"))
    left, middle, right = st.columns(3)
    with left:
        on = date_input(_("Day"), key=f"{key}.slot.day", earliest=clock.today())
    with middle:
        at = st.time_input(_("Hour"), time(10), key=f"{key}.slot.hour")
    with right:
        place = st.text_input(
            _("Phone, meeting link or address"), key=f"{key}.slot.place", max_chars=200
        )
    if on is None:
        return ()
    return (ProposedSlot(datetime.combine(on, at, clock.TBILISI), place.strip()),)


def _save(sheet: AnswerSheet, form: AnswerForm, said: Said, officer: Officer) -> None:
    labels = {f"answer.{one.candidacy_id}": f"{one.position}" for one in sheet.people}
    with messages.refusals(labels):
        outcome = record_answers(package_number=sheet.number, form=form, said=said, by=officer)
        text = _("Saved: {answers} new answers, {slots} new times. Last day: {day}.")
        messages.success(
            text.format(
                answers=outcome.new_answers, slots=outcome.new_slots, day=day(sheet.answer_until)
            )
        )
        st.rerun()
