"""How long a screen takes to draw, and which ones are slow."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from domain.records.officer import Officer
from services.operations import logs, metrics
from services.operations.environment import slow_page_ms

log = logging.getLogger("screens")


@contextmanager
def timed(page: str, officer: Officer) -> Iterator[None]:
    """Count and write down the drawing of a screen; one that leads elsewhere counts too.

    A part that is drawn anew by itself (a fragment) does not come by here.
    """
    began = time.perf_counter()
    with logs.told_apart(page=page, officer=officer.id):
        try:
            yield
        finally:
            seconds = time.perf_counter() - began
            metrics.observe_rerun(page, seconds)
            ms = round(seconds * 1000)
            is_slow = ms > slow_page_ms()
            level = logging.WARNING if is_slow else logging.INFO
            log.log(level, "slow page" if is_slow else "page", extra={"ms": ms})
