"""Periods of the ranking log: months by the calendar, and never below the law's floor."""

from datetime import date

import pytest

from domain.exceptions import InvalidInput
from domain.values import months_after
from services.dated_rules import stored_rules
from services.rankings import retention


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 11, 22), -36, date(2023, 11, 22)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_month_s_last(
    day: date, months: int, expected: date
) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize("short", ["run_months", "decided_run_months"])
def test_a_period_below_six_months_is_refused(monkeypatch: pytest.MonkeyPatch, short: str) -> None:
    rules = dict(stored_rules("ranking_log")[-1])
    monkeypatch.setattr(retention, "stored_rules", lambda name: [{**rules, short: 5}])
    with pytest.raises(InvalidInput, match="6 months"):
        retention.rules_on(date(2026, 11, 22))
