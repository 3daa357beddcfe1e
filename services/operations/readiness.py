"""Whether this process can serve: what a proxy asks every few seconds, and an operator by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from db.migrate import is_current
from db.session import engine, settings
from domain.exceptions import TryAgain
from domain.texts import N_, Sentence
from services import clock
from services.operations.due_runs import last_run_at
from services.operations.figures import free_bytes
from services.operations.limits import limits

STARTED = time.monotonic()
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `sentence` says what was found, for operators only."""

    name: str
    is_well: bool
    sentence: Sentence


def look(*, process_seconds: float | None = None) -> tuple[Check, ...]:
    """Look at everything anew; `process_seconds`: how long the app runs, None for this process."""
    age = time.monotonic() - STARTED if process_seconds is None else process_seconds
    checks = {"database": _schema, "disk": _disk, "due_work": lambda: _due_work(age)}
    return tuple(_looked(name, check) for name, check in checks.items())


def is_ready() -> bool:
    """Whether all is well; looked at again at most every few seconds, however often asked."""
    global _kept
    with _guard:
        if _kept is None or time.monotonic() - _kept[0] > limits().readiness_kept_seconds:
            _kept = time.monotonic(), all(check.is_well for check in look())
        return _kept[1]


_kept: tuple[float, bool] | None = None
_guard = threading.Lock()


def _looked(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except (SQLAlchemyError, OSError, TryAgain) as error:
        # The kind alone: a driver's words may hold an address or a password.
        text = N_("Can't be told: the database does not answer ({kind}).")
        return Check(name, False, Sentence(text, {"kind": type(error).__name__}))


def _schema() -> Check:
    if is_current(engine()):
        return Check("database", True, Sentence(N_("Answers, at the newest schema.")))
    text = N_("The schema is not this software's: run `python manage.py migrate`.")
    return Check("database", False, Sentence(text))


def _disk() -> Check:
    free, least = free_bytes() // MEGABYTE, settings().least_free_disk_mb
    text = N_("{free} MB free; at least {least} are needed. Free some room, then look again.")
    if free >= least:
        text = N_("{free} MB free; at least {least} are needed.")
    return Check("disk", free >= least, Sentence(text, {"free": free, "least": least}))


def _due_work(process_seconds: float) -> Check:
    now, last = limits(), last_run_at()
    if last is not None:
        minutes = int((clock.now() - last).total_seconds() // 60)
        if minutes < now.due_work_late_minutes:
            text = N_("Last run {minutes} minutes ago.")
            return Check("due_work", True, Sentence(text, {"minutes": minutes}))
    if process_seconds < now.start_grace_seconds:
        return Check("due_work", True, Sentence(N_("This process has just started.")))
    text = N_(
        "It has not run for more than {minutes} minutes: deadlines and messages wait. Start the "
        "process again; `python manage.py run-due` runs it once."
    )
    return Check("due_work", False, Sentence(text, {"minutes": now.due_work_late_minutes}))
