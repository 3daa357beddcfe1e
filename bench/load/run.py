"""`make load`: the screens that officers keep open, with more and more of them at once.

    python -m bench.load --people 2000 --pages ranking --sessions 25

The app runs on one core, those who measure on another. Each screen is recorded once in a real
Chromium (`bench.load.recording`), then played by so many sessions with five seconds of thought
between two clicks. A number of sessions is held when nine tenths and a half of the clicks are
answered within half a second.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

import install
from bench import results
from bench.load import load_page
from bench.load.crowd import colleagues, grow
from bench.load.playing import play, sign_in
from bench.load.recording import WORKS, Recording, record
from bench.load.server import Server, manage, pin, running
from bench.results import Row, print_table
from db.keys import DEFAULT_NAME
from tests.browser.conftest import CHROMIUM_ARGUMENTS, free_port

PEOPLE = (2_000, 100_000)
SESSIONS = (25, 50, 75, 100, 150, 200)
RECRUITER, COLLEAGUES = "recruiter", 4
WINDOWS = 40
"""Of one officer, as services/parameters/traffic.yaml lets them; a member sits alone in a seat."""
GOAL_MS = 500.0
SETTLE, SECONDS = 10.0, 25.0
CLIENTS_CORE = 1


def main() -> None:
    """Measure, print, write `bench/results/load.json` and its page."""
    options = _options()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        for people in options.people:
            with _database(Path(folder), people, options.sample) as data:
                rows += _measure(data, people, options)
    print_table(rows, load_page.COLUMNS)
    if not options.dry:
        results.write("load", rows, packages=("streamlit", "websockets", "uvicorn"))
        load_page.write()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load")
    numbers = {"type": lambda text: tuple(int(part) for part in text.split(","))}
    parser.add_argument("--people", default=PEOPLE, **numbers)  # type: ignore[arg-type]
    parser.add_argument("--sessions", default=SESSIONS, **numbers)  # type: ignore[arg-type]
    parser.add_argument("--pages", default=tuple(work.page for work in WORKS), type=_names)
    parser.add_argument("--seconds", default=SECONDS, type=float, help="of each measurement")
    parser.add_argument("--sample", type=Path, help="a database that holds the sample already")
    parser.add_argument("--dry", action="store_true", help="print only, keep the last results")
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


@contextmanager
def _database(folder: Path, people: int, loaded: Path | None) -> Iterator[Path]:
    """A folder with the sample, its people copied until there are enough."""
    data = folder / str(people)
    data.mkdir()
    sample = loaded or folder / "sample.db"
    if not sample.exists():
        print("loading the sample …", file=sys.stderr)
        manage(data, "load-sample")
        shutil.copyfile(data / "app.db", sample)
        shutil.copy(data / DEFAULT_NAME, folder)
    shutil.copyfile(sample, data / "app.db")
    # Without the keys of its encrypted fields the app would have no sample to show.
    shutil.copy(sample.with_name(DEFAULT_NAME), data)
    _grow(data, people)
    yield data
    shutil.rmtree(data)


def _grow(data: Path, people: int) -> None:
    import db.session
    from db.settings import Settings

    print(f"{people:,} people …", file=sys.stderr)
    address = f"sqlite:///{data / 'app.db'}"
    engine = db.session.configure(Settings(database_url=address, data_dir=data))
    grow(people)
    colleagues(RECRUITER, COLLEAGUES)
    engine.dispose()


def _measure(data: Path, people: int, options: argparse.Namespace) -> list[Row]:
    port = free_port()
    with running(data, port) as server:
        recordings = _record(server, data, options.pages)
    rows = []
    for recording in recordings:
        officers = _officers(recording)
        for sessions in sorted({min(n, WINDOWS * len(officers)) for n in options.sessions}):
            # A process of its own each time: memory that was used before would hide what is.
            with running(data, free_port()) as server:
                row = _row(server, recording, people, sessions, options.seconds)
            rows.append(row)
            print_table([row], load_page.COLUMNS)
            if row["p95_ms"] is None or row["p95_ms"] > GOAL_MS:
                break
    return rows


def _record(server: Server, data: Path, pages: tuple[str, ...]) -> list[Recording]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=install.find_chromium(), args=CHROMIUM_ARGUMENTS, chromium_sandbox=False
        )
        made = [record(browser, server.address, work, data) for work in WORKS if work.page in pages]
        browser.close()
    return made


def _row(server: Server, recording: Recording, people: int, sessions: int, seconds: float) -> Row:
    officers = _officers(recording)
    warm = sign_in(server.address, officers, 1)
    asyncio.run(play(server.address, warm, recording, settle=0, seconds=len(recording.clicks)))
    cookies = sign_in(server.address, officers, sessions)
    before, spent = server.megabytes, server.cpu_seconds
    pin(CLIENTS_CORE)
    heard = asyncio.run(play(server.address, cookies, recording, settle=SETTLE, seconds=seconds))
    waits = sorted(heard.waits)
    cpu = server.cpu_seconds - spent
    return {
        "page": recording.page,
        "people": people,
        "sessions": sessions,
        "p50_ms": _of(waits, 0.5),
        "p95_ms": _of(waits, 0.95),
        "first_paint_ms": round(recording.first_paint_ms or 0) or None,
        "mb_per_session": round((server.megabytes - before) / sessions, 2),
        "clicks": len(waits),
        "opening_p50_ms": _of(sorted(heard.openings), 0.5),
        "core_used": round(cpu / (SETTLE + seconds), 2),
        "cpu_ms": round(cpu / max(heard.answers, 1) * 1e3, 1),
        "errors": heard.errors,
    }


def _officers(recording: Recording) -> tuple[str, ...]:
    copies = range(1, COLLEAGUES + 1) if recording.officer == RECRUITER else ()
    return (recording.officer, *(f"{RECRUITER}.{number}" for number in copies))


def _of(ordered: list[float], share: float) -> float | None:
    """That share of the clicks was answered within so many milliseconds; None without clicks."""
    if not ordered:
        return None
    if len(ordered) == 1:
        return round(ordered[0] * 1e3)
    cuts = statistics.quantiles(ordered, n=100, method="inclusive")
    return round(cuts[round(share * 100) - 1] * 1e3)
