"""By when: the terms of each kind of letter, and how a deadline stands today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from domain.enums import ExecutionState, LetterKind
from domain.texts import N_, Sentence
from domain.values import months_after
from services.correspondence.working_days import (
    add_working_days,
    next_working_day,
    working_days_between,
)
from services.dated_rules import in_force, stored_rules

WORKING, CALENDAR, MONTH = "working", "calendar", "month"


@dataclass(frozen=True, slots=True)
class Term:
    """So many working days, calendar days or months, and where that comes from."""

    count: int
    unit: str
    source: str


def term_of(kind: LetterKind, day: date) -> Term:
    """The term in force on that day for letters of that kind."""
    entry = in_force(stored_rules("correspondence")[f"term_{kind.value}"], day)
    count, unit = str(entry["value"]).split()[:2]
    return Term(int(count), unit, str(entry["source"]))


def due_day(kind: LetterKind, start: date) -> date:
    """By when a letter that came in on `start` has to be answered."""
    term = term_of(kind, start)
    if term.unit == WORKING:
        return add_working_days(start, term.count)
    if term.unit == CALENDAR:
        return next_working_day(start + timedelta(term.count))
    return next_working_day(months_after(start, term.count))


def due_soon_days(day: date) -> int:
    """In how many working days a deadline counts as near."""
    return int(in_force(stored_rules("correspondence")["due_soon_working_days"], day)["value"])


def usual_day(today: date) -> date:
    """What a resolution given today is offered as its day, where the letter has none of its own."""
    entries = stored_rules("correspondence")["usual_resolution_working_days"]
    return add_working_days(today, int(in_force(entries, today)["value"]))


def state_of(due: date, today: date, *, is_done: bool = False) -> ExecutionState:
    """Traffic light of a deadline."""
    if is_done:
        return ExecutionState.DONE
    if due < today:
        return ExecutionState.OVERDUE
    near = working_days_between(today, due) <= due_soon_days(today)
    return ExecutionState.DUE if near else ExecutionState.OPEN


def term_in_words(kind: LetterKind, day: date) -> Sentence:
    """The term for the reader, as in "10 working days after it came in"."""
    term = term_of(kind, day)
    text = {
        WORKING: N_("Term of this kind: {count} working days after the day it came in."),
        CALENDAR: N_("Term of this kind: {count} calendar days after the day it came in."),
        MONTH: N_("Term of this kind: months after the day it came in: {count}."),
    }[term.unit]
    return Sentence(text, {"count": term.count})
