"""The employer's form: what was sent with it, and how it is drawn again with everything typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from html import escape
from typing import TypeVar

from domain.enums import ConfirmationStatus, EmployerChoice, RejectionReason
from domain.exceptions import FieldProblem, InvalidInput
from domain.records.answers import AnswerForm, AnswerSheet, GivenAnswer, ProposedSlot, SheetPerson
from domain.texts import N_, Sentence, Term
from services import clock
from services.answers.limits import limits_on
from ui.public.page import Reader

FIELD = re.compile(r"answer\.(\d{1,12})")
CHOICES = (
    EmployerChoice.SELECT,
    EmployerChoice.RESERVE,
    EmployerChoice.TALK,
    EmployerChoice.REJECT,
)
Kind = TypeVar("Kind", bound=StrEnum)
Problems = Mapping[str, Sequence[Sentence]]
UNREADABLE = N_("The form can't be read. Open the link again.")


def entered_form(reader: Reader) -> AnswerForm:
    """What was sent; InvalidInput with every time that can't be read."""
    answers = tuple(
        GivenAnswer(
            int(found[1]),
            _one_of(EmployerChoice, reader.entered(name)),
            _one_of(RejectionReason, reason)
            if (reason := reader.entered(f"why.{found[1]}"))
            else None,
            reader.entered(f"note.{found[1]}") or None,
        )
        for name in reader.form or {}
        if (found := FIELD.fullmatch(name)) and reader.entered(name)
    )
    return AnswerForm(answers, _slots(reader), bool(reader.entered("moves_up")))


def _one_of(kind: type[Kind], value: str) -> Kind:
    try:
        return kind(value)
    except ValueError:
        raise InvalidInput(UNREADABLE) from None


def _slots(reader: Reader) -> tuple[ProposedSlot, ...]:
    slots, problems = [], []
    for number in range(1, limits_on(clock.today()).slots_in_form + 1):
        day, hour, place = (reader.entered(f"slot.{number}.{part}") for part in SLOT_PARTS)
        if not (day or hour or place):
            continue
        try:
            moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour))
            slots.append(ProposedSlot(moment.replace(tzinfo=clock.TBILISI), place))
        except ValueError:
            text = N_("Time {place}: give the day and the hour.")
            problems.append(FieldProblem(f"slot.{number}", Sentence(text, {"place": number})))
    if problems:
        raise InvalidInput(
            N_("Nothing was saved yet: something is missing at the times for interviews."),
            tuple(problems),
        )
    return tuple(slots)


SLOT_PARTS = ("day", "hour", "place")


def answer_form(reader: Reader, sheet: AnswerSheet, problems: Problems) -> str:
    """All people with their choices, the times for interviews, and one button."""
    people = "".join(_person(reader, sheet, one, problems) for one in sheet.people)
    if sheet.closed is not None:
        return people
    is_set = reader.entered("moves_up") if reader.form else sheet.reserve_moves_up
    moves_up = reader.say(
        N_("If somebody we take does not come, the first of our reserve may follow without asking.")
    )
    checked, send = _mark(bool(is_set), "checked"), reader.say(N_("Send the answers"))
    again = reader.say(
        N_("You can change your answers through this link until {day}."), day=sheet.answer_until
    )
    return f"""<form method="post" action="{reader.address(reader.path)}">
{people}{_times(reader, sheet, problems)}
<label class="choice"><input type="checkbox" name="moves_up" value="1"{checked}>{moves_up}</label>
<p><button type="submit">{send}</button></p><p class="hint">{again}</p></form>"""


def _person(reader: Reader, sheet: AnswerSheet, one: SheetPerson, problems: Problems) -> str:
    path = f"{reader.path}/cv/{one.candidacy_id}"
    shown = one.shown
    headline = f" · {escape(shown.headline.label)}" if shown.headline else ""
    links = " · ".join(
        (
            reader.link(path, reader.say(N_("Read the CV"))),
            f'<a href="{escape(path)}.pdf">PDF</a>',
            f'<a href="{escape(path)}.docx">Word</a>',
        )
    )
    legend = reader.say(N_("No {number} · {name}"), number=one.position, name=shown.name())
    body = f"<p>{links}</p>{_standing(reader, one)}"
    if one.settled is not None:
        body += f'<p class="hint">{reader.render(one.settled)}</p>'
    elif sheet.closed is None:
        body += _problems(problems, f"answer.{one.candidacy_id}", reader) + _choice(reader, one)
    return f"<fieldset><legend>{legend}{headline}</legend>{body}</fieldset>"


