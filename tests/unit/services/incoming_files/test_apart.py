"""The process that reads a file: what it may not do, and what its death means for the app."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.exceptions import UnusableFile
from services.importing.reading import read_table
from services.incoming_files import apart, child
from services.incoming_files.apart import read_apart
from services.incoming_files.limits import FileKind, ReaderLimits, reader_limits, readers_at_once
from services.incoming_files.refusals import TOO_HEAVY

DAY = date(2026, 11, 22)
PLENTY = ReaderLimits(1_000_000_000, 20, 20, 100_000_000)
SMALL = b"external_id,name\nP-1,Nino\n"
LARGE = b"external_id,name\n" + b"".join(b"P-%d,Nino\n" % at for at in range(400_000))


def ending_of(act: Callable[[], object], limits: ReaderLimits = PLENTY) -> int:
    """How a process ends that limits itself as readers do and then acts: 0 when it could."""
    number = os.fork()
    if number == 0:
        code = 99
        try:
            child.limit_itself(limits.plain())
            act()
            code = 0
        except MemoryError:
            code = child.OUT_OF_MEMORY
        except OSError as error:
            code = error.errno or errno.EPERM
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def forever() -> None:
    while True:
        pass


def test_reader_may_still_compute_and_read() -> None:
    assert ending_of(lambda: Path(__file__).read_bytes()) == 0


@pytest.mark.parametrize(
    "act",
    [
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: subprocess.run([sys.executable, "-c", ""], check=False),
        lambda: os.system("true"),  # noqa: S605, S607
        lambda: os.fork(),
        lambda: Path("/tmp/left-behind").write_text("x"),  # noqa: S108
        lambda: os.remove(__file__),
        lambda: os.kill(os.getppid(), 0),
    ],
)
def test_reader_has_no_network_no_process_and_writes_nothing(act: Callable[[], object]) -> None:
    assert ending_of(act) == errno.EPERM


def test_reader_that_wants_too_much_memory_gets_none() -> None:
    limits = ReaderLimits(800_000_000, 20, 20, 1)
    assert ending_of(lambda: bytearray(900_000_000), limits) == child.OUT_OF_MEMORY


def test_reader_that_never_returns_is_ended_by_the_kernel() -> None:
    waiting = ReaderLimits(1_000_000_000, 20, 1, 1)
    assert ending_of(lambda: time.sleep(60), waiting) == -signal.SIGALRM
    computing = ReaderLimits(1_000_000_000, 1, 20, 1)
    assert ending_of(forever, computing) in (-signal.SIGXCPU, -signal.SIGKILL)


@pytest.mark.parametrize(
    "limits",
    [
        ReaderLimits(40_000_000, 20, 20, 100_000_000),
        ReaderLimits(1_000_000_000, 1, 20, 100_000_000),
        ReaderLimits(1_000_000_000, 20, 1, 100_000_000),
    ],
    ids=["memory", "processor", "clock"],
)
def test_file_that_needs_too_much_is_refused_with_what_to_do(limits: ReaderLimits) -> None:
    with pytest.raises(UnusableFile) as ended:
        list(read_apart(FileKind.TABLE, [LARGE * 4], {"encoding": None}, limits=limits))
    assert ended.value.sentence.text == TOO_HEAVY


def test_reader_that_answers_more_than_it_may_is_not_listened_to() -> None:
    limits = ReaderLimits(1_000_000_000, 20, 20, 60)
    with pytest.raises(UnusableFile) as ended:
        list(read_apart(FileKind.TABLE, [SMALL], {"encoding": None}, limits=limits))
    assert ended.value.sentence.text == TOO_HEAVY


def test_reader_knows_no_secret_of_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRATION_SECRET_OF_A_TEST", "1")
    apart._server.stop()
    read_table(SMALL)
    assert apart._server.process is not None
    known = Path(f"/proc/{apart._server.process.pid}/environ").read_bytes()
    assert known.strip(b"\0").split(b"\0") == [b"LANG=C.UTF-8"]


def test_files_are_read_again_after_the_readers_parent_died() -> None:
    read_table(SMALL)
    assert apart._server.process is not None
    apart._server.process.kill()
    apart._server.process.wait()
    assert read_table(SMALL).rows[0].cells == ("P-1", "Nino")


def test_many_files_at_once_wait_for_each_other() -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(len(read_table(SMALL).rows)))
        for _ in range(4 * readers_at_once(DAY))
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [1] * len(threads)


def test_every_kind_of_file_has_limits_and_a_reader() -> None:
    for kind in FileKind:
        assert reader_limits(kind, DAY).memory_bytes > 0
        assert callable(child.reader(kind))
