"""The cases of a due job, each by itself: one that fails must not hold up those behind it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger("due_work")
Case = TypeVar("Case", int, str)


def settle_each(job: str, cases: Iterable[Case], settle: Callable[[Case], int]) -> int:
    """Settle each in a unit of work of its own; how many. What failed is tried at the next run."""
    done = 0
    for case in cases:
        try:
            done += settle(case)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            # The number and the kind alone: an exception's words may tell of a person.
            log.log(logging.ERROR, "due case failed: %s %s: %s", job, case, type(error).__name__)
    return done
