"""All packages of a vacancy with their answers: what stands, what is to be recorded next."""

from __future__ import annotations

import streamlit as st

from domain.enums import ConfirmationStatus, EmployerChoice
from domain.records.answers import AnswerSheet, SheetPerson
from domain.records.officer import Officer
from services.answers.reading import list_sheets
from ui import layout, marks, messages
from ui.answers import interviews, recording, replies
from ui.answers.words import name_of
from ui.language import _, day, label, moment, number, say
from ui.sending.words import signed
from ui.tables import Column, table

CHOICES = {
    EmployerChoice.SELECT: ("✓", "met"),
    EmployerChoice.RESERVE: ("◐", "partly"),
    EmployerChoice.TALK: ("?", "accent"),
    EmployerChoice.REJECT: ("✕", "not_met"),
}
REPLIES = {
    ConfirmationStatus.ASKED: "◐",
    ConfirmationStatus.CONFIRMED: "✓",
    ConfirmationStatus.DECLINED: "✕",
    ConfirmationStatus.NO_ANSWER: "✕",
    ConfirmationStatus.TAKEN_BACK: "–",
}


def render(vacancy_number: str, officer: Officer) -> None:
    """One package after the other, the newest open; nothing has gone yet: what to do first."""
    sheets = list_sheets(vacancy_number=vacancy_number, by=officer)
    if not sheets:
        messages.empty(
            _("No package has gone to the employer yet: send one, and its answers come here.")
        )
        return
    numbers = [sheet.number for sheet in sheets]
    chosen = numbers[0]
    if len(sheets) > 1:
        chosen = st.selectbox(_("Package"), numbers, key=f"answers.package.{vacancy_number}")
    sheet = sheets[numbers.index(chosen)]
    _standing(sheet)
    _people(sheet)
    recording.draw(sheet, officer)
    replies.draw(sheet, officer)
    interviews.draw(sheet, officer)


def _standing(sheet: AnswerSheet) -> None:
    said = [one.answer.choice if one.answer else None for one in sheet.people]
    marks.counters(
        {
            _("without an answer"): said.count(None),
            label(EmployerChoice.SELECT): said.count(EmployerChoice.SELECT),
            label(EmployerChoice.RESERVE): said.count(EmployerChoice.RESERVE),
            label(EmployerChoice.TALK): said.count(EmployerChoice.TALK),
            label(EmployerChoice.REJECT): said.count(EmployerChoice.REJECT),
        }
    )
    if sheet.closed is not None:
        st.caption(messages.plain(say(sheet.closed)))
        return
    st.caption(
        _(
            "The employer may answer, and change its answers, until {day}; {places} of the people "
            "can have a place. Whoever is selected is asked to confirm at once."
        ).format(day=day(sheet.answer_until), places=number(sheet.places))
    )


def _people(sheet: AnswerSheet) -> None:
    table(
        sheet.people,
        [
            Column("№", "position", "number", width="small"),
            Column(_("Person"), name_of, pinned=True),
            Column(_("Number"), "external_id"),
            Column(_("Employer's answer"), _answer),
            Column(_("How and when"), _source),
            Column(_("Candidate's reply"), _reply, help=_("Silence until the last day is a no.")),
            Column(_("Interview"), lambda one: moment(one.slot.starts_at) if one.slot else "–"),
            Column(_("Status"), lambda one: signed(one.status)),
        ],
        key=f"answers.people.{sheet.number}",
        row_id="candidacy_id",
        alt=_("People of the package with the employer's answers and their own replies"),
    )
    changed = [one for one in sheet.people if len(one.answers) > 1]
    if changed:
        with st.expander(_("Changed answers ({count})").format(count=number(len(changed)))):
            for one in changed:
                layout.part(f"{one.position}. {messages.plain(name_of(one))}")
                for answer in one.answers:
                    sign, _tone = CHOICES[answer.choice]
                    who = answer.speaker or label(answer.channel)
                    st.markdown(
                        f"{moment(answer.answered_at)} · {sign} {label(answer.choice)} · "
                        + messages.plain(who)
                    )


def _answer(one: SheetPerson) -> str:
    if one.answer is None:
        return "? " + _("no answer yet")
    sign, _tone = CHOICES[one.answer.choice]
    reason = f" · {label(one.answer.reason)}" if one.answer.reason else ""
    note = f" · {one.answer.note}" if one.answer.note else ""
    return f"{sign} {label(one.answer.choice)}{reason}{note}"


def _source(one: SheetPerson) -> str:
    answer = one.answer
    if answer is None:
        return "–"
    who = f", {answer.speaker}" if answer.speaker else ""
    return f"{label(answer.channel)}{who} · {day(answer.said_on)}"


def _reply(one: SheetPerson) -> str:
    asked = one.confirmation
    if asked is None:
        return "–"
    shown = f"{REPLIES[asked.status]} {label(asked.status)}"
    if asked.status is ConfirmationStatus.ASKED:
        return f"{shown} · " + _("until {day}").format(day=day(asked.last_day))
    return f"{shown} · {label(asked.reason)}" if asked.reason else shown
