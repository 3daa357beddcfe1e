"""An employer gets no new people for a while: from when, until when, why, and who said so.

While a suspension is in force no vacancy of the employer is published and nobody is sent to it.
It ends by itself after its last day.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import EmployerRow, EmployerSuspensionRow, MonitoringCaseRow, OfficerRow
from db.session import reading, unit_of_work
from domain.exceptions import InvalidInput, LabourMigrationError, NotFound, Refused
from domain.records.monitoring import SuspensionRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.due_cases import settle_each
from services.permissions import Permission, check_can

NO_EMPLOYER = N_("There is no such employer.")
ALREADY = N_("This employer is suspended already.")
UNTIL = N_(
    "This employer is suspended from {start} to {end}: until then no vacancy of it is published "
    "and nobody is sent to it."
)
OPEN_END = N_(
    "This employer is suspended since {start}: until that is lifted no vacancy of it is published "
    "and nobody is sent to it."
)
REASON_MISSING = N_("Give a reason: it is kept with the employer.")
OVER = N_("The last day has come.")


def suspension_refusal(session: Session, employer_id: int | None) -> Sentence | None:
    """Why this employer gets nobody today; None where no suspension is in force."""
    row = None if employer_id is None else _in_force(session, employer_id, clock.today())
    if row is None:
        return None
    if row.until_on is None:
        return Sentence(OPEN_END, {"start": row.from_on})
    return Sentence(UNTIL, {"start": row.from_on, "end": row.until_on})


def _in_force(session: Session, employer_id: int, day: date) -> EmployerSuspensionRow | None:
    query = select(EmployerSuspensionRow).where(
        EmployerSuspensionRow.employer_id == employer_id, EmployerSuspensionRow.ended_at.is_(None)
    )
    row = session.scalars(query).one_or_none()
    if row is None or row.from_on > day or (row.until_on is not None and row.until_on < day):
        return None
    return row


def check_can_suspend_until(session: Session, employer_id: int, by: Officer) -> None:
    """Raise unless this officer may suspend this employer now."""
    check_can(by, Permission.EMPLOYERS_SUSPEND)
    if _running(session, employer_id) is not None:
        raise Refused(ALREADY)


def suspension_obstacle(*, employer_id: int, by: Officer) -> Sentence | None:
    """Why this officer can't suspend this employer now: asked before the button is pressed."""

    try:
        check_can(by, Permission.EMPLOYERS_SUSPEND)
        with reading() as session:
            check_can_suspend_until(session, employer_id, by)
    except LabourMigrationError as error:
        return error.sentence
    return None


def suspend_until(
    *,
    employer_id: int,
    from_on: date,
    until_on: date | None,
    reason: str,
    case_id: int | None = None,
    by: Officer,
) -> SuspensionRecord:
    """Suspend from a day until a day, or until it is lifted; a reason is kept."""
    check_can(by, Permission.EMPLOYERS_SUSPEND)
    reason = reason.strip()
    if not reason:
        raise InvalidInput(REASON_MISSING)
    if until_on is not None and until_on < max(from_on, clock.today()):
        raise InvalidInput(N_("The last day must be today or later, and not before the first."))
    with unit_of_work() as work:
        employer = work.session.get(EmployerRow, employer_id, with_for_update=True)
        if employer is None:
            raise NotFound(NO_EMPLOYER)
        check_can_suspend_until(work.session, employer_id, by)
        row = EmployerSuspensionRow(
            employer_id=employer_id,
            case_id=case_id,
            from_on=from_on,
            until_on=until_on,
            reason=reason,
            suspended_at=clock.now(),
            suspended_by=by.id,
        )
        work.session.add(row)
        try:
            work.session.flush()
        except IntegrityError:
            raise Refused(ALREADY) from None
        _record(
            work.session, row, "suspended", {"from": [None, from_on], "until": [None, until_on]}, by
        )
        work.commit()
        return _shown(work.session, row)


def lift_suspension(*, employer_id: int, reason: str, by: Officer) -> SuspensionRecord:
    """End the running suspension before its last day; a reason is kept."""
    check_can(by, Permission.EMPLOYERS_SUSPEND)
    if not reason.strip():
        raise InvalidInput(REASON_MISSING)
    with unit_of_work() as work:
        row = _running(work.session, employer_id, lock=True)
        if row is None:
            raise Refused(N_("This employer is not suspended."))
        row.ended_at, row.ended_by, row.end_reason = clock.now(), by.id, reason.strip()
        _record(work.session, row, "suspension_lifted", {"reason": [None, row.end_reason]}, by)
        work.commit()
        return _shown(work.session, row)


def end_suspensions() -> int:
    """Due work: end whatever had its last day; how many."""
    with reading() as session:
        query = select(EmployerSuspensionRow.employer_id).where(
            EmployerSuspensionRow.ended_at.is_(None),
            EmployerSuspensionRow.until_on < clock.today(),
        )
        ids = session.scalars(query).all()
    return settle_each("suspensions", ids, lambda one: _end(one))


def _end(employer_id: int) -> bool:
    with unit_of_work() as work:
        row = _running(work.session, employer_id, lock=True)
        if row is None or row.until_on is None or row.until_on >= clock.today():
            return False
        row.ended_at, row.end_reason = clock.now(), OVER
        ended_on = row.until_on + timedelta(1)
        _record(work.session, row, "suspension_over", {"over_on": [None, ended_on]}, None)
        work.commit()
        return True


def list_suspensions(session: Session, employer_id: int) -> tuple[SuspensionRecord, ...]:
    """Every suspension of an employer, the newest first."""
    query = (
        select(EmployerSuspensionRow)
        .where(EmployerSuspensionRow.employer_id == employer_id)
        .order_by(EmployerSuspensionRow.id.desc())
    )
    return tuple(_shown(session, row) for row in session.scalars(query))


def _running(
    session: Session, employer_id: int, *, lock: bool = False
) -> EmployerSuspensionRow | None:
    query = select(EmployerSuspensionRow).where(
        EmployerSuspensionRow.employer_id == employer_id, EmployerSuspensionRow.ended_at.is_(None)
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def _record(
    session: Session,
    row: EmployerSuspensionRow,
    action: str,
    details: dict[str, list[object]],
    by: Officer | None,
) -> None:
    session.flush()
    audit.record(
        session,
        action=action,
        entity="employer",
        entity_id=row.employer_id,
        details=details,
        by=by,
    )


def _shown(session: Session, row: EmployerSuspensionRow) -> SuspensionRecord:
    who = None if row.suspended_by is None else session.get(OfficerRow, row.suspended_by)
    case = None if row.case_id is None else session.get(MonitoringCaseRow, row.case_id)
    return SuspensionRecord(
        id=row.id,
        employer_id=row.employer_id,
        from_on=row.from_on,
        until_on=row.until_on,
        reason=row.reason,
        suspended_at=row.suspended_at,
        by_ka=who.name_ka if who else None,
        by_en=who.name_en if who else None,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        case=case.number if case else None,
    )
