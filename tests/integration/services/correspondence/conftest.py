"""An office on a fresh database."""

import pytest
from sqlalchemy import Engine

from tests.factories.correspondence import Office, office


@pytest.fixture
def at(sqlite_database: Engine) -> Office:
    return office()
