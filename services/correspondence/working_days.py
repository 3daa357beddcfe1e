"""Georgia's working days: weekends, holidays of the law, days off by order of the government."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

from services.dated_rules import stored_rules

SATURDAY = 5
ONE = timedelta(1)


@cache
def holidays_of(year: int) -> frozenset[date]:
    """The holidays of the Labour Code in that year, with the days around the Orthodox Easter."""
    return frozenset(holidays.country_holidays("GE", years=[year]))


@cache
def _ordered() -> tuple[frozenset[date], frozenset[date]]:
    entries = stored_rules("working_days")
    off = frozenset(day for entry in entries for day in entry["days_off"])
    return off, frozenset(day for entry in entries for day in entry["working_days"])


def is_working_day(day: date) -> bool:
    """Whether offices work on that day."""
    off, working = _ordered()
    if day in working:
        return True
    return day.weekday() < SATURDAY and day not in off and day not in holidays_of(day.year)


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += ONE
    return day


def add_working_days(start: date, days: int) -> date:
    """The working day that is so many after `start`, which itself does not count."""
    day = start
    while days > 0:
        day += ONE
        days -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to `end`; negative where `end` is before."""
    if end < start:
        return -working_days_between(end, start)
    span = (end - start).days
    return sum(is_working_day(start + timedelta(step)) for step in range(1, span + 1))
