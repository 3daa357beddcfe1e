"""The parent of all replicas: it has everything imported, so a killed one is back in a moment.

It reads orders from its input, one JSON object a line, and tells on its output what happened.
"""

from __future__ import annotations

import json
import os
import select
import signal
import time
import traceback
from pathlib import Path
from typing import Any

from bench.chaos import broken
from bench.chaos.replica import serve
from bench.chaos.stage import Post, Round, Stage, file_to_import
from db.session import configure, engine
from db.settings import Settings

BACK_AFTER_SECONDS = 1.0


class Nursery:
    """Forks replicas and side jobs; restarts the replicas."""

    def __init__(self, orders: dict[str, Any]) -> None:
        plain = orders["stage"]
        self.stage = Stage(
            plain["recruiters"],
            plain["members"],
            plain["files"],
            [Round(**one) for one in plain["rounds"]],
            [
                Post(**{**one, "candidacies": {int(k): v for k, v in one["candidacies"].items()}})
                for one in plain["posts"]
            ],
        )
        self.ports: list[int] = orders["ports"]
        self.fail_point: float = orders["fail_point"]
        self.broken: str = orders["broken"]
        self.replicas: dict[int, int] = {}
        self.jobs: set[int] = set()

    def start(self, place: int) -> None:
        pid = os.fork()
        if pid == 0:
            self._become(lambda: serve(self.ports[place], self.stage, self.fail_point))
        self.replicas[pid] = place
        say(started=place, pid=pid)

    def job(self, name: str, path: str, size: int) -> None:
        pid = os.fork()
        if pid == 0:
            self._become(lambda: run_job(name, path, size))
        self.jobs.add(pid)
        say(job=name, pid=pid)

    def _become(self, work: Any) -> None:
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            os.close(0)
            configure(Settings.from_environment())
            if self.broken:
                broken.apply(self.broken)
            work()
        except BaseException:  # noqa: BLE001 - the child's own end
            say(crashed=traceback.format_exc()[-3000:])
        finally:
            os._exit(0)

    def watch(self) -> None:
        """Restart whoever died, until the harness closes our input."""
        due: list[tuple[float, int]] = []
        while True:
            pid, _status = os.waitpid(-1, os.WNOHANG) if self.replicas or self.jobs else (0, 0)
            if pid in self.replicas:
                place = self.replicas.pop(pid)
                say(died=place, pid=pid)
                due.append((time.monotonic() + BACK_AFTER_SECONDS, place))
            elif pid in self.jobs:
                self.jobs.discard(pid)
                say(job_over=pid)
            for moment, place in [one for one in due if one[0] <= time.monotonic()]:
                due.remove((moment, place))
                self.start(place)
            if not self._obey():
                return

    def _obey(self) -> bool:
        """Take an order if there is one; False at the end of the input, with every child killed."""
        if not select.select([0], [], [], 0.02)[0]:
            return True
        line = ORDERS.readline()
        if not line:
            for child in [*self.replicas, *self.jobs]:
                os.kill(child, signal.SIGKILL)
            return False
        order = json.loads(line)
        self.job(order["job"], order["path"], order["size"])
        return True


ORDERS = open(0, "rb", buffering=0)  # noqa: SIM115 - one line a read, nothing kept back


def say(**what: Any) -> None:
    """One line; written at once, so that lines of several processes don't mix."""
    os.write(1, (json.dumps(what) + "\n").encode())


def run_job(name: str, path: str, size: int) -> None:
    """An import or a backup in a process of its own."""
    started = time.monotonic()
    if name == "backup":
        from db.backup.making import back_up

        manifest = back_up(engine(), Path(path))
        found: dict[str, Any] = {"audit_seq": manifest.audit_seq}
    else:
        from domain.enums import ImportKind
        from services.importing.running import run_import
        from services.officers.operator import operator

        result = run_import(
            kind=ImportKind.JOBSEEKERS,
            content=file_to_import(size),
            file_name="people.csv",
            by=operator(),
        )
        found = {
            "created": result.created,
            "unchanged": result.unchanged + result.updated,
            "rejected": result.rejected,
        }
    say(done=name, path=path, seconds=round(time.monotonic() - started, 2), **found)


def main() -> None:
    nursery = Nursery(json.loads(ORDERS.readline()))
    for place in range(len(nursery.ports)):
        nursery.start(place)
    nursery.watch()


if __name__ == "__main__":
    main()
