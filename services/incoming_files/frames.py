"""What the app and a reading process say to each other over their socket: frames."""

from __future__ import annotations

import json
import socket
import struct
from enum import Enum
from typing import Any

_HEAD = struct.Struct(">cQ")


class Frame(Enum):
    """What a frame holds."""

    JSON = b"J"
    BYTES = b"B"
    END = b"E"
    """The reader has said everything."""
    STATUS = b"S"
    """How the reader's process ended, as its parent saw it."""


class TooMuch(Exception):
    """More came than may come."""


def send(connection: socket.socket, kind: Frame, content: bytes = b"") -> None:
    """One whole frame."""
    connection.sendall(_HEAD.pack(kind.value, len(content)))
    if content:
        connection.sendall(content)


def send_json(connection: socket.socket, value: object) -> None:
    """One frame of JSON."""
    send(connection, Frame.JSON, json.dumps(value).encode())


def status(code: int) -> bytes:
    """The frame that tells how a process ended: as small as it is sent in one piece."""
    content = json.dumps(code).encode()
    return _HEAD.pack(Frame.STATUS.value, len(content)) + content


def receive(connection: socket.socket, most: int) -> tuple[Frame, bytes] | None:
    """The next frame, None at the end; TooMuch where it is longer than `most` bytes."""
    head = _exactly(connection, _HEAD.size)
    if head is None:
        return None
    kind, size = _HEAD.unpack(head)
    if size > most:
        raise TooMuch
    content = _exactly(connection, size)
    return None if content is None else (Frame(kind), content)


def receive_json(connection: socket.socket, most: int) -> Any:
    """The value of a frame of JSON; EOFError where none came."""
    found = receive(connection, most)
    if found is None:
        raise EOFError
    return json.loads(found[1])


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    content = bytearray(size)
    view = memoryview(content)
    at = 0
    while at < size:
        got = connection.recv_into(view[at:])
        if not got:
            return None
        at += got
    return bytes(content)
