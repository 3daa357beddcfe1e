"""Waits with the parsers loaded, and forks a process for each file that is to be read.

Started by `services.incoming_files.apart` with one socket and nothing of the app's environment.
Loading the parsers takes a third of a second; a fork takes milliseconds.
"""

from __future__ import annotations

import ctypes
import gc
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress

from services.incoming_files import child
from services.incoming_files.frames import status
from services.incoming_files.limits import FileKind

KINDS = tuple(FileKind)
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def main() -> None:
    """Serve until the app closes its end."""
    control = socket.socket(fileno=int(sys.argv[1]))
    leave_the_network()
    woken, waker = socket.socketpair()
    for end in (woken, waker):
        end.setblocking(False)
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Server(control, woken, waker).serve()


def leave_the_network() -> None:
    """Move to a network without any way out, where the system lets us."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER | _NEW_NETWORK)


class Server:
    """The children that are reading, each with the connection over which it answers."""

    def __init__(self, control: socket.socket, woken: socket.socket, waker: socket.socket) -> None:
        self.control, self.woken, self.waker = control, woken, waker
        self.children: dict[int, socket.socket] = {}
        self.loaded: set[FileKind] = set()

    def serve(self) -> None:
        """Fork for each file, tell how each child ended; end them all with the app."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.control, selectors.EVENT_READ)
            selector.register(self.woken, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self.woken:
                        with suppress(BlockingIOError):
                            self.woken.recv(4096)
                        self.bury()
                    elif not self.take():
                        self.end_all()
                        return

    def take(self) -> bool:
        """Fork for the next file; False when the app has gone."""
        asked, handed, _, _ = socket.recv_fds(self.control, 1, 1)
        if not asked or not handed:
            return False
        kind, connection = KINDS[asked[0]], socket.socket(fileno=handed[0])
        if kind not in self.loaded:
            child.reader(kind)
            self.loaded.add(kind)
            gc.freeze()  # a child that collects what it never made would copy every page
        try:
            number = os.fork()
        except OSError:
            connection.close()  # the app sees that nobody reads, and says: not just now
            return True
        if number == 0:
            self.become_child(connection, kind)
        self.children[number] = connection
        return True

    def become_child(self, connection: socket.socket, kind: FileKind) -> None:
        """Nothing of the others stays open; never returns."""
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for other in (self.control, self.woken, self.waker, *self.children.values()):
            other.close()
        child.serve(connection, kind)

    def bury(self) -> None:
        """Tell the app how each ended child ended: by itself, or by which signal."""
        while self.children:
            try:
                number, ended = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not number:
                return
            # Whatever it started, in spite of all, goes with it.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(number, signal.SIGKILL)
            connection = self.children.pop(number)
            with suppress(OSError):
                connection.send(status(os.waitstatus_to_exitcode(ended)), socket.MSG_DONTWAIT)
            connection.close()

    def end_all(self) -> None:
        """The app is gone: nobody waits for an answer."""
        for number in self.children:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(number, signal.SIGKILL)


if __name__ == "__main__":
    main()
