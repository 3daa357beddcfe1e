"""The replicas and what happens to them: killed at random, restarted, side jobs beside them."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from bench.chaos.databases import Database
from bench.chaos.stage import Stage

KILL_EVERY_SECONDS = 4.0


class Fleet:
    """Starts the nursery, listens to it, kills."""

    def __init__(
        self, database: Database, stage: Stage, *, replicas: int, fail_point: float, broken: str
    ) -> None:
        self.ports = [free_port() for _ in range(replicas)]
        self.living: dict[int, int] = {}
        self.kills = self.deaths = 0
        self.results: list[dict[str, Any]] = []
        self.crashes: list[str] = []
        self.jobs: dict[str, int] = {}
        self._killed: set[int] = set()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.chaos.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=database.environment(),
            cwd=Path(__file__).parents[2],
        )
        self._tell(
            {
                "stage": stage.plain(),
                "ports": self.ports,
                "fail_point": fail_point,
                "broken": broken,
            }
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _tell(self, order: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write((json.dumps(order) + "\n").encode())
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                said = json.loads(line)
            except ValueError:
                continue
            self._hear(said)

    def _hear(self, said: dict[str, Any]) -> None:
        if "started" in said:
            self.living[said["started"]] = said["pid"]
        elif "died" in said:
            self.living.pop(said["died"], None)
            self.deaths += said["pid"] not in self._killed
        elif "crashed" in said:
            self.crashes.append(said["crashed"])
        elif "job" in said:
            self.jobs[said["job"]] = said["pid"]
        elif "job_over" in said:
            self.jobs = {name: pid for name, pid in self.jobs.items() if pid != said["job_over"]}
        elif "done" in said:
            self.results.append(said)

    def wait_until_serving(self, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if all(is_open(port) for port in self.ports):
                return
            time.sleep(0.1)
        raise RuntimeError(f"the replicas don't start: {self.crashes[:1]}")

    def kill_one(self, dice: random.Random) -> None:
        """SIGKILL for a replica at random."""
        if not self.living:
            return
        pid = dice.choice(list(self.living.values()))
        self._killed.add(pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.kills += 1

    def kill_job(self, name: str) -> bool:
        pid = self.jobs.get(name)
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            return True
        return False

    def begin_job(self, name: str, path: Path | str = "", size: int = 0) -> None:
        self._tell({"job": name, "path": str(path), "size": size})

    def finish_job(
        self, name: str, path: Path | str = "", size: int = 0, seconds: float = 120
    ) -> dict[str, Any] | None:
        """Order it, and order it again whenever it dies; None if it never ends well."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            before = len(self.results)
            self.begin_job(name, path, size)
            began = time.monotonic()
            while time.monotonic() < until:
                done = [one for one in self.results[before:] if one["done"] == name]
                if done:
                    return done[0]
                if time.monotonic() - began > 1 and name not in self.jobs:
                    break
                time.sleep(0.1)
        return None

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        self._process.kill()
        self._process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def is_open(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(0.5)
        return tried.connect_ex(("127.0.0.1", port)) == 0
