"""Dated limits on what is said against a decision: until when, and who hears it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services import clock
from services.commission.rules import Rules
from services.dated_rules import limits_in_force


@dataclass(frozen=True, slots=True)
class Limits:
    """Calendar days in Georgia, and how many must be free to hear an appeal."""

    appeal_days: int
    hear_within_days: int
    dissent_days: int
    hearing_members_min: int
    due_soon_days: int


def limits_on(day: date) -> Limits:
    """The limits in force on a day; before the first entry, the first."""
    return limits_in_force(Limits, "appeals", day)


def last_day_of_appeal(decided_at: datetime, rules: Rules) -> date:
    """The last day on which an appeal against a decision may come: by the commission's own rules,
    else by the limits of the day of the decision."""
    day = clock.day_of(decided_at)
    days = rules.appeal_days or limits_on(day).appeal_days
    return day + timedelta(days)


def hear_by(received_on: date) -> date:
    """The day by which an appeal that came on this day has to be heard."""
    return received_on + timedelta(limits_on(received_on).hear_within_days)
