"""What of a ranking was on somebody's screen: which part of which list, under which filter.

No name and no searched text: which people these were follows from the stored run.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from db.session import engine, unit_of_work
from domain.records.officer import Officer
from domain.records.ranking import CandidateFilter
from services import audit, clock
from services.permissions import Permission, check_can

RANKED = "ranked"
EXCLUDED = "excluded"
Key = tuple[int, date, int, str]

_noted: WeakKeyDictionary[Engine, set[Key]] = WeakKeyDictionary()
_guard = threading.Lock()


def filter_details(chosen: CandidateFilter) -> dict[str, object]:
    """Which filter was set; of a search only that there was one."""
    set_ones = {
        "searched": bool(chosen.text),
        "regions": list(chosen.regions),
        "with_questions": chosen.with_questions,
        "preselected": chosen.preselected,
    }
    return {name: value for name, value in set_ones.items() if value}


def note_part(
    run_id: int,
    part: str,
    *,
    offset: int,
    count: int,
    total: int,
    filtered: Mapping[str, object] | None = None,
    by: Officer,
) -> None:
    """Log that somebody saw rows of a run's list; the same part once a day per officer."""
    check_can(by, Permission.RANKING_READ)
    if not count:
        return
    details: dict[str, object] = {
        "list": part,
        "first": offset + 1,
        "last": offset + count,
        "of": total,
        **(filtered or {}),
    }
    key = (by.id, clock.today(), run_id, repr(details))
    with _guard:
        noted = _noted.setdefault(engine(), set())
        if key in noted:
            return
        noted.add(key)
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="listed",
            entity="ranking_run",
            entity_id=run_id,
            details=details,
            by=by,
        )
        work.commit()
