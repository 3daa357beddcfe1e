"""How much a browser may put into the memory of this process before a screen has asked for it.

The oldest files of a window make room for a new one. What goes beyond the room of the officer or of
the process is refused: an upload that nobody reads stays in memory as long as its window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from services.importing.traffic import traffic_limits
from ui.passage import windows
from ui.passage.windows import Identity


class NoRoom(Exception):
    """The upload is refused; the status says whose room is full."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Uploads:
    """The uploads of one process: those that arrive now and those that lie in memory."""

    def __init__(self) -> None:
        self._arriving: Counter[int] = Counter()
        self._arriving_bytes: Counter[int] = Counter()

    @contextmanager
    def room(self, path: str, size: int, by: Identity) -> Iterator[None]:
        """Room for one file of at most `size` bytes until it has arrived; NoRoom otherwise."""
        window = path.removeprefix(windows.FOLDER).partition("/")[0]
        if windows.owner_of(window) != by:
            raise NoRoom(403)
        limits = traffic_limits()
        if self._arriving[by.officer_id] >= limits.uploads_at_once_per_officer:
            raise NoRoom(429)
        _make_room(window, size)
        kept = sum(sum(windows.stored_files(one).values()) for one in windows.windows_with_files())
        own = sum(sum(windows.stored_files(o).values()) for o in windows.windows_of(by.officer_id))
        if own + self._arriving_bytes[by.officer_id] + size > limits.bytes_per_officer:
            raise NoRoom(429)
        if kept + self._arriving_bytes.total() + size > limits.bytes_of_all:
            raise NoRoom(503)
        self._arriving[by.officer_id] += 1
        self._arriving_bytes[by.officer_id] += size
        try:
            yield
        finally:
            self._arriving[by.officer_id] -= 1
            self._arriving_bytes[by.officer_id] -= size


def _make_room(window: str, size: int) -> None:
    limits, files = traffic_limits(), windows.stored_files(window)
    number, room = len(files), sum(files.values())
    for file_id, taken in files.items():
        if number < limits.files_per_window and room + size <= limits.bytes_per_window:
            return
        windows.drop_file(window, file_id)
        number, room = number - 1, room - taken
