"""Which request a unit of work belongs to, so that a repeated one changes nothing twice.

A request is one intended action of somebody: a click, a form, a command. What it changed and that
it was done become lasting together, so a retry after a death between commit and answer finds it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import uuid4

from sqlalchemy import Table, bindparam, insert, select, text
from sqlalchemy.orm import Session

from db.models.requests import RequestRow
from domain.exceptions import DoneAlready

READINGS = frozenset(
    {
        "compared",
        "cv_read_by_employer",
        "downloaded",
        "exported",
        "link_opened",
        "listed",
        "opened_as_recipient",
        "previewed",
        "ranked",
        "ranked_again",
        "read",
        "read_case",
        "read_check_in",
        "read_declarations",
        "revealed",
        "saw_photo",
    }
)
"""What the audit chain calls readings: a screen that is drawn again repeats them, and may."""
HAPPENED = "requests.happened"

_ROWS = cast(Table, RequestRow.__table__)
FIND = select(_ROWS.c.finished_at, _ROWS.c.audit_seq).where(
    _ROWS.c.id == bindparam("wanted"),
    _ROWS.c.use_case == bindparam("of"),
    _ROWS.c.nth == bindparam("at"),
)
ADD = insert(_ROWS)
WAIT_FOR_TWIN = text("SELECT pg_advisory_xact_lock(:key)")


@dataclass
class Request:
    """One intended action, and how often each use case began under it."""

    id: str
    began: Counter[str] = field(default_factory=Counter)
    has_changed: bool = False


@dataclass(frozen=True)
class Step:
    """One unit of work: the nth of its use case within the request."""

    id: str
    use_case: str
    nth: int


_current: ContextVar[Request | None] = ContextVar("request", default=None)


def current() -> Request | None:
    """The request that this thread works for."""
    return _current.get()


@contextmanager
def working_for(request: Request | None) -> Iterator[None]:
    """Let every unit of work in the block belong to the request."""
    before = _current.set(request)
    try:
        yield
    finally:
        _current.reset(before)


def begin(session: Session, use_case: str) -> Step | None:
    """Number the step and look whether it is done; DoneAlready if so. None: no request."""
    request = _current.get()
    if request is None:
        return None
    step = Step(request.id, use_case, request.began[use_case])
    request.began[use_case] += 1
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        # SQLite's writers wait for each other; here the second of two clicks waits for the first.
        digest = hashlib.sha256(f"{step.id}/{step.use_case}/{step.nth}".encode()).digest()
        connection.execute(WAIT_FOR_TWIN, {"key": int.from_bytes(digest[:8], signed=True)})
    found = connection.execute(
        FIND, {"wanted": step.id, "of": step.use_case, "at": step.nth}
    ).one_or_none()
    if found is not None:
        request.has_changed = True
        raise DoneAlready(at=found.finished_at, audit_seq=found.audit_seq)
    return step


def note_happening(session: Session, *, action: str, seq: int, at: datetime) -> None:
    """Called with each audit event: an event that is no reading makes the unit of work a change."""
    if action not in READINGS:
        session.info[HAPPENED] = (seq, at)


def finish(session: Session, step: Step | None, use_case: str) -> bool:
    """Before the commit: write down that the step is done; False where it changed nothing."""
    happened = session.info.pop(HAPPENED, None)
    if happened is None:
        return False
    if step is None:
        step = Step(uuid4().hex, use_case, 0)
    seq, at = happened
    session.connection().execute(
        ADD,
        {
            "id": step.id,
            "use_case": step.use_case,
            "nth": step.nth,
            "finished_at": at,
            "audit_seq": seq,
        },
    )
    return True


def note_lasting() -> None:
    """After the commit: only now may a screen draw a new id. A commit whose answer got lost may
    have come through; the same id asks."""
    request = _current.get()
    if request is not None:
        request.has_changed = True
