"""What a process counts while it works, for whoever watches the system (Prometheus).

Where `PROMETHEUS_MULTIPROC_DIR` names a directory (`manage.py serve` does), the processes on one
machine count into files there and any of them tells the sum. No label ever names a person.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from db.settings import metrics_directory
from services.operations.figures import Figure, figures

if metrics_directory():
    # The library opens its files at the first definition and makes no directory.
    Path(metrics_directory()).mkdir(parents=True, exist_ok=True)

OWN = CollectorRegistry()
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

_reruns = Histogram(
    "migration_rerun_seconds",
    "Time that a screen took to draw",
    ["page"],
    registry=OWN,
    buckets=BUCKETS,
)
_requests = Counter(
    "migration_http_requests_total", "Answers by kind of status", ["status"], registry=OWN
)
_errors = Counter("migration_errors_total", "Errors that nobody expected", ["place"], registry=OWN)
_failed_jobs = Counter("migration_due_failures_total", "Failed due work", ["job"], registry=OWN)
_tabs = Gauge(
    "migration_open_tabs",
    "Open browser tabs (websockets)",
    registry=OWN,
    multiprocess_mode="livesum",
)


def observe_rerun(page: str, seconds: float) -> None:
    """A screen was drawn."""
    _reruns.labels(page).observe(seconds)


def count_request(status: int) -> None:
    """An answer went out; counted as 2xx, 3xx, 4xx or 5xx."""
    _requests.labels(f"{status // 100}xx").inc()


def count_error(place: str) -> None:
    """Something failed that nobody expected."""
    _errors.labels(place).inc()


def count_failed_job(job: str) -> None:
    """A job of due work failed."""
    _failed_jobs.labels(job).inc()


def tab_opened() -> None:
    """A browser tab connected."""
    _tabs.inc()


def tab_closed() -> None:
    """A browser tab went away."""
    _tabs.dec()


class _Figures(Collector):
    """What the database and this machine say at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        by_name: dict[str, list[Figure]] = {}
        for figure in figures():
            by_name.setdefault(figure.name, []).append(figure)
        for name, all_of_it in by_name.items():
            family = Metric(name, all_of_it[0].meaning, "gauge")
            for figure in all_of_it:
                family.add_sample(name, dict(figure.labels), figure.value)
            yield family


def exposition() -> bytes:
    """Everything in Prometheus' text format: all processes of this machine added up."""
    if metrics_directory():
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        counted = generate_latest(shared)
    else:
        counted = generate_latest(OWN)
    asked = CollectorRegistry()
    asked.register(_Figures())
    return counted + generate_latest(asked)


def begin() -> None:
    """Put the files of processes that are gone in order, at the start of a process.

    What they counted goes on counting while another process lives: a sum that falls would read as
    a new beginning, and everything counted before as happening now.
    """
    directory = metrics_directory()
    if not directory:
        return
    files = {file: _process_of(file) for file in Path(directory).glob("*_*.db")}
    gone = {process for process in files.values() if not _lives(process)}
    if gone >= set(files.values()) - {os.getpid()}:
        for file in [file for file, process in files.items() if process in gone]:
            file.unlink(missing_ok=True)
    else:
        for process in gone:
            mark_process_dead(process, directory)  # type: ignore[no-untyped-call]


def _process_of(file: Path) -> int:
    number = file.stem.rpartition("_")[2]
    return int(number) if number.isdigit() else 0


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return process > 0
