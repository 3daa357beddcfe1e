"""A SQLite database in production belongs to one process of the app: held by a lock on a file."""

from __future__ import annotations

from pathlib import Path
from typing import IO

_held: IO[str] | None = None


def hold(directory: Path) -> bool:
    """Take the directory for this process until it ends; False where another one has it."""
    global _held
    try:
        import fcntl
    except ImportError:  # not on Windows
        return True
    handle = (directory / "app.lock").open("w", encoding="ascii")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return False
    _held = handle  # closing it would let go
    return True


def let_go() -> None:
    """Give the directory back, at the end of the app."""
    global _held
    if _held is not None:
        _held.close()
        _held = None
