"""One process, one file: gives up what reading does not need, reads, answers, ends.

Forked by `services.incoming_files.server`, which has loaded the parsers already.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO, Protocol

from domain.exceptions import EncodingToConfirm, UnusableFile
from domain.texts import to_json
from services.incoming_files.frames import Frame, receive_json, send, send_json
from services.incoming_files.limits import FileKind

OUT_OF_MEMORY, FAILED = 3, 4
"""How the process ends where it has no answer."""

MOST_FILES = 200
_HEADER_BYTES = 10_000_000
_SECONDS_TO_BEGIN = 60
_OPEN_FILES = 300
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "os.kill",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.truncate",
    "shutil.",
    "ctypes.",
    "pty.",
    "urllib.",
)

READERS = {
    FileKind.TABLE: "services.importing.reading",
    FileKind.ATTACHMENT: "services.official_documents.inspection",
    FileKind.MAPPING: "services.incoming_files.plain",
    FileKind.SIGNATURE: "services.official_documents.detached",
    FileKind.CLASSIFICATION: "services.esco.reading_apart",
}
"""The module whose function `answer` reads files of the kind."""


class Reader(Protocol):
    """What reads files of one kind and says, piece by piece, what they hold."""

    def __call__(
        self, files: Sequence[BinaryIO], arguments: dict[str, Any]
    ) -> Iterator[dict[str, Any] | list[Any] | bytes]: ...


def reader(kind: FileKind) -> Reader:
    """The function that reads files of this kind; loads what it needs."""
    found: Reader = import_module(READERS[kind]).answer
    return found


def serve(connection: socket.socket, kind: FileKind) -> None:
    """Read the files that come over the connection, answer, and end the process."""
    code = FAILED
    with suppress(BaseException):
        code = _served(connection, kind)
    os._exit(code)


def _served(connection: socket.socket, kind: FileKind) -> int:
    signal.alarm(_SECONDS_TO_BEGIN)
    _, handed, _, _ = socket.recv_fds(connection, 1, MOST_FILES)
    told = receive_json(connection, _HEADER_BYTES)
    limit_itself(told["limits"])
    try:
        files = [os.fdopen(number, "rb") for number in handed]
        for piece in reader(kind)(files, told["arguments"]):
            if isinstance(piece, bytes):
                send(connection, Frame.BYTES, piece)
            else:
                send_json(connection, piece)
    except EncodingToConfirm as asked:
        send_json(connection, {"asked": to_json(asked.sentence), "samples": asked.samples})
    except UnusableFile as refused:
        send_json(connection, {"refused": to_json(refused.sentence)})
    except MemoryError:
        return OUT_OF_MEMORY
    send(connection, Frame.END)
    return 0


def limit_itself(limits: dict[str, int]) -> None:
    """From here on: so much memory and time, no file written, no process, no network."""
    # The kernel ends the process; a parser that never returns can't put that off.
    signal.setitimer(signal.ITIMER_REAL, limits["seconds"])
    seconds = limits["cpu_seconds"]
    for what, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    is_writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
    if is_writing or event.startswith(_FORBIDDEN):
        raise PermissionError(f"a process that reads files may not: {event}")
