"""The counters of a chaos run say what they mean, without a run."""

import random

from bench.chaos.__main__ import judge, red
from bench.chaos.broken import VARIANTS
from bench.chaos.checks import summary
from bench.chaos.page import TELLS, page
from bench.chaos.stage import accepted_of, file_to_import


def row(engine="sqlite", **counters):
    return {
        "engine": engine,
        "officers": 50,
        "seconds": 10.0,
        "operations": 1000,
        "per_second": 100.0,
        "killed_replicas": 2,
        "deaths_before_answer": 3,
        "killed_servers": 0,
        "p50_ms": 5.0,
        "p95_ms": 50.0,
        "p99_ms": 90.0,
        "max_ms": 300.0,
        "acknowledged": {"edits": 12},
        "uncertain": 0,
        "repeats": {"conflict": 4},
        "import": None,
        "backups": [],
        "must_be_zero": {"edits_lost": 0, "votes_lost": 0} | counters,
    }


def test_one_red_counter_fails_the_whole_run():
    assert judge([row(), row("postgresql")], []) == 0
    assert judge([row(), row("postgresql", votes_lost=1)], []) == 1
    assert red(row(votes_lost=2)) == {"votes_lost": 2}


def test_a_wrong_service_layer_that_nobody_notices_fails_the_run():
    assert judge([row()], [row(edits_lost=3) | {"broken": "no_version_check"}]) == 0
    assert judge([row()], [row() | {"broken": "no_version_check"}]) == 1


def test_every_wrong_variant_is_told_on_the_page():
    assert set(TELLS) == set(VARIANTS)
    document = {
        "measured_at": "2026-11-23T01:00:00+00:00",
        "commit": "abc",
        "machine": {"processor": "x", "cores": 2, "memory_gb": 4, "system": "Linux", "python": "3"}
        | {"packages": {}, "load": [0.0]},
        "rows": [row("postgresql", votes_lost=2), row()],
        "broken": [{"broken": "no_head_lock", "operations": 9, "red": {"votes_lost": 4}}],
    }
    text = page(document)
    assert "| votes lost | 2 | 0 |" in text
    assert "votes lost 4" in text


def test_the_file_has_as_many_good_rows_as_are_expected():
    rows = file_to_import(250).decode().splitlines()[1:]
    assert len(rows) == 250
    assert sum("31.02.1990" not in one for one in rows) == accepted_of(250)


def test_latency_is_told_by_rank():
    times = [float(n) for n in range(1, 1001)]
    random.Random(1).shuffle(times)
    assert summary(times) == {"p50_ms": 501.0, "p95_ms": 951.0, "p99_ms": 991.0, "max_ms": 1000.0}
