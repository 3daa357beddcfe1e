"""First come, first served, before SQLite's one write lock.

Whoever finds SQLite's lock taken sleeps and asks again, so a busy writer (an import that commits
chunk after chunk) takes it again before the sleepers wake, and somebody waits for half a minute.
Here writers queue: one holds the *turn*, one the head of the *queue*, and whoever comes back has to
queue anew. The locks are the system's own on two files, so they hold between processes and a
killed process leaves none behind.
"""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

QUEUE, TURN = ".queue", ".turn"
_writing: set[int] = set()
"""Threads that have the turn."""


class Turn:
    """One connection's place in the queue."""

    def __init__(self, database: Path) -> None:
        self._files = tuple(
            os.open(f"{database}{name}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            for name in (QUEUE, TURN)
        )
        self.is_mine = False
        self._thread = 0

    def take(self) -> None:
        """Wait in the queue, then have the turn; nothing where this connection has it."""
        if self.is_mine or threading.get_ident() in _writing:
            # A thread that writes already would wait for itself: SQLite refuses it in time.
            return
        queue, turn = self._files
        fcntl.flock(queue, fcntl.LOCK_EX)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
        finally:
            fcntl.flock(queue, fcntl.LOCK_UN)
        self.is_mine, self._thread = True, threading.get_ident()
        _writing.add(self._thread)

    def give(self) -> None:
        """Let the next one have it."""
        if self.is_mine:
            self.is_mine = False
            _writing.discard(self._thread)
            fcntl.flock(self._files[1], fcntl.LOCK_UN)

    def end(self) -> None:
        """The connection is closed."""
        self.give()
        for file in self._files:
            os.close(file)


def queue_writers(engine: Engine, database: Path) -> None:
    """Let every connection of this engine queue before it begins to write."""

    def connected(_connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["turn"] = Turn(database)

    def over(_connection: Any, entry: ConnectionPoolEntry) -> None:
        if turn := entry.info.get("turn"):
            turn.give()

    def closed(_connection: Any, entry: ConnectionPoolEntry) -> None:
        if turn := entry.info.pop("turn", None):
            turn.end()

    event.listen(engine, "connect", connected)
    event.listen(engine, "checkin", over)
    event.listen(engine, "close", closed)


def take_turn(connection: Connection) -> None:
    """Called before BEGIN IMMEDIATE."""
    turn = connection.info.get("turn")
    if turn is not None:
        turn.take()
