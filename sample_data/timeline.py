"""Lets things happen in the order of time, each at its own moment."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count

from services import clock

Happening = Callable[[], object]


class Timeline:
    """What happens may add what happens later; nothing happens after the present moment."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, int, Happening]] = []
        self._order = count()
        self.present = clock.now()
        self.weight = 0

    def add(self, day: date, hour: float, happening: Happening, *, weight: int = 1) -> datetime:
        """Let something happen at that hour in Tbilisi, or now where that is still to come.

        `weight` is its share of the progress that is shown.
        """
        moment = datetime.combine(day, time(), clock.TBILISI) + timedelta(hours=hour)
        moment = min(moment, self.present)
        heapq.heappush(self._waiting, (moment, next(self._order), weight, happening))
        self.weight += weight
        return moment

    def run(self, progress: Callable[[int, int, str], None]) -> None:
        """Everything in the order of time; tells how much is over, of how much, and the day."""
        over = 0
        while self._waiting:
            moment, _, weight, happening = heapq.heappop(self._waiting)
            with clock.at(moment):
                happening()
            over += weight
            progress(over, self.weight, f"{moment.astimezone(clock.TBILISI):%Y-%m}")
