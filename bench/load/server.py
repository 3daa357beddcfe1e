"""The app as an operator starts it, on one core of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.results import ROOT

SERVERS_CORE = 0
START_WITHIN = 180  # seconds


@dataclass(frozen=True)
class Server:
    """A running app."""

    address: str
    process: psutil.Process

    @property
    def megabytes(self) -> float:
        """What the process holds in memory."""
        return self.process.memory_info().rss / 1e6

    @property
    def cpu_seconds(self) -> float:
        """What the process has computed so far."""
        times = self.process.cpu_times()
        return times.user + times.system


def environment(data: Path) -> dict[str, str]:
    """What a process of the app finds in its environment; its database is in `data`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MIGRATION_")}
    return {
        **kept,
        "MIGRATION_DATA_DIR": str(data),
        "MIGRATION_DATABASE_URL": f"sqlite:///{data / 'app.db'}",
        "MIGRATION_ENVIRONMENT": "demo",
    }


def pin(core: int) -> None:
    """Keep this process on one core, where the system lets it."""
    available = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {available[min(core, len(available) - 1)]})


@contextmanager
def running(data: Path, port: int) -> Iterator[Server]:
    """The app on a prepared database, until the block is left."""
    with (data / "output.txt").open("w") as output:
        child = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment(data),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: pin(SERVERS_CORE),
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(child, address, data / "output.txt")
        yield Server(address, psutil.Process(child.pid))
    finally:
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait(child: subprocess.Popen[bytes], address: str, output: Path) -> None:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        if child.poll() is not None:
            raise RuntimeError(f"the app ended while starting: {output.read_text()[-1000:]}")
        try:
            with urllib.request.urlopen(address + "/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the app is not healthy after {START_WITHIN} s")


def manage(data: Path, *arguments: str) -> None:
    """One command of `manage.py` on the database in `data`."""
    command = [sys.executable, "manage.py", *arguments]
    child_environment: Mapping[str, str] = environment(data)
    subprocess.run(command, cwd=ROOT, env=child_environment, check=True, capture_output=True)
