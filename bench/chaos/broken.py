"""Service layers that are wrong on purpose: each must turn a counter red.

A test that none of them fails would prove nothing.

They are put in place in the replicas only; the ledger and the checks are those of a sound run.
"""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.orm import Session

from db import session as sessions
from services import audit

LOST_AUDIT = 0.02


def no_version_check() -> None:
    """Whoever saves last wins: the form is written over whatever is there now."""
    from bench.chaos import replica

    replica.SEEN_VERSION = lambda _args, newest: newest


def no_request_ids() -> None:
    """A repeated request is a new one."""
    from bench.chaos import replica

    @contextmanager
    def forgetful(_request_id: str) -> Iterator[None]:
        yield

    replica.once = forgetful  # type: ignore[assignment]


def no_head_lock() -> None:
    """Two events may follow the same one: the audit chain's head is read without holding it."""

    def unlocked(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> Any:
        if "audit_head" in statement and " FOR UPDATE" in statement:
            statement = statement.split(" FOR UPDATE")[0]
        return statement, parameters

    event.listen(sessions.engine(), "before_cursor_execute", unlocked, retval=True)


def audit_apart() -> None:
    """What happened is written down in a second transaction, after the change is lasting."""
    record_all, commit = audit.record_all, sessions.UnitOfWork.commit
    waiting: dict[int, list[tuple[Sequence[audit.Happening], Any]]] = {}

    def later(session: Session, happenings: Sequence[audit.Happening], *, by: Any) -> list[int]:
        session.flush()
        if threading.get_ident() in writing:
            return record_all(session, happenings, by=by)
        waiting.setdefault(threading.get_ident(), []).append((happenings, by))
        head = session.connection().execute(text("SELECT seq FROM audit_head")).scalar() or 0
        return [head] * len(happenings)

    writing: set[int] = set()

    def commit_then_tell(work: sessions.UnitOfWork) -> None:
        commit(work)
        mine = waiting.pop(threading.get_ident(), [])
        if not mine:
            return
        if random.random() < LOST_AUDIT:  # noqa: S311
            os.kill(os.getpid(), signal.SIGKILL)
        writing.add(threading.get_ident())
        try:
            with Session(sessions.engine()) as session:
                for happenings, by in mine:
                    record_all(session, happenings, by=by)
                session.commit()
        finally:
            writing.discard(threading.get_ident())

    audit.record_all = later  # type: ignore[assignment]
    sessions.UnitOfWork.commit = commit_then_tell  # type: ignore[method-assign]


def half_a_change() -> None:
    """A unit of work that becomes lasting piece by piece, as with a database's autocommit."""
    flush = Session.flush

    def flush_for_good(session: Session, objects: Any = None) -> None:
        is_change = bool(session.new or session.dirty)
        flush(session, objects)
        if is_change and random.random() < LOST_AUDIT:  # noqa: S311
            session.connection().commit()
            os.kill(os.getpid(), signal.SIGKILL)

    Session.flush = flush_for_good  # type: ignore[method-assign]


VARIANTS: dict[str, Callable[[], None]] = {
    "no_version_check": no_version_check,
    "no_request_ids": no_request_ids,
    "no_head_lock": no_head_lock,
    "audit_apart": audit_apart,
    "half_a_change": half_a_change,
}


def apply(name: str) -> None:
    """Break this process's service layer."""
    VARIANTS[name]()
