"""SQLite's writers are served in the order in which they came."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db.turns import Turn

HOLD = """
import sys, time
from pathlib import Path
from db.turns import Turn
turn = Turn(Path(sys.argv[1]))
turn.take()
print("mine", flush=True)
time.sleep(60)
"""


def test_whoever_comes_back_waits_behind_whoever_is_waiting(tmp_path: Path) -> None:
    served: list[str] = []
    first, second = Turn(tmp_path / "a.db"), Turn(tmp_path / "a.db")
    first.take()

    def other() -> None:
        second.take()
        served.append("second")
        second.give()

    thread = threading.Thread(target=other)
    thread.start()
    time.sleep(0.2)  # in the queue by now
    first.give()
    first.take()
    served.append("first again")
    first.give()
    thread.join()
    assert served == ["second", "first again"]


def test_a_killed_process_leaves_the_turn_to_the_next(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "a.db")], stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"mine\n"
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    mine = Turn(tmp_path / "a.db")
    mine.take()
    assert mine.is_mine
    mine.end()


@pytest.mark.parametrize("ends", ["commit", "rollback"])
def test_the_turn_ends_with_the_transaction(sqlite_database: Engine, ends: str) -> None:
    with sqlite_database.connect() as connection:
        connection.execute(text("UPDATE audit_head SET seq = seq"))
        assert connection.info["turn"].is_mine
        getattr(connection, ends)()
        turn = connection.info["turn"]
    assert not turn.is_mine


def test_reading_waits_for_nobody(sqlite_database: Engine) -> None:
    with sqlite_database.connect() as writer, sqlite_database.connect() as reader:
        writer.execute(text("UPDATE audit_head SET seq = seq"))
        reading = reader.execution_options(readonly=True)
        assert reading.execute(text("SELECT count(*) FROM audit_head")).scalar() is not None
        assert not reader.info["turn"].is_mine
