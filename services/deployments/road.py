"""What of the stays abroad waits for an officer today, and what a person's story tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import DeploymentEventRow, DeploymentRow
from db.queries import deployments as queries
from db.queries.deployments import OVER, Placed
from domain.enums import DeploymentStatus, RoadArea, Urgency
from domain.records.officer import Officer
from domain.records.road import RoadTask, TimelineEvent
from domain.texts import N_, Sentence, Term
from services import clock
from services.dated_rules import Entry, in_force, stored_rules
from services.deployments.sharing import shares_of
from services.permissions import Permission, can

D = DeploymentStatus
TOLD_BY_CANDIDACY = (D.DEPARTED, D.RETURNED, D.CANCELLED)


def deployment_tasks(session: Session, officer: Officer) -> Iterator[RoadTask]:
    """Contact lost, no word of arrival, past the agreed end: one line for each stay."""
    if not can(officer, Permission.DEPLOYMENTS_EDIT):
        return
    rules = in_force(stored_rules("contracts"), clock.today())
    since = queries.last_days(session)
    gone = DeploymentRow.status.not_in((*OVER, D.PLANNED))
    for one in queries.list_placed(session, gone):
        yield from _tasks(one, since.get(one.row.id) or clock.today(), rules)


def _tasks(one: Placed, since: date, rules: Entry) -> Iterator[RoadTask]:
    row, today = one.row, clock.today()
    end = row.planned_return_on or row.ends_on
    if row.status is D.LOST_CONTACT:
        again = since + timedelta(rules["lost_contact_ask_again_days"])
        text = N_("Contact abroad is lost since {day}: try again, tell the consulate")
        yield _task(one, text, since, Urgency.LATE, again)
    elif end is not None and end < today:
        text = N_("The agreed end was {day}: record the return, or extend the stay")
        yield _task(one, text, end, Urgency.LATE, end)
    elif row.status is D.DEPARTED:
        due = since + timedelta(rules["arrival_within_days"])
        text = N_("Departed on {day}: ask whether the person has arrived")
        yield _task(one, text, since, Urgency.LATE if due < today else Urgency.DUE, due)


def _task(one: Placed, text: str, day: date, urgency: Urgency, due: date) -> RoadTask:
    return RoadTask(
        RoadArea.ABROAD,
        urgency,
        due,
        Sentence(text, {"day": day}),
        N_("Open the stay"),
        "deployment",
        {"deployment": one.row.number},
        candidacy_id=one.row.candidacy_id,
        vacancy=one.vacancy.number,
        jobseeker=one.person.external_id,
    )


def deployment_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """Steps of the stays that the candidacy does not tell, and extracts the person stands in."""
    query = (
        select(DeploymentRow, DeploymentEventRow)
        .join(DeploymentEventRow, DeploymentEventRow.deployment_id == DeploymentRow.id)
        .where(DeploymentRow.jobseeker_id == jobseeker_id)
        .order_by(DeploymentEventRow.id)
    )
    for row, step in session.execute(query):
        if step.to_status not in TOLD_BY_CANDIDACY:
            yield _event(row, step)
    for share in shares_of(session, jobseeker_id):
        kind = Term("RecipientKind", share.recipient_kind.value)
        text = Sentence(N_("Data were handed over: {recipient}"), {"recipient": kind})
        yield TimelineEvent(
            RoadArea.ABROAD, share.shared_at, text, "data_shares", by=share.shared_by
        )


def _event(row: DeploymentRow, step: DeploymentEventRow) -> TimelineEvent:
    values: dict[str, object] = {
        "number": row.number,
        "country": Term("country", row.country),
        "status": Term("DeploymentStatus", step.to_status.value),
    }
    return TimelineEvent(
        RoadArea.ABROAD,
        clock.beginning(step.happened_on),
        Sentence(N_("Stay abroad {number}, {country}: {status}"), values),
        "deployment",
        {"deployment": row.number},
        note=step.note,
        by=step.happened_by,
        is_day_only=True,
    )
