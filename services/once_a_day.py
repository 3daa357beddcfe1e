"""Readings are logged once a day per officer: a screen drawn again is no new reading."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from db.session import engine, unit_of_work
from domain.records.officer import Officer
from services import audit, clock
from services.audit import Happening

_noted: WeakKeyDictionary[Engine, set[tuple[int, date, Hashable]]] = WeakKeyDictionary()
_guard = threading.Lock()


def log_once_a_day(what: Hashable, happening: Happening, *, by: Officer) -> None:
    """Record the event unless this process has recorded `what` for the officer today."""
    key = (by.id, clock.today(), what)
    with _guard:
        noted = _noted.setdefault(engine(), set())
        if key in noted:
            return
        noted.add(key)
    with unit_of_work() as work:
        audit.record(
            work.session,
            action=happening.action,
            entity=happening.entity,
            entity_id=happening.entity_id,
            subject=happening.subject,
            details=happening.details,
            by=by,
        )
        work.commit()