def _standing(reader: Reader, one: SheetPerson) -> str:
    if one.answer is None:
        nothing = reader.say(N_("? No answer yet"))
        return f'<p class="quiet">{nothing}</p>'
    answer = one.answer
    parts = [
        reader.say(
            N_("Your answer of {day}: {choice}."),
            day=answer.said_on,
            choice=Term("EmployerChoice", answer.choice.value),
        )
    ]
    asked = one.confirmation
    if asked is not None and asked.status is not ConfirmationStatus.TAKEN_BACK:
        parts.append(
            reader.say(
                N_("Reply: {status}, last day {day}."),
                status=Term("ConfirmationStatus", asked.status.value),
                day=asked.last_day,
            )
        )
    if one.slot is not None:
        parts.append(reader.say(N_("Interview: {when}, Tbilisi time."), when=one.slot.starts_at))
    return f"<p><strong>{' '.join(parts)}</strong></p>"


def _choice(reader: Reader, one: SheetPerson) -> str:
    key, answer = one.candidacy_id, one.answer
    typed = reader.form is not None
    chosen = reader.entered(f"answer.{key}") if typed else (answer.choice.value if answer else "")
    reason = (
        reader.entered(f"why.{key}")
        if typed
        else (answer.reason.value if answer and answer.reason else "")
    )
    note = reader.entered(f"note.{key}") if typed else (answer.note or "" if answer else "")
    radios = "".join(
        f'<label class="choice"><input type="radio" name="answer.{key}" value="{choice.value}"'
        f"{_mark(chosen == choice.value, 'checked')}>"
        f"{reader.show(Term('EmployerChoice', choice.value))}</label>"
        for choice in CHOICES
    )
    options = "".join(
        f'<option value="{reason_code.value}"{_mark(reason == reason_code.value, "selected")}>'
        f"{reader.show(Term('RejectionReason', reason_code.value))}</option>"
        for reason_code in RejectionReason
    )
    letters = limits_on(clock.today()).note_letters
    why = reader.say(N_("If not this time: why"))
    words = reader.say(N_("Note, if you like (the candidate does not see it)"))
    return f"""<div class="choices">{radios}</div>
<label for="why{key}">{why}</label>
<select id="why{key}" name="why.{key}"><option value="">–</option>{options}</select>
<label for="note{key}">{words}</label>
<input id="note{key}" name="note.{key}" maxlength="{letters}" value="{escape(note, quote=True)}">"""


def _times(reader: Reader, sheet: AnswerSheet, problems: Problems) -> str:
    numbers = {one.candidacy_id: one.position for one in sheet.people}
    free = reader.say(N_("free"))
    known = "".join(
        f"<li>{reader.show(slot.starts_at)} · {escape(slot.place)} · "
        + (
            free
            if slot.candidacy_id is None
            else reader.say(N_("No {number}"), number=numbers.get(slot.candidacy_id, "–"))
        )
        + "</li>"
        for slot in sheet.slots
    )
    rows = "".join(
        _problems(problems, f"slot.{number}", reader) + _time(reader, number)
        for number in range(1, limits_on(clock.today()).slots_in_form + 1)
    )
    title = reader.say(N_("Times for interviews"))
    hint = reader.say(
        N_(
            "Whoever you want to talk to first gets a link and chooses one of the free times, "
            "which are Tbilisi time (UTC+4)."
        )
    )
    opened = _mark(any(key.startswith("slot") for key in problems), "open")
    propose = reader.say(N_("Propose times"))
    listed = f"<ul>{known}</ul>" if known else ""
    return f"""<h2>{title}</h2><p class="hint">{hint}</p>{listed}
<details{opened}><summary>{propose}</summary>{rows}</details>"""


def _time(reader: Reader, number: int) -> str:
    day, hour, place = (
        escape(reader.entered(f"slot.{number}.{part}"), quote=True) for part in SLOT_PARTS
    )
    names = {
        "day": reader.say(N_("Time {place}: day"), place=number),
        "hour": reader.say(N_("Time {place}: hour"), place=number),
        "place": reader.say(N_("Time {place}: phone, meeting link or address"), place=number),
    }
    name = f"slot.{number}"
    return f"""<label for="{name}.day">{names["day"]}</label>
<input id="{name}.day" name="{name}.day" type="date" value="{day}">
<label for="{name}.hour">{names["hour"]}</label>
<input id="{name}.hour" name="{name}.hour" type="time" value="{hour}">
<label for="{name}.place">{names["place"]}</label>
<input id="{name}.place" name="{name}.place" maxlength="200" value="{place}">"""


def _problems(problems: Problems, field: str, reader: Reader) -> str:
    return "".join(
        f'<p class="problem" role="alert">✕ {reader.render(sentence)}</p>'
        for sentence in problems.get(field, ())
    )


def _mark(is_so: bool, attribute: str) -> str:
    return f" {attribute}" if is_so else ""
