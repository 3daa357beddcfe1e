"""Deadlines run in Georgian working days."""

from datetime import date, timedelta

import pytest

from domain.enums import ExecutionState, LetterKind
from services.correspondence.terms import due_day, state_of, term_of
from services.correspondence.working_days import (
    add_working_days,
    holidays_of,
    is_working_day,
    working_days_between,
)

FIXED = {
    (1, 1),
    (1, 2),
    (1, 7),
    (1, 19),
    (3, 3),
    (3, 8),
    (4, 9),
    (5, 9),
    (5, 12),
    (5, 26),
    (8, 28),
    (10, 14),
    (11, 23),
}
"""Labour Code, article 30; 17 May, by an amendment, since 2024."""
BY_DECREE = {date(2025, 8, 29)}
"""A day off for one year, which the calendar knows too (decree 381 of 25.08.2025)."""
EASTER = {2024: (5, 5), 2025: (4, 20), 2026: (4, 12), 2027: (5, 2), 2028: (4, 16), 2030: (4, 28)}


@pytest.mark.parametrize("year", EASTER)
def test_the_holidays_are_those_of_the_law(year: int) -> None:
    easter = date(year, *EASTER[year])
    around = {easter + timedelta(step) for step in (-2, -1, 0, 1)}
    law = {date(year, *day) for day in {*FIXED, (5, 17)}} | around
    assert holidays_of(year) - BY_DECREE == law


def test_holidays_that_fall_on_a_weekend_are_not_moved() -> None:
    assert is_working_day(date(2026, 3, 9))  # 8 March 2026 is a Sunday


def test_days_off_by_order_are_no_working_days() -> None:
    assert not is_working_day(date(2026, 1, 5))
    assert not is_working_day(date(2026, 1, 6))
    assert is_working_day(date(2026, 1, 8))


def test_new_year_takes_a_week_out_of_a_deadline() -> None:
    # 31 December is a Wednesday; then 1, 2, 5, 6 and 7 January are days off.
    assert add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 8)
    assert working_days_between(date(2025, 12, 31), date(2026, 1, 8)) == 1


def test_the_day_of_receipt_does_not_count() -> None:
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 24)  # 23 is a holiday


@pytest.mark.parametrize("days", [1, 5, 10, 30])
@pytest.mark.parametrize("start", [date(2026, 4, 3), date(2026, 11, 20), date(2027, 12, 24)])
def test_counting_there_and_back_agrees(start: date, days: int) -> None:
    end = add_working_days(start, days)
    assert working_days_between(start, end) == days
    assert working_days_between(end, start) == -days
    assert is_working_day(end)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (LetterKind.LETTER, date(2026, 5, 15)),
        (LetterKind.MEMO, date(2026, 5, 7)),
        (LetterKind.PUBLIC_INFORMATION, date(2026, 5, 11)),
        (LetterKind.STATEMENT, date(2026, 6, 1)),
        (LetterKind.COMPLAINT, date(2026, 6, 1)),
    ],
)
def test_each_kind_has_its_term(kind: LetterKind, due: date) -> None:
    start = date(2026, 4, 30)
    assert due_day(kind, start) == due
    assert term_of(kind, start).source


@pytest.mark.parametrize(
    ("due", "state"),
    [
        (date(2026, 11, 18), ExecutionState.OVERDUE),
        (date(2026, 11, 19), ExecutionState.DUE),
        (date(2026, 11, 25), ExecutionState.DUE),
        (date(2026, 11, 26), ExecutionState.OPEN),
    ],
)
def test_the_traffic_light_counts_working_days(due: date, state: ExecutionState) -> None:
    today = date(2026, 11, 19)  # Thursday; Monday the 23rd is a holiday
    assert state_of(due, today) is state
    assert state_of(due, today, is_done=True) is ExecutionState.DONE
