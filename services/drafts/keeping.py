"""Keeps what an officer types into a long form, so that no crash and no sign-out loses it.

A draft is the officer's own: no permission opens somebody else's, and no list counts it. It is
encrypted, deleted when the form is sent, and after some days in any case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import DraftRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.records.drafts import Draft
from domain.records.officer import Officer
from services import clock
from services.dated_rules import limits_in_force
from services.drafts.values import from_plain, to_plain


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much is kept."""

    keep_days: int
    most_bytes: int
    most_forms: int


@dataclass(frozen=True, slots=True)
class DraftOf:
    """Which form of which record; `jobseeker` is the external id of the person it is about."""

    form: str
    version: int | None = None
    jobseeker: str | None = None


def limits() -> Limits:
    """The limits in force today."""
    return limits_in_force(Limits, "drafts", clock.today())


def save_draft(*, of: DraftOf, values: Mapping[str, object], by: Officer) -> bool:
    """Keep what stands in the fields now; False where it is more than is kept."""
    content = json.dumps(to_plain(values), ensure_ascii=False)
    if len(content.encode()) > limits().most_bytes:
        return False
    try:
        return _save(of, content, by)
    except IntegrityError:
        # The same officer's other window was faster: theirs is there now, and is written over.
        return _save(of, content, by)


def _save(of: DraftOf, content: str, by: Officer) -> bool:
    now = clock.now()
    with unit_of_work() as work:
        if _is_gone(work.session, of.jobseeker):
            return False
        row = _row(work.session, of.form, by)
        if row is None:
            if _count(work.session, by) >= limits().most_forms:
                return False
            row = DraftRow(officer_id=by.id, form=of.form, begun_at=now, saved_at=now)
            work.session.add(row)
            work.session.flush()
        row.version, row.saved_at = of.version, now
        row.jobseeker_id = _person(work.session, of.jobseeker)
        row.content = content
        work.commit()
    return True


def find_draft(*, form: str, by: Officer) -> Draft | None:
    """What the officer has begun in this form and not sent."""
    with reading() as session:
        row = _row(session, form, by)
        if row is None or row.content is None:
            return None
        stored = from_plain(json.loads(row.content))
        return Draft(row.form, row.version, row.begun_at, row.saved_at, stored)


def discard_draft(*, form: str, by: Officer) -> None:
    """The form was sent, or given up."""
    with unit_of_work() as work:
        work.session.execute(
            delete(DraftRow).where(DraftRow.officer_id == by.id, DraftRow.form == form)
        )
        work.commit()


def expire_drafts() -> int:
    """Delete what nobody has come back to; how many."""
    oldest = clock.now() - timedelta(days=limits().keep_days)
    with unit_of_work() as work:
        gone = work.session.execute(delete(DraftRow).where(DraftRow.saved_at < oldest))
        work.commit()
        return int(getattr(gone, "rowcount", 0))


def _row(session: Session, form: str, by: Officer) -> DraftRow | None:
    return session.scalar(
        select(DraftRow).where(DraftRow.officer_id == by.id, DraftRow.form == form)
    )


def _count(session: Session, by: Officer) -> int:
    query = select(func.count()).select_from(DraftRow).where(DraftRow.officer_id == by.id)
    return session.scalar(query) or 0


def _is_gone(session: Session, external_id: str | None) -> bool:
    """A window that stood open while a file was depersonalised must not name the person again."""
    query = select(JobseekerRow.depersonalised_at).where(JobseekerRow.external_id == external_id)
    return external_id is not None and session.scalar(query) is not None


def _person(session: Session, external_id: str | None) -> int | None:
    if external_id is None:
        return None
    return session.scalar(select(JobseekerRow.id).where(JobseekerRow.external_id == external_id))
