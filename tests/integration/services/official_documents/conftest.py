"""A desk with one document on a fresh database."""

import pytest
from sqlalchemy import Engine

from tests.integration.services.official_documents.desk import Desk


@pytest.fixture
def desk(sqlite_database: Engine) -> Desk:
    """On SQLite: for rules that ask nothing of the database."""
    return Desk()


@pytest.fixture
def both_desk(database: Engine) -> Desk:
    """The same once on SQLite and once on PostgreSQL."""
    return Desk()
