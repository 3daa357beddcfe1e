"""Boards of figures are counted once for each state of the data."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from db.queries.pool import current_seq
from db.session import engine, reading
from domain.exceptions import InvalidInput
from domain.records.statistics import StatisticsFilter
from domain.texts import N_
from services import clock

KEPT = 64
Key = tuple[int, date, StatisticsFilter]
B = TypeVar("B")


class KeptBoards(Generic[B]):
    """The same board until an event is added to the audit chain, or another day begins."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Engine, OrderedDict[Key, B]] = WeakKeyDictionary()
        self._guard = threading.Lock()

    def get(self, wanted: StatisticsFilter, count: Callable[[StatisticsFilter], B]) -> B:
        """The board under a filter; InvalidInput for a period that ends before it begins."""
        if wanted.since > wanted.until:
            raise InvalidInput(N_("The period ends before it begins: choose the first day again."))
        with reading() as session:
            seq = current_seq(session)
        key = (seq, clock.today(), wanted)
        with self._guard:
            kept = self._kept.setdefault(engine(), OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        made = count(wanted)
        with self._guard:
            kept[key] = made
            while len(kept) > KEPT:
                kept.popitem(last=False)
        return made
