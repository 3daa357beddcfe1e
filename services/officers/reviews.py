"""Renewal of access: an administrator says at fixed times that an officer still needs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import AccessReviewRow, OfficerRow, SignInSessionRow
from db.session import reading, unit_of_work
from domain.enums import Role
from domain.exceptions import NotFound, Refused
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.officers.rules import account_rules
from services.officers.sign_in import revoke
from services.permissions import Permission, check_can


def renewed_on(session: Session) -> Mapping[int, date]:
    """Officer → the day of the last renewal, where there was one."""
    query = select(AccessReviewRow.officer_id, func.max(AccessReviewRow.reviewed_at))
    rows = session.execute(query.group_by(AccessReviewRow.officer_id))
    return {officer: clock.day_of(at) for officer, at in rows}


def due_on(renewed: date) -> date | None:
    """The day on which access renewed on that day has to be looked at again; None = never."""
    months = account_rules().access_review_months
    if months <= 0:
        return None
    year, month = divmod(renewed.year * 12 + renewed.month - 1 + months, 12)
    days = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return date(year, month + 1, min(renewed.day, days))


def closes_on(renewed: date) -> date | None:
    """The day on which access closes that nobody renewed."""
    due = due_on(renewed)
    return due + timedelta(days=account_rules().access_review_grace_days) if due else None


def renew_access(*, officer_id: int, by: Officer) -> None:
    """The officer still needs the access; nobody says so of their own."""
    check_can(by, Permission.OFFICERS_MANAGE)
    if officer_id == by.id:
        raise Refused(N_("You can't do this to your own account. Ask another administrator."))
    with unit_of_work() as work:
        if work.session.get(OfficerRow, officer_id) is None:
            raise NotFound(N_("There is no such account."))
        add_review(work.session, officer_id, by)
        audit.record(
            work.session, action="access_renewed", entity="officer", entity_id=officer_id, by=by
        )
        work.commit()


def add_review(session: Session, officer_id: int, by: Officer) -> None:
    """Note the renewal in the caller's transaction."""
    session.add(AccessReviewRow(officer_id=officer_id, reviewed_at=clock.now(), reviewed_by=by.id))


def close_unrenewed_access() -> int:
    """Disable the accounts whose renewal is overdue by more than the days of grace; how many.

    The last administrator stays, or nobody could renew anything; so do demonstration accounts.
    """
    with reading() as session:
        renewed = renewed_on(session)
        query = select(OfficerRow).where(
            OfficerRow.disabled_at.is_(None), OfficerRow.is_demo.is_(False)
        )
        overdue = [
            row.id
            for row in session.scalars(query.order_by(OfficerRow.id))
            if _is_over(renewed.get(row.id, clock.day_of(row.created_at)))
        ]
    return sum(_close(officer_id) for officer_id in overdue)


def _is_over(renewed: date) -> bool:
    last = closes_on(renewed)
    return last is not None and last < clock.today()


def _close(officer_id: int) -> bool:
    with unit_of_work() as work:
        query = select(OfficerRow).where(OfficerRow.id == officer_id).with_for_update()
        row = work.session.scalars(query).one()
        if row.disabled_at is not None or _is_last_administrator(work.session, row):
            return False
        row.disabled_at = clock.now()
        revoke(work.session, SignInSessionRow.officer_id == row.id)
        audit.record(
            work.session, action="access_lapsed", entity="officer", entity_id=row.id, by=None
        )
        work.commit()
    return True


def _is_last_administrator(session: Session, row: OfficerRow) -> bool:
    if row.role is not Role.ADMINISTRATOR:
        return False
    query = select(OfficerRow.id).where(
        OfficerRow.role == Role.ADMINISTRATOR, OfficerRow.disabled_at.is_(None)
    )
    return set(session.scalars(query.with_for_update())) <= {row.id}
