"""Check-ins are planned, asked, reminded of and missed as time passes: due work.

The personal link goes out with the message and is kept nowhere else: each reminder has its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import CheckInRow, DeploymentRow, MonitoringCaseRow
from db.session import reading, unit_of_work
from domain.enums import (
    CaseCategory,
    CaseChannel,
    CaseStatus,
    CaseUrgency,
    CheckInStatus,
    LinkPurpose,
)
from domain.transitions import CHECK_IN, check_can_move
from services import access_links, audit, clock
from services.due_cases import settle_each
from services.monitoring.opening import NewCase, open_case
from services.monitoring.people import ASKED_WHILE, get_stay
from services.monitoring.rules import MonitoringRules, check_in_days, rules_on
from services.notifications import Recipient, queue_message

PAGE = "check-in"
AHEAD = timedelta(14)
"""How far ahead check-ins are planned, so that the list shows what comes."""


def plan_check_ins() -> int:
    """Plan whatever is due within the next weeks for everybody abroad; how many were added."""
    with reading() as session:
        query = select(DeploymentRow.id).where(
            DeploymentRow.status.in_(ASKED_WHILE), DeploymentRow.arrived_on.is_not(None)
        )
        missing = [
            deployment_id
            for deployment_id in session.scalars(query)
            if _missing_days(session, deployment_id)
        ]
    return settle_each("check-ins to plan", missing, lambda one: _plan(one))


def _missing_days(session: Session, deployment_id: int) -> list[date]:
    row = session.get_one(DeploymentRow, deployment_id)
    if row.arrived_on is None or row.status not in ASKED_WHILE:
        return []
    today = clock.today()
    rules = rules_on(today)
    last = min(today + AHEAD, row.ended_on or row.planned_return_on or row.ends_on or date.max)
    # Whoever is registered late is not asked about days long gone.
    first = today - timedelta(rules.missed_after_days)
    days = [day for day in check_in_days(row.arrived_on, last, rules) if day >= first]
    known = set(
        session.scalars(select(CheckInRow.due_on).where(CheckInRow.deployment_id == row.id))
    )
    return [day for day in days if day not in known]


def _plan(deployment_id: int) -> int:
    with unit_of_work() as work:
        stay = get_stay(work.session, deployment_id)
        days = _missing_days(work.session, deployment_id)
        for day in days:
            work.session.add(
                CheckInRow(
                    deployment_id=deployment_id,
                    due_on=day,
                    status=CheckInStatus.PLANNED,
                    reminders=0,
                    created_at=clock.now(),
                )
            )
        try:
            work.session.flush()
        except IntegrityError:
            return 0  # another process planned the same days in this moment
        if days:
            audit.record(
                work.session,
                action="planned",
                entity="check_in",
                entity_id=stay.deployment.number,
                subject=stay.subject,
                details={"days": [None, [day.isoformat() for day in days]]},
                by=None,
            )
            work.commit()
        return len(days)


def ask_check_ins() -> int:
    """Send the personal link of every check-in whose day has come; how many."""
    return _each(CheckInStatus.PLANNED, _ask)


def remind_check_ins() -> int:
    """Remind whoever has not answered, on the days that the rules name; how many."""
    return _each(CheckInStatus.ASKED, _remind)


def miss_check_ins() -> int:
    """Note what nobody answered in time; too many in a row open a case; how many were missed."""
    return _each(CheckInStatus.ASKED, _miss)


Take = Callable[[Session, CheckInRow, MonitoringRules], str | None]
"""Takes the step and says what it was; None where it is not due."""


def _each(status: CheckInStatus, take: Take) -> int:
    """Take each check-in of that status whose day has come, in a unit of work of its own."""
    with reading() as session:
        query = (
            select(CheckInRow.id)
            .where(CheckInRow.status == status, CheckInRow.due_on <= clock.today())
            .order_by(CheckInRow.due_on, CheckInRow.id)
        )
        ids = session.scalars(query).all()
    return settle_each("check-ins", ids, lambda one: _one(one, status, take))


def _one(check_in_id: int, status: CheckInStatus, take: Take) -> bool:
    with unit_of_work() as work:
        row = work.session.get_one(CheckInRow, check_in_id, with_for_update=True)
        if row.status is not status:
            return False
        action = take(work.session, row, rules_on(clock.today()))
        if action is None:
            return False
        work.session.flush()
        audit.record(
            work.session,
            action=action,
            entity="check_in",
            entity_id=row.id,
            subject=get_stay(work.session, row.deployment_id).subject,
            details={"status": [status.value, row.status.value]},
            by=None,
        )
        work.commit()
        return True


def _ask(session: Session, row: CheckInRow, rules: MonitoringRules) -> str | None:
    stay = get_stay(session, row.deployment_id)
    is_stale = (clock.today() - row.due_on).days > rules.missed_after_days
    if is_stale or stay.deployment.status not in ASKED_WHILE:
        check_can_move(CHECK_IN, row.status, CheckInStatus.CANCELLED)
        row.status = CheckInStatus.CANCELLED
        return "cancelled"
    check_can_move(CHECK_IN, row.status, CheckInStatus.ASKED)
    row.status, row.asked_at = CheckInStatus.ASKED, clock.now()
    _send_link(session, row, rules, "monitoring.check_in", f"check_in:{row.id}")
    return "asked"


def _remind(session: Session, row: CheckInRow, rules: MonitoringRules) -> str | None:
    if get_stay(session, row.deployment_id).deployment.status not in ASKED_WHILE:
        # Back, or about to be: how it went is asked by the survey after the return.
        check_can_move(CHECK_IN, row.status, CheckInStatus.CANCELLED)
        row.status = CheckInStatus.CANCELLED
        return "cancelled"
    passed = (clock.today() - row.due_on).days
    due = sum(1 for days in rules.remind_after_days if passed >= days)
    if row.reminders >= due or passed >= rules.missed_after_days:
        return None
    row.reminders, row.reminded_at = due, clock.now()
    key = f"check_in:{row.id}:reminder:{due}"
    _send_link(session, row, rules, "monitoring.check_in_reminder", key)
    return "check_in_reminded"


def _miss(session: Session, row: CheckInRow, rules: MonitoringRules) -> str | None:
    if (clock.today() - row.due_on).days < rules.missed_after_days:
        return None
    check_can_move(CHECK_IN, row.status, CheckInStatus.MISSED)
    row.status, row.missed_at = CheckInStatus.MISSED, clock.now()
    session.flush()
    stay = get_stay(session, row.deployment_id)
    if _missed_in_a_row(session, row) >= rules.missed_until_case and not _is_sought(session, row):
        open_case(
            session,
            NewCase(
                channel=CaseChannel.MISSED,
                category=CaseCategory.NO_CONTACT,
                urgency=CaseUrgency.HIGH,
                deployment_id=row.deployment_id,
                employer_id=stay.deployment.employer_id,
                country=stay.deployment.country,
                subject=stay.subject,
            ),
            by=None,
        )
    return "missed"


def _missed_in_a_row(session: Session, row: CheckInRow) -> int:
    """How many check-ins up to this one went unanswered, one after the other."""
    query = (
        select(CheckInRow.status)
        .where(CheckInRow.deployment_id == row.deployment_id, CheckInRow.due_on <= row.due_on)
        .order_by(CheckInRow.due_on.desc())
    )
    count = 0
    for status in session.scalars(query):
        if status is CheckInStatus.CANCELLED:
            continue
        if status is not CheckInStatus.MISSED:
            break
        count += 1
    return count


def _is_sought(session: Session, row: CheckInRow) -> bool:
    """Whether a case looks for this person already."""
    query = select(MonitoringCaseRow.id).where(
        MonitoringCaseRow.deployment_id == row.deployment_id,
        MonitoringCaseRow.category == CaseCategory.NO_CONTACT,
        MonitoringCaseRow.status != CaseStatus.CLOSED,
    )
    return session.scalars(query).first() is not None


def _send_link(
    session: Session, row: CheckInRow, rules: MonitoringRules, template: str, key: str
) -> None:
    until = clock.today() + timedelta(rules.link_days)
    secret, _ = access_links.issue_link(
        session,
        purpose=LinkPurpose.CHECK_IN,
        subject_id=row.id,
        expires_at=clock.beginning(until),
        by=None,
    )
    queue_message(
        session,
        template=template,
        to=Recipient.jobseeker(get_stay(session, row.deployment_id).person.id),
        values={
            "link": access_links.link_address(PAGE, secret),
            "until": until - timedelta(1),
        },
        key=key,
        by=None,
    )
