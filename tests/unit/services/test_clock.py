"""Telling a story of the past to the use cases."""

from datetime import UTC, datetime, timedelta

import pytest

from services import clock

PAST = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)


def test_what_is_told_of_the_past_happens_then() -> None:
    with clock.at(PAST):
        assert clock.now() == PAST
        assert clock.today() == PAST.date()
    assert clock.now() - PAST > timedelta(0)


def test_the_present_returns_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), clock.at(PAST):
        1 / 0  # noqa: B018
    assert clock.now() != PAST


def test_the_future_is_not_told() -> None:
    with pytest.raises(ValueError, match="not happened"), clock.at(clock.now() + timedelta(days=1)):
        pass
