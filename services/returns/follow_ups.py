"""How people are 3, 6 and 12 months after the return, or after being hired by a referral."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import FollowUpRow, LocalReferralRow, ReturnRow
from db.repositories import returns as repository
from db.session import reading, unit_of_work
from domain.enums import FollowUpOutcome
from domain.exceptions import NotFound, Refused
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.permissions import Permission, check_can
from services.returns.rules import months_after, rules_on

ENTITY = "follow_up"
SHORTEST_MONTH = 28


def plan_follow_ups() -> int:
    """Make the tasks whose month has come, each once; how many were made.

    Of a return whose next task is due too, only the latest is made: nobody is asked twice in a day.
    """
    today, months = clock.today(), rules_on().follow_up_months
    made = 0
    for place, after in enumerate(months):
        following = months[place + 1] if place + 1 < len(months) else None
        with reading() as session:
            until = today - timedelta(after * SHORTEST_MONTH)
            returns = [
                (row.id, row.returned_on)
                for row in repository.returns_without_follow_up(session, until, after)
            ]
            hired = [
                (row.id, row.hired_on)
                for row in repository.hired_without_follow_up(session, until, after)
                if row.hired_on is not None
            ]
        made += sum(
            _plan(after, day, return_id=key)
            for key, day in returns
            if _is_due(day, after, following, today)
        )
        made += sum(
            _plan(after, day, referral_id=key)
            for key, day in hired
            if _is_due(day, after, following, today)
        )
    return made


def _is_due(day: date, after: int, following: int | None, today: date) -> bool:
    if months_after(day, after) > today:
        return False
    return following is None or months_after(day, following) > today


def _plan(
    months: int, since: date, *, return_id: int | None = None, referral_id: int | None = None
) -> int:
    with unit_of_work() as work:
        # Whoever holds the row makes the task; the other one finds it made.
        if return_id is not None:
            work.session.get_one(ReturnRow, return_id, with_for_update=True)
        else:
            work.session.get_one(LocalReferralRow, referral_id, with_for_update=True)
        if _find(work.session, months, return_id, referral_id):
            return 0
        row = FollowUpRow(
            return_id=return_id,
            referral_id=referral_id,
            months=months,
            due_on=months_after(since, months),
            created_at=clock.now(),
        )
        work.session.add(row)
        work.session.flush()
        audit.record(
            work.session,
            action="planned",
            entity=ENTITY,
            entity_id=row.id,
            subject=_subject(work.session, row),
            details={"months": months, "due_on": row.due_on},
            by=None,
        )
        work.commit()
        return 1


def _find(
    session: Session, months: int, return_id: int | None, referral_id: int | None
) -> FollowUpRow | None:
    return session.scalars(
        select(FollowUpRow).where(
            FollowUpRow.months == months,
            FollowUpRow.return_id == return_id
            if return_id is not None
            else FollowUpRow.referral_id == referral_id,
        )
    ).one_or_none()


def record_follow_up(
    *, follow_up_id: int, outcome: FollowUpOutcome, note: str = "", by: Officer
) -> None:
    """Write down how the person is; a task is settled once."""
    check_can(by, Permission.RETURNS_EDIT)
    with unit_of_work() as work:
        row = work.session.get(FollowUpRow, follow_up_id, with_for_update=True)
        if row is None:
            raise NotFound(N_("There is no such task."))
        if row.done_at is not None:
            raise Refused(N_("Somebody else has written this down already."))
        row.outcome, row.note = outcome, note.strip() or None
        row.done_at, row.done_by = clock.now(), by.id
        work.session.flush()
        audit.record(
            work.session,
            action="answered",
            entity=ENTITY,
            entity_id=row.id,
            subject=_subject(work.session, row),
            details={"months": row.months, "outcome": [None, outcome.value]},
            by=by,
        )
        work.commit()


def _subject(session: Session, row: FollowUpRow) -> str:
    if row.return_id is not None:
        person = session.get_one(ReturnRow, row.return_id).jobseeker_id
    else:
        person = session.get_one(LocalReferralRow, row.referral_id).jobseeker_id
    return repository.external_id_of(session, person)
