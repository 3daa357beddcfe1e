"""Has a file read in a process of its own, which may use so much memory and time and no more.

The app itself never parses what comes from outside. What comes back is plain JSON and bytes; a
process that dies over a file becomes a sentence for the person who brought it.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from domain.exceptions import EncodingToConfirm, UnusableFile
from domain.texts import from_json
from services import clock
from services.incoming_files.child import OUT_OF_MEMORY
from services.incoming_files.frames import Frame, TooMuch, receive, send_json
from services.incoming_files.limits import FileKind, ReaderLimits, reader_limits, readers_at_once
from services.incoming_files.refusals import BROKE_OFF, NOT_NOW, TOO_HEAVY

ROOT = Path(__file__).parents[2]
_KINDS = tuple(FileKind)
_GRACE = 5.0
"""Seconds beyond the reader's own limit, after which the app stops waiting."""
_STOPPED = frozenset({-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL, OUT_OF_MEMORY})
log = logging.getLogger(__name__)

Source = bytes | BinaryIO


class ReadingEnded(UnusableFile):
    """The process ended over the file; `code` is its exit code, below zero the signal."""

    def __init__(self, sentence: str, code: int | None) -> None:
        super().__init__(sentence)
        self.code = code


def read_apart(
    kind: FileKind,
    sources: Sequence[Source],
    arguments: dict[str, Any] | None = None,
    *,
    limits: ReaderLimits | None = None,
) -> Iterator[Any]:
    """What the reader of this kind says about the files, piece by piece.

    UnusableFile and EncodingToConfirm as the reader raised them, or because it ended over a file.
    Without `limits`, those in force.
    """
    limits = limits or reader_limits(kind, clock.today())
    with _places(readers_at_once(clock.today())), ExitStack() as opened:
        handed = [opened.enter_context(_Handed(source)) for source in sources]
        with _ask(kind) as connection:
            try:
                socket.send_fds(connection, [b"\1"], [one.number for one in handed])
                send_json(connection, {"limits": limits.plain(), "arguments": arguments or {}})
            except OSError as error:
                raise ReadingEnded(NOT_NOW, None) from error
            yield from _pieces(kind, connection, limits)


@cache
def _places(count: int) -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(count)


def _pieces(kind: FileKind, connection: socket.socket, limits: ReaderLimits) -> Iterator[Any]:
    until = time.monotonic() + limits.seconds + _GRACE
    left = limits.answer_bytes
    code: int | None = None
    try:
        while True:
            connection.settimeout(max(0.01, until - time.monotonic()))
            frame = receive(connection, left)
            if frame is None or frame[0] is Frame.END:
                break
            left -= len(frame[1])
            if frame[0] is Frame.STATUS:
                code = json.loads(frame[1])
                frame = None
                break
            yield frame[1] if frame[0] is Frame.BYTES else _told(json.loads(frame[1]))
    except (TimeoutError, TooMuch) as error:
        raise _ended(kind, -signal.SIGKILL) from error
    except OSError as error:
        raise _ended(kind, None) from error
    if frame is None:
        raise _ended(kind, code)


def _told(piece: Any) -> Any:
    if isinstance(piece, dict) and "refused" in piece:
        raise UnusableFile(from_json(piece["refused"]))
    if isinstance(piece, dict) and "asked" in piece:
        raise EncodingToConfirm(from_json(piece["asked"]), piece["samples"])
    return piece


def _ended(kind: FileKind, code: int | None) -> ReadingEnded:
    # No word of the file: its name and content may be personal.
    log.log(logging.WARNING, "reading_ended kind=%s code=%s", kind.value, code)
    return ReadingEnded(TOO_HEAVY if code in _STOPPED else BROKE_OFF, code)


class _Handed:
    """A source as an open file that another process can read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.own: BinaryIO | None = None
        self.number = -1

    def __enter__(self) -> _Handed:
        if isinstance(self.source, bytes):
            self.own = _in_memory(self.source)
        else:
            self.source.seek(0)
            try:
                self.number = self.source.fileno()
                return self
            except OSError:  # held in memory
                self.own = _in_memory(self.source.read())
        self.number = self.own.fileno()
        return self

    def __exit__(self, *_error: object) -> None:
        if self.own is not None:
            self.own.close()


def _in_memory(content: bytes) -> BinaryIO:
    if hasattr(os, "memfd_create"):
        file: BinaryIO = os.fdopen(os.memfd_create("incoming"), "w+b")
    else:  # elsewhere than on Linux
        file = tempfile.TemporaryFile()  # noqa: SIM115 - its user closes it
    file.write(content)
    file.seek(0)
    return file


class _Server:
    """The process that forks readers; started with the first file, again where it died."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None

    def connect(self, kind: FileKind) -> socket.socket:
        """A connection to a new reader; ReadingEnded where none can be had."""
        ours, theirs = socket.socketpair()
        with theirs, self.lock:
            for is_last in (False, True):
                try:
                    asked = bytes([_KINDS.index(kind)])
                    socket.send_fds(self._running(), [asked], [theirs.fileno()])
                    return ours
                except OSError as error:
                    self.stop()
                    if is_last:
                        ours.close()
                        raise ReadingEnded(NOT_NOW, None) from error
        raise AssertionError("unreachable")

    def _running(self) -> socket.socket:
        if self.process is not None and self.process.poll() is not None:
            self.stop()  # it has died meanwhile
        if self.control is not None:
            return self.control
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "services.incoming_files.server", str(theirs.fileno())],
                cwd=ROOT,
                # Neither addresses nor keys of the app reach a process that reads foreign files.
                env={"LANG": "C.UTF-8"},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self.control = ours
        return ours

    def stop(self) -> None:
        """Close the connection, which ends the process, and wait for it."""
        if self.control is not None:
            self.control.close()
            self.control = None
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=2)
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
            self.process = None


_server = _Server()
atexit.register(_server.stop)


def _ask(kind: FileKind) -> socket.socket:
    return _server.connect(kind)
