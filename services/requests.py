"""One request, one change: a double click or a retry after a crash finds what it did before.

Whoever takes an order (a screen, a public form, a command) gives it an id when the form is drawn,
keeps the id until the answer came, and lets the use cases run within `once(id)`. Each unit of work
writes the id down together with what it changed; the same id again raises `DoneAlready` before
anything is changed. Due work and commands that nobody repeats get an id of their own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import delete

from db.models import AuditEventRow, RequestRow
from db.requests import Request, working_for
from db.session import reading, unit_of_work
from domain.exceptions import DoneAlready
from domain.records.officer import Officer
from services import clock
from services.dated_rules import limits_in_force

ACCEPTED = re.compile(r"[\w.-]{8,80}", re.ASCII)


def new_id() -> str:
    """An id that nobody has had and nobody guesses."""
    return uuid4().hex


def own_id(drawn: str, by: Officer) -> str:
    """The id that came back from an officer's browser, as theirs alone; a new one if it is none."""
    return f"{by.id}.{drawn if ACCEPTED.fullmatch(drawn) else new_id()}"


def public_id(drawn: str, path: str) -> str:
    """The id that came with a form of a public page, as this page's alone."""
    return f"{hashlib.sha256(path.encode()).hexdigest()[:16]}.{drawn}"


@contextmanager
def once(request_id: str) -> Iterator[Request]:
    """Use cases in the block happen for this request: those it has had done raise DoneAlready."""
    request = Request(request_id)
    with working_for(request):
        yield request


@contextmanager
def without_request() -> Iterator[None]:
    """Use cases in the block happen each time: what a screen does by itself when it is drawn."""
    with working_for(None):
        yield


@dataclass(frozen=True)
class DoneBefore:
    """What the repeated request had changed: the code of an action and the record it was about."""

    action: str
    entity: str
    entity_id: str | None
    subject: str | None


def done_before(repeated: DoneAlready, *, by: Officer) -> DoneBefore | None:
    """What the first of two equal requests left; None for somebody else's."""
    with reading() as session:
        event = session.get(AuditEventRow, repeated.audit_seq)
        if event is None or event.actor_id != by.id:
            return None
        return DoneBefore(event.action, event.entity, event.entity_id, event.subject)


@dataclass(frozen=True)
class Limits:
    keep_days: int


def prune_requests() -> int:
    """Forget requests that nobody repeats any more; how many."""
    limits = limits_in_force(Limits, "requests", clock.today())
    oldest = clock.now() - timedelta(days=limits.keep_days)
    with unit_of_work() as work:
        gone = work.session.execute(delete(RequestRow).where(RequestRow.finished_at < oldest))
        work.commit()
        return int(getattr(gone, "rowcount", 0))
