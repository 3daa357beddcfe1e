"""Days abroad, counted exactly: the days of entry and of exit are days abroad."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.values import months_after

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """Days from the first to the last one, both counted."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Window:
    """A period that rolls from day to day; either so many days or so many months."""

    days: int | None = None
    months: int | None = None

    def first_day(self, day: date) -> date:
        """The first day of the period that ends with `day`."""
        if self.months is not None:
            return months_after(day, -self.months) + DAY
        assert self.days is not None
        return day - timedelta(days=self.days - 1)


def united(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """The same days without overlaps, in order; a day in two stays is one day."""
    whole: list[Stay] = []
    for stay in sorted(one for one in stays if one.first <= one.last):
        if whole and stay.first <= whole[-1].last + DAY:
            whole[-1] = Stay(whole[-1].first, max(whole[-1].last, stay.last))
        else:
            whole.append(stay)
    return tuple(whole)


def days_used(stays: Sequence[Stay], day: date, window: Window) -> int:
    """Days of these stays (already `united`) in the period that ends with `day`."""
    first = window.first_day(day)
    return sum(max(0, (min(stay.last, day) - max(stay.first, first)).days + 1) for stay in stays)


def most_days_used(stays: Iterable[Stay], planned: Stay, window: Window) -> tuple[int, date]:
    """The highest count on any day of a planned stay, itself counted, and the first such day."""
    whole = united((*stays, planned))
    return max(
        ((days_used(whole, day, window), day) for day in _days(planned)),
        key=lambda found: (found[0], -found[1].toordinal()),
    )


def first_day_over(stays: Iterable[Stay], planned: Stay, window: Window, limit: int) -> date | None:
    """The first day of a planned stay on which the limit is passed; None if it never is."""
    whole = united((*stays, planned))
    return next((day for day in _days(planned) if days_used(whole, day, window) > limit), None)


def first_day_possible(
    stays: Iterable[Stay], length: int, earliest: date, window: Window, limit: int
) -> date | None:
    """The first day, from `earliest` on, on which a stay of so many days keeps the limit."""
    if length > limit:
        return None
    before = united(stays)
    last = max((stay.last for stay in before), default=earliest)
    day = earliest
    while True:
        planned = Stay(day, day + DAY * (length - 1))
        if first_day_over(before, planned, window, limit) is None:
            return day
        if window.first_day(day) > last:
            return None
        day += DAY


def _days(stay: Stay) -> Iterable[date]:
    for number in range((stay.last - stay.first).days + 1):
        yield stay.first + DAY * number
