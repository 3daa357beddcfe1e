"""The commission's room on a fresh database."""

import pytest
from sqlalchemy import Engine

from tests.integration.services.commission.room import Room


@pytest.fixture
def room(database: Engine) -> Room:
    """Four members of four kinds of organisation and one planned session, on both databases."""
    return Room()


@pytest.fixture
def quick_room(sqlite_database: Engine) -> Room:
    """The same on SQLite only: for rules that ask nothing of the database."""
    return Room()
