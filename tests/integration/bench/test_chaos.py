"""A small chaos run on each engine, and the proof that it can fail.

Each takes about 25 seconds of an idle core (20 of them at work): `make chaos` is the long one.
"""

from __future__ import annotations

import pytest

import db.session
from bench.chaos.__main__ import red, wrong_plan
from bench.chaos.run import Plan, run
from bench.chaos.stage import Size

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def own_engine():
    """The run opens databases of its own."""
    yield
    if db.session._engine is not None:
        db.session._engine.dispose()
        db.session._engine = None


@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_nothing_is_lost_or_doubled_while_processes_are_killed(engine):
    row = run(Plan(engine, 20, officers=12, fail_point=0.02, size=Size.small()), print)
    assert red(row) == {}, row["examples"]
    assert row["operations"] > 40
    assert row["killed_replicas"] >= 2
    assert row["killed_servers"] == (engine == "postgresql")


def test_a_service_layer_without_version_check_is_found():
    row = run(wrong_plan("no_version_check", 12), print)
    assert row["must_be_zero"]["edits_lost"] > 0
