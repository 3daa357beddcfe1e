"""Days abroad by rolling windows, held against counting every single day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from domain.stays import (
    Stay,
    Window,
    days_used,
    first_day_over,
    first_day_possible,
    most_days_used,
    united,
)
from domain.values import months_after

HALF_YEAR, YEAR = Window(days=180), Window(months=12)
START = date(2024, 1, 1)  # a leap year is in it
DAYS = st.integers(0, 700).map(lambda n: START + timedelta(n))


@st.composite
def a_stay(draw: st.DrawFn, longest: int = 120) -> Stay:
    first = draw(DAYS)
    return Stay(first, first + timedelta(draw(st.integers(0, longest))))


STAYS = st.lists(a_stay(), max_size=5)
WINDOWS = st.sampled_from([HALF_YEAR, YEAR, Window(days=7), Window(months=1)])


def day_set(*stays: Stay) -> set[date]:
    """Every day abroad, one by one."""
    return {
        stay.first + timedelta(n)
        for stay in stays
        for n in range((stay.last - stay.first).days + 1)
    }


def counted(days: set[date], day: date, window: Window) -> int:
    """Days of the set in the window that ends with `day`, one by one."""
    first = months_after(day, -window.months) if window.months else None
    return sum(
        1
        for one in days
        if one <= day and (one > first if first else one > day - timedelta(window.days or 0))
    )


@given(stays=STAYS, day=DAYS, window=WINDOWS)
def test_days_used_are_the_days_of_the_set(stays: list[Stay], day: date, window: Window) -> None:
    assert days_used(united(stays), day, window) == counted(day_set(*stays), day, window)


@hypothesis_settings(max_examples=25)
@given(stays=st.lists(a_stay(60), max_size=3), planned=a_stay(40), limit=st.integers(1, 90))
def test_the_first_day_over_is_the_first_of_the_set(
    stays: list[Stay], planned: Stay, limit: int
) -> None:
    days = day_set(*stays, planned)
    own = sorted(day_set(planned))
    over = [day for day in own if counted(days, day, HALF_YEAR) > limit]
    assert first_day_over(stays, planned, HALF_YEAR, limit) == (over[0] if over else None)
    most, on = most_days_used(stays, planned, HALF_YEAR)
    assert most == max(counted(days, day, HALF_YEAR) for day in own)
    assert counted(days, on, HALF_YEAR) == most


@given(stays=STAYS)
def test_united_stays_are_apart_and_have_the_same_days(stays: list[Stay]) -> None:
    whole = united(stays)
    assert day_set(*whole) == day_set(*stays)
    assert all(a.last + timedelta(1) < b.first for a, b in zip(whole, whole[1:], strict=False))


def test_entry_and_exit_days_count() -> None:
    assert days_used([Stay(date(2026, 4, 1), date(2026, 4, 2))], date(2026, 4, 2), HALF_YEAR) == 2


def test_ninety_days_are_allowed_and_the_ninety_first_is_not() -> None:
    first = date(2026, 4, 1)
    ninety = Stay(first, first + timedelta(89))
    assert first_day_over([], ninety, HALF_YEAR, 90) is None
    longer = Stay(first, first + timedelta(90))
    assert first_day_over([], longer, HALF_YEAR, 90) == first + timedelta(90)


def test_an_earlier_stay_falls_out_of_the_window_day_by_day() -> None:
    earlier = Stay(date(2026, 1, 1), date(2026, 3, 31))  # 90 days
    again = first_day_possible([earlier], 1, date(2026, 4, 1), HALF_YEAR, 90)
    assert again == date(2026, 6, 30)  # the window from then on begins on 2 January
    assert first_day_over([earlier], Stay(again, date(2026, 9, 27)), HALF_YEAR, 90) is None
    assert first_day_possible([earlier], 91, date(2026, 4, 1), HALF_YEAR, 90) is None


@pytest.mark.parametrize(("day", "first"), [
    (date(2024, 2, 29), date(2023, 3, 1)), (date(2025, 2, 28), date(2024, 2, 29)),
    (date(2026, 12, 31), date(2026, 1, 1)),
])  # fmt: skip
def test_twelve_months_end_with_the_day_itself(day: date, first: date) -> None:
    assert YEAR.first_day(day) == first
