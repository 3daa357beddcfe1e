"""Holds back whoever asks too often: who guesses codes or tires the server needs many requests."""

from __future__ import annotations

import time
from collections import deque

PER_MINUTE = 60
REMEMBERED = 10_000

_asked: dict[str, deque[float]] = {}


def is_too_much(address: str) -> bool:
    """Count a request of this address; whether it is more than a minute allows."""
    now = time.monotonic()
    if len(_asked) > REMEMBERED:
        _asked.clear()
    times = _asked.setdefault(address, deque())
    while times and times[0] <= now - 60:
        times.popleft()
    if len(times) >= PER_MINUTE:
        return True
    times.append(now)
    return False


def forget() -> None:
    """Begin anew."""
    _asked.clear()
