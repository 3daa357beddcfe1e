"""What has to happen because time has passed: reminders, deadlines, next in line, retries.

Each area adds its own jobs. A job looks for what is due at `clock.now()`, does each case in a unit
of work of its own, and does nothing when asked again: it may run twice, in two processes, or late.
The app asks every minute; `manage.py run-due` asks once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from domain.exceptions import TryAgain
from services.answers.due import remind_to_confirm, settle_silence
from services.audit_chain.anchoring import anchor_when_due, verify_when_due
from services.backups.making import back_up_when_due
from services.drafts.keeping import expire_drafts
from services.incidents.watching import note_failure, watch_security
from services.monitoring.check_ins import (
    ask_check_ins,
    miss_check_ins,
    plan_check_ins,
    remind_check_ins,
)
from services.monitoring.handling import escalate_cases
from services.monitoring.suspensions import end_suspensions
from services.notifications.worker import send_due
from services.officers.reviews import close_unrenewed_access
from services.operations import metrics
from services.operations.due_runs import DueRun, note_runs
from services.privacy.retention import depersonalise_due
from services.requests import prune_requests
from services.returns.follow_ups import plan_follow_ups
from services.returns.reminders import send_return_reminders
from services.returns.surveys import send_exit_surveys
from services.sending.ending import expire_packages
from services.special.facts import erase_overdue_facts

log = logging.getLogger("due_work")
EVERY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class DueJob:
    """`run()` does what is due and says how many cases it settled."""

    name: str
    run: Callable[[], int]


JOBS: tuple[DueJob, ...] = (
    DueJob("access that nobody renewed", close_unrenewed_access),
    DueJob("packages whose last day is over", expire_packages),
    DueJob("reminders to confirm", remind_to_confirm),
    DueJob("chosen candidates who kept silent", settle_silence),
    DueJob("reminders of the return", send_return_reminders),
    DueJob("surveys after the return", send_exit_surveys),
    DueJob("questions after the return", plan_follow_ups),
    DueJob("check-ins to plan", plan_check_ins),
    DueJob("check-ins to ask", ask_check_ins),
    DueJob("reminders of check-ins", remind_check_ins),
    DueJob("check-ins without an answer", miss_check_ins),
    DueJob("suspensions that end", end_suspensions),
    DueJob("cases past their time", escalate_cases),
    DueJob("forms begun and never sent", expire_drafts),
    DueJob("ids of requests done long ago", prune_requests),
    DueJob("anchor of the audit log", anchor_when_due),
    DueJob("proof of the audit log", verify_when_due),
    DueJob("security events", watch_security),
    DueJob("special facts past their day", erase_overdue_facts),
    DueJob("backups", back_up_when_due),
    DueJob("files past their retention", depersonalise_due),
    # Last: what the others have just queued goes out at once.
    DueJob("messages", send_due),
)


def run_due(jobs: tuple[DueJob, ...] | None = None) -> dict[str, int]:
    """Run every job once; a job that fails is logged by name and the others still run."""
    done, runs = {}, []
    failed: list[tuple[str, Exception]] = []
    for job in JOBS if jobs is None else jobs:
        began = time.monotonic()
        try:
            done[job.name] = job.run()
        except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs go on
            # The kind alone: an exception's words, or its statement's values, may tell of a person.
            log.log(logging.ERROR, "due work failed: %s: %s", job.name, type(error).__name__)
            done[job.name] = -1
            metrics.count_failed_job(job.name)
            failed.append((job.name, error))
        runs.append(DueRun(job.name, done[job.name], time.monotonic() - began))
    _note(runs)
    for name, problem in failed:
        _tell(name, problem)
    return done


def _tell(job: str, error: Exception) -> None:
    try:
        note_failure(job, error)
    except (SQLAlchemyError, OSError, TryAgain) as problem:
        log.log(logging.ERROR, "no incident was opened: %s", type(problem).__name__)


def _note(runs: list[DueRun]) -> None:
    try:
        note_runs(runs)
    except (SQLAlchemyError, OSError, TryAgain) as error:
        log.log(logging.ERROR, "due work is not noted: %s", type(error).__name__)


def keep_running(stop: threading.Event) -> None:
    """Run what is due every minute until told to stop: a thread of the app."""
    while not stop.wait(EVERY_SECONDS):
        run_due()
