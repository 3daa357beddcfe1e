"""What machines ask of the app: alive, ready, counted; nothing of it is told to a stranger."""

import asyncio
import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, Popen, check_output
from sys import executable
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from db.models.operations import DueJobRow
from db.session import configure, unit_of_work
from db.settings import Settings
from services import clock
from services.due_work import DueJob, run_due
from services.officers import accounts, sign_in
from services.officers.demo_accounts import PASSWORD
from services.operations import due_runs, metrics, readiness
from services.rankings import pool
from ui import gate
from ui.operations import access, addresses

ROOT = Path(__file__).parents[3]
TOKEN = "a-token-of-twenty-signs-or-more"
APP = Starlette(
    routes=[
        Route("/healthz", addresses.healthz),
        Route("/readyz", addresses.readyz),
        Route("/metrics", addresses.metrics_page),
    ],
    middleware=[Middleware(access.AccessLog), Middleware(gate.Gate)],
)


def ask(path: str, token: str | None = None) -> tuple[int, str, dict[str, str]]:
    headers = [(b"host", b"work.example.ge")]
    if token is not None:
        headers.append((b"authorization", f"Bearer {token}".encode()))
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": headers, "client": ("192.0.2.1", 1),
        "server": ("work.example.ge", 443), "scheme": "https", "root_path": "",
        "http_version": "1.1",
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def take(message: Any) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, APP(scope, receive, take)).result()
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:]).decode(), found


