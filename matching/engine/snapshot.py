"""Stored runs: bytes that prove themselves and hold nothing executable."""

from __future__ import annotations

import hashlib
import zlib

from domain.exceptions import InvalidInput
from domain.texts import N_

_MAGIC = b"RANK1\n"
_START = len(_MAGIC) + hashlib.sha256().digest_size


def pack(body: bytes, level: int = 6) -> bytes:
    """Compress and put the SHA-256 of the plain content in front."""
    return _MAGIC + hashlib.sha256(body).digest() + zlib.compress(body, level)


def unpack(snapshot: bytes) -> bytes:
    """The plain content; refuses bytes that were damaged."""
    damaged = InvalidInput(N_("The stored data of this ranking are damaged"))
    if not snapshot.startswith(_MAGIC):
        raise damaged
    try:
        body = zlib.decompress(snapshot[_START:])
    except zlib.error:
        raise damaged from None
    if hashlib.sha256(body).digest() != snapshot[len(_MAGIC) : _START]:
        raise damaged
    return body
