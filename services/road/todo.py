"""What I must do today on the road: each area adds its own lines.

A source yields what waits for that officer, in few queries whatever the number of people, and
nothing where the officer's role has nothing to do there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.queries.pool import current_seq
from db.session import engine, reading
from domain.enums import Urgency
from domain.records.officer import Officer
from domain.records.road import RoadTask
from services import clock
from services.answers.road import answer_tasks
from services.cvs.road import cv_tasks
from services.deployments.road import deployment_tasks
from services.monitoring.road import monitoring_tasks
from services.permissions import Permission, check_can
from services.preparation.todo import preparation_tasks
from services.returns.road import return_tasks
from services.road.message_tasks import message_tasks
from services.sending.road import sending_tasks

SOURCES: tuple[Callable[[Session, Officer], Iterator[RoadTask]], ...] = (
    monitoring_tasks,
    cv_tasks,
    sending_tasks,
    answer_tasks,
    deployment_tasks,
    preparation_tasks,
    return_tasks,
    message_tasks,
)
"""Each part of the road adds its function; each checks the role itself."""

LAST = date.max


_kept: WeakKeyDictionary[Engine, dict[int, tuple[object, tuple[RoadTask, ...]]]] = (
    WeakKeyDictionary()
)
_guard = threading.Lock()


def list_todo(*, by: Officer) -> tuple[RoadTask, ...]:
    """Everything that waits for the officer, what is late first, then by day.

    As of the last event of the audit chain, and never older than a minute: a screen that is drawn
    again by a click does not ask every area anew.
    """
    check_can(by, Permission.ROAD_READ)
    with reading() as session:
        state = (current_seq(session), by.role, clock.now().replace(second=0, microsecond=0))
        with _guard:
            kept = _kept.setdefault(engine(), {}).get(by.id)
        if kept is not None and kept[0] == state:
            return kept[1]
        found = [task for source in SOURCES for task in source(session, by)]
    order = list(Urgency)
    made = tuple(sorted(found, key=lambda task: (order.index(task.urgency), task.due or LAST)))
    with _guard:
        _kept.setdefault(engine(), {})[by.id] = (state, made)
    return made