@pytest.fixture(autouse=True)
def watched(
    settings: Settings, sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    # However long the tests before it took, this process has just started.
    monkeypatch.setattr(readiness, "STARTED", time.monotonic())
    told = replace(settings, metrics_token=TOKEN, least_free_disk_mb=1)
    configure(told)
    readiness._kept = None
    yield told
    readiness._kept = None


def test_a_process_that_answers_is_alive_also_without_a_database(watched: Settings) -> None:
    configure(replace(watched, database_url=f"sqlite:///{watched.data_dir}"))
    assert ask("/healthz")[:2] == (200, "ok")


def test_a_process_is_ready_while_database_disk_and_due_work_are_well() -> None:
    assert ask("/readyz")[:2] == (200, "ready")


def test_without_a_database_it_is_not_ready_and_strangers_do_not_learn_why(
    watched: Settings,
) -> None:
    configure(replace(watched, database_url=f"sqlite:///{watched.data_dir}"))
    assert ask("/readyz")[:2] == (503, "not ready")
    status, text, _ = ask("/readyz", TOKEN)
    assert status == 503
    assert json.loads(text)["database"]["ok"] is False
    assert str(watched.data_dir) not in text


def test_with_a_full_disk_it_is_not_ready(watched: Settings) -> None:
    configure(replace(watched, least_free_disk_mb=10**9))
    status, text, _ = ask("/readyz", TOKEN)
    assert status == 503
    assert "Free some room" in json.loads(text)["disk"]["found"]


def test_an_older_schema_is_not_ready(sqlite_database: Engine) -> None:
    with unit_of_work() as work:
        work.session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        work.commit()
    assert "manage.py migrate" in json.loads(ask("/readyz", TOKEN)[1])["database"]["found"]


def test_due_work_that_stands_still_makes_it_unready(monkeypatch: pytest.MonkeyPatch) -> None:
    run_due((DueJob("reminders", lambda: 2),))
    assert ask("/readyz")[0] == 200
    with unit_of_work() as work:
        row = work.session.get_one(DueJobRow, "reminders")
        row.ran_at = clock.now() - timedelta(minutes=11)
        work.commit()
    readiness._kept = None
    assert ask("/readyz")[0] == 200, "a process that has just started is given its time"
    monkeypatch.setattr(readiness, "STARTED", readiness.STARTED - 10_000)
    readiness._kept = None
    assert ask("/readyz")[0] == 503
    assert "deadlines and messages wait" in ask("/readyz", TOKEN)[1]


def test_many_who_ask_at_once_cost_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []

    def look() -> tuple[readiness.Check, ...]:
        looks.append(1)
        return ()

    monkeypatch.setattr(readiness, "look", look)
    assert [readiness.is_ready() for _ in range(50)] == [True] * 50
    assert len(looks) == 1


@pytest.mark.parametrize("token", [None, "", "another-token-of-twenty-signs", TOKEN[:-1]])
def test_metrics_are_not_there_for_whoever_has_no_token(token: str | None) -> None:
    status, text, _ = ask("/metrics", token)
    assert (status, text) == (404, "404")


def test_where_no_token_is_set_nobody_gets_metrics(watched: Settings) -> None:
    configure(replace(watched, metrics_token=""))
    assert ask("/metrics", "")[0] == 404


def test_metrics_tell_queues_slow_pages_failed_work_sessions_and_the_pool() -> None:
    accounts.create_demo_accounts()
    sign_in.sign_in(username="recruiter", password=PASSWORD, address="192.0.2.9")
    pool.live_pool()
    metrics.observe_rerun("ranking", 0.3)

    def fails() -> int:
        raise ValueError

    run_due((DueJob("reminders", fails),))
    text = ask("/metrics", TOKEN)[1]
    for expected in (
        'migration_queue_length{queue="messages_waiting"} 0.0',
        'migration_queue_length{queue="titles_to_code"} 0.0',
        'migration_due_failures_in_a_row{job="reminders"} 1.0',
        'migration_due_failures_total{job="reminders"}',
        'migration_rerun_seconds_bucket{le="0.5",page="ranking"}',
        "migration_officers_signed_in 1.0",
        "migration_pool_events_behind ",
        "migration_database_up 1.0",
    ):
        assert expected in text
    assert "recruiter" not in text


def test_a_database_that_does_not_answer_is_a_figure_and_no_error(watched: Settings) -> None:
    configure(replace(watched, database_url=f"sqlite:///{watched.data_dir}"))
    status, text, _ = ask("/metrics", TOKEN)
    assert status == 200
    assert "migration_database_up 0.0" in text


COUNT = """
import sys
import time
from services.operations import metrics
if sys.argv[1] == "tell":
    text = metrics.exposition().decode()
    print(*[line for line in text.splitlines() if line.startswith("migration_errors_total{")])
else:
    metrics.begin()
    metrics.count_error("screen")
    metrics.count_error("screen")
    if sys.argv[1] == "stay":
        print("counted", flush=True)
        sys.stdin.read()
"""


@pytest.mark.long
def test_several_processes_add_up(watched: Settings) -> None:
    """About 6 s: four processes that import the services."""
    told = {
        **os.environ,
        "PROMETHEUS_MULTIPROC_DIR": str(watched.data_dir / "metrics"),
        "MIGRATION_DATABASE_URL": watched.database_url,
        "MIGRATION_DATA_DIR": str(watched.data_dir),
    }

    def in_a_process(what: str) -> str:
        return check_output([executable, "-c", COUNT, what], cwd=ROOT, env=told, text=True)

    in_a_process("once")
    lives = Popen(
        [executable, "-c", COUNT, "stay"], cwd=ROOT, env=told, text=True, stdin=PIPE, stdout=PIPE
    )
    assert lives.stdin and lives.stdout
    lives.stdout.readline()
    in_a_process("once")
    assert in_a_process("tell").split()[-1] == "4.0", "the first began anew: nobody else lived"
    lives.stdin.close()
    lives.stdout.close()
    lives.wait()


def test_every_answer_carries_a_number_of_its_own() -> None:
    numbers = {ask("/healthz")[2]["x-request-id"] for _ in range(3)}
    assert len(numbers) == 3


def test_a_round_of_due_work_is_noted_with_how_it_went() -> None:
    def fails() -> int:
        raise ValueError("of somebody")

    jobs = (DueJob("a", lambda: 3), DueJob("b", fails))
    run_due(jobs)
    run_due(jobs)
    a, b = due_runs.due_jobs()
    assert (a.settled, a.failures_in_a_row) == (3, 0) and a.succeeded_at == a.ran_at
    assert (b.failures_in_a_row, b.succeeded_at) == (2, None)
    run_due((DueJob("b", lambda: 0),))
    assert due_runs.due_jobs()[1].failures_in_a_row == 0
