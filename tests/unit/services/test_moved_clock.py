"""The clock of a demonstration moves on, never back, and never in production."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from db.session import configure, settings
from services import clock


def test_moving_the_clock_moves_every_day_that_follows(sqlite_database: Engine) -> None:
    assert clock.move(20) == 20
    assert clock.move(10) == 30
    ahead = clock.now() - datetime.now(UTC)
    assert abs(ahead - timedelta(days=30)) < timedelta(seconds=5)


def test_the_clock_never_moves_back(sqlite_database: Engine) -> None:
    clock.move(5)
    with pytest.raises(ValueError, match="only moves on"):
        clock.move(-1)
    assert clock.moved_days() == 5


def test_nobody_moves_the_clock_in_production(sqlite_database: Engine) -> None:
    clock.move(5)
    configure(replace(settings(), environment="production"))
    assert clock.moved_days() == 0
    with pytest.raises(ValueError, match="demonstration"):
        clock.move(1)
