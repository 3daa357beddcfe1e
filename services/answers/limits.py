"""Dated limits of stage S10: until when a chosen person may answer, and what a form takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services import clock
from services.dated_rules import limits_in_force


@dataclass(frozen=True, slots=True)
class Limits:
    """Calendar days in Georgia, and how much one form takes."""

    days_to_confirm: int
    remind_days_before: int
    page_days_after: int
    slots_in_form: int
    slots_free_max: int
    slot_days_ahead: int
    note_letters: int


def limits_on(day: date) -> Limits:
    """The limits in force on a day."""
    return limits_in_force(Limits, "answers", day)


def last_day_to_confirm(asked_on: date) -> date:
    """The last day on which somebody asked on this day may answer."""
    return asked_on + timedelta(limits_on(asked_on).days_to_confirm)


def page_open_until(last_day: date) -> datetime:
    """The first moment at which the candidate's page is closed."""
    return clock.beginning(last_day + timedelta(limits_on(last_day).page_days_after + 1))
