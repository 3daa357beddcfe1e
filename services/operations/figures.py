"""Queue lengths and ages, counted in the database at the moment of asking. No figure is about one
person: counts only."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db.models import (
    AuditHeadRow,
    BackupRunRow,
    ImportedFileRow,
    MessageRow,
    MonitoringCaseRow,
    OfficerRow,
    SignInSessionRow,
)
from db.queries import vacancies as vacancy_query
from db.session import reading, settings
from domain.enums import BackupStatus, CaseStatus, MessageStatus
from domain.exceptions import TryAgain
from domain.records.vacancy import VacancyFilter
from services import clock
from services.operations.due_runs import due_jobs
from services.rankings import pool


@dataclass(frozen=True, slots=True)
class Figure:
    """One number to watch; `labels` tells figures of one name apart."""

    name: str
    meaning: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


QUEUE = "migration_queue_length"
QUEUES = "What waits, by queue"


def figures() -> Iterator[Figure]:
    """Everything that can be told; a database that does not answer is a figure too."""
    try:
        found = [figure for source in SOURCES for figure in source(clock.now())]
    except (SQLAlchemyError, OSError, TryAgain):
        found = []
    is_up = float(bool(found))
    yield Figure("migration_database_up", "1 where the database answers", is_up)
    yield Figure("migration_disk_free_bytes", "Room for the data directory", free_bytes())
    yield from found


def free_bytes() -> int:
    """Room on the disk of the data directory; 0 where nobody can tell."""
    try:
        return shutil.disk_usage(settings().data_dir).free
    except OSError:
        return 0


def _queues(now: datetime) -> Iterator[Figure]:
    with reading() as session:
        for status in (MessageStatus.WAITING, MessageStatus.SENDING, MessageStatus.FAILED):
            count = _count(session, MessageRow.status == status)
            yield _queue(f"messages_{status.value}", count)
        open_cases = MonitoringCaseRow.status != CaseStatus.CLOSED
        yield _queue("cases_open", _count(session, open_cases))
        late = open_cases & (MonitoringCaseRow.act_until < now)
        yield _queue("cases_past_their_time", _count(session, late))
        uncoded = vacancy_query.count_uncoded(session, VacancyFilter(), skipped=())
        yield _queue("titles_to_code", uncoded)


def _imports(now: datetime) -> Iterator[Figure]:
    day = now - timedelta(days=1)
    sums = (func.count(), func.sum(ImportedFileRow.accepted), func.sum(ImportedFileRow.rejected))
    with reading() as session:
        row = session.execute(select(*sums).where(ImportedFileRow.imported_at >= day)).one()
    meaning = "Imports of the last 24 hours"
    for kind, value in zip(("files", "accepted_rows", "rejected_rows"), row, strict=True):
        yield Figure("migration_imports_day", meaning, float(value or 0), (("kind", kind),))


def _due_work(now: datetime) -> Iterator[Figure]:
    for job in due_jobs():
        label = (("job", job.name),)
        age = (now - job.ran_at).total_seconds()
        yield Figure("migration_due_age_seconds", "Since a job of due work last ran", age, label)
        failures = float(job.failures_in_a_row)
        meaning = "How often in a row a job of due work failed"
        yield Figure("migration_due_failures_in_a_row", meaning, failures, label)


def _sessions(now: datetime) -> Iterator[Figure]:
    idle = now - timedelta(minutes=settings().session_idle_minutes)
    with reading() as session:
        live = select(func.count(func.distinct(SignInSessionRow.officer_id))).where(
            SignInSessionRow.revoked_at.is_(None), SignInSessionRow.last_seen_at >= idle
        )
        signed_in = session.scalar(live) or 0
        accounts = _count(session, OfficerRow.disabled_at.is_(None))
        events = session.scalar(select(func.max(AuditHeadRow.seq))) or 0
    yield Figure("migration_officers_signed_in", "Officers with a live session", signed_in)
    yield Figure("migration_accounts", "Accounts that are not disabled", accounts)
    yield Figure("migration_audit_events", "Events in the audit log", events)


def _backups(now: datetime) -> Iterator[Figure]:
    last = select(func.max(BackupRunRow.finished_at))
    with reading() as session:
        done = session.scalar(last.where(BackupRunRow.status == BackupStatus.DONE))
        proven = session.scalar(select(func.max(BackupRunRow.verified_at)))
        later = [BackupRunRow.status == BackupStatus.FAILED]
        if done is not None:
            later.append(BackupRunRow.started_at > done)
        failed = session.scalar(select(func.count()).where(*later)) or 0
    for kind, moment in (("made", done), ("proven", proven)):
        if moment is not None:
            age, label = (now - moment).total_seconds(), (("kind", kind),)
            yield Figure("migration_backup_age_seconds", "Since the last good backup", age, label)
    meaning = "Backups that failed since the last good one"
    yield Figure("migration_backups_failed", meaning, failed)


def _pool(_now: datetime) -> Iterator[Figure]:
    known = pool.freshness()
    if known is not None:
        people, behind = known
        yield Figure("migration_pool_people", "People in the memory of this process", people)
        meaning = "Audit events that the people in memory do not know yet"
        yield Figure("migration_pool_events_behind", meaning, behind)


SOURCES: tuple[Callable[[datetime], Iterator[Figure]], ...] = (
    _queues,
    _imports,
    _due_work,
    _sessions,
    _backups,
    _pool,
)


def _count(session: Session, condition: object) -> int:
    return session.scalar(select(func.count()).where(condition)) or 0  # type: ignore[arg-type]


def _queue(name: str, count: int) -> Figure:
    return Figure(QUEUE, QUEUES, count, (("queue", name),))
