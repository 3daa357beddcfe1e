"""Reminders before the known end of a stay: each once, by message to the worker."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.models import DeploymentRow, ReturnReminderRow
from db.repositories import returns as repository
from db.session import reading, unit_of_work
from domain.enums import ReminderState
from domain.records.returns import Reminder
from domain.texts import Term
from services import audit, clock
from services.due_cases import settle_each
from services.notifications import Recipient, queue_message
from services.returns.recording import expected_on
from services.returns.rules import ReturnRules, rules_on

TEMPLATE = "returns.end_is_near"


def send_return_reminders() -> int:
    """Remind everybody abroad whose return is near; how many messages were queued.

    Of several reminders that are due at once only the nearest is sent: a job that ran late, or a
    day that became known late, brings one message. Another planned day is reminded of anew.
    """
    today, rules = clock.today(), rules_on()
    farthest = today + timedelta(max(rules.remind_days_before, default=0))
    with reading() as session:
        near = [
            stay.id
            for stay in repository.stays_abroad(session)
            if (day := expected_on(stay)) is not None and today <= day <= farthest
        ]
    return settle_each("returns", near, lambda one: _remind(one, rules, today))


def _remind(stay_id: int, rules: ReturnRules, today: date) -> int:
    with unit_of_work() as work:
        stay = work.session.get_one(DeploymentRow, stay_id, with_for_update=True)
        expected = expected_on(stay)
        if stay.status not in repository.AWAY or expected is None:
            return 0
        known = {
            row.days_before
            for row in repository.settled_reminders(work.session, stay.id)
            if row.expected_on == expected
        }
        due = [
            days
            for days in rules.remind_days_before
            if days not in known and expected - timedelta(days) <= today
        ]
        # One that lies nearer was settled already: an earlier one has nothing more to say.
        nearest = min(due, default=None)
        if nearest is None or any(days < nearest for days in known):
            return 0
        _settle(work.session, stay, expected, due, nearest)
        _tell(work.session, stay, expected, nearest)
        work.commit()
        return 1


def _settle(
    session: Session, stay: DeploymentRow, expected: date, due: list[int], nearest: int
) -> None:
    session.add_all(
        ReturnReminderRow(
            deployment_id=stay.id,
            expected_on=expected,
            days_before=days,
            state=ReminderState.SENT if days == nearest else ReminderState.PASSED,
            settled_at=clock.now(),
        )
        for days in due
    )


def _tell(session: Session, stay: DeploymentRow, expected: date, days: int) -> None:
    queue_message(
        session,
        template=TEMPLATE,
        to=Recipient.jobseeker(stay.jobseeker_id),
        values={"day": expected, "country": Term("country", stay.country)},
        key=f"return:{stay.id}:{expected.isoformat()}:{days}",
        by=None,
    )
    audit.record(
        session,
        action="reminded",
        entity="deployment",
        entity_id=stay.number,
        subject=repository.external_id_of(session, stay.jobseeker_id),
        details={"days_before": days, "expected_on": expected},
        by=None,
    )


def reminders_of(session: Session, stay: DeploymentRow) -> tuple[Reminder, ...]:
    """The reminders of the planned day: settled, or due on which day; farthest first."""
    expected = expected_on(stay)
    if expected is None:
        return ()
    settled = {
        row.days_before: row
        for row in repository.settled_reminders(session, stay.id)
        if row.expected_on == expected
    }
    asked = sorted({*rules_on().remind_days_before, *settled}, reverse=True)
    return tuple(
        Reminder(
            days_before=days,
            due_on=expected - timedelta(days),
            state=settled[days].state if days in settled else None,
            settled_at=settled[days].settled_at if days in settled else None,
        )
        for days in asked
    )
