"""The register of incidents: reporting one, reading them; how the clock of each stands."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.models import (
    IncidentEventRow,
    IncidentNotificationRow,
    IncidentPersonRow,
    IncidentRow,
    OfficerRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    BreachedData,
    BreachedPeople,
    BreachType,
    Harm,
    IncidentStatus,
    NotificationClock,
)
from domain.exceptions import FieldProblem, InvalidInput, NotFound
from domain.records.incidents import (
    BreachForm,
    IncidentEvent,
    IncidentNotification,
    IncidentRecord,
    IncidentSummary,
    ReportForm,
)
from domain.records.officer import Officer
from domain.texts import N_, Sentence, from_json
from services import clock
from services.audit import Happening
from services.incidents.opening import add_incident, follow_up
from services.incidents.rules import clock_on
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.written import unwritten

NO_INCIDENT = N_("There is no such incident.")
LONGEST_TEXT = 8000
STANDS_STILL = (NotificationClock.DONE, NotificationClock.NOT_NEEDED)
CLOCKS = list(NotificationClock)


def report_incident(*, form: ReportForm, by: Officer) -> str:
    """Anybody who notices something registers it; its number."""
    check_can(by, Permission.INCIDENTS_REPORT)
    _check_report(form)
    with unit_of_work() as work:
        row = add_incident(
            work.session,
            kind=form.kind,
            title=form.title.strip(),
            identified_at=form.identified_at,
            by=by,
        )
        row.circumstances = form.what.strip()
        follow_up(work.session, row, by=by)
        work.commit()
        return row.number


def _check_report(form: ReportForm) -> None:
    problems = unwritten(form, ("title", "what"), LONGEST_TEXT)
    if form.identified_at > clock.now() + timedelta(minutes=1):
        told = Sentence(N_("This moment has not come yet."))
        problems.append(FieldProblem("identified_at", told))
    if problems:
        raise InvalidInput(N_("The incident was not registered yet."), tuple(problems))


def list_incidents(*, by: Officer) -> tuple[IncidentSummary, ...]:
    """All incidents: clocks that press first, then the newest."""
    check_can(by, Permission.INCIDENTS_READ)
    with reading() as session:
        found = [_summary(*line) for line in session.execute(_query())]
    return tuple(sorted(found, key=_order))


def list_own_reports(*, by: Officer) -> tuple[IncidentSummary, ...]:
    """What an officer has reported: number and state, whatever came of it."""
    check_can(by, Permission.INCIDENTS_REPORT)
    with reading() as session:
        query = _query().where(IncidentRow.opened_by == by.id)
        return tuple(_summary(*line) for line in session.execute(query))


def list_running_clocks(*, by: Officer) -> tuple[IncidentSummary, ...]:
    """Incidents whose clock of the notification runs or has run out: shown on every screen."""
    check_can(by, Permission.INCIDENTS_READ)
    with reading() as session:
        query = _query().where(
            IncidentRow.notified_at.is_(None),
            IncidentRow.status != IncidentStatus.CLOSED,
            IncidentRow.is_breach.is_not(False),
        )
        found = [_summary(*line) for line in session.execute(query)]
    running = [one for one in found if one.clock not in STANDS_STILL]
    return tuple(sorted(running, key=lambda one: one.notify_until))


def get_incident(*, number: str, by: Officer) -> IncidentRecord:
    """Everything about one incident; the reading is recorded once a day."""
    check_can(by, Permission.INCIDENTS_READ)
    with reading() as session:
        record = record_of(session, number)
    happening = Happening("read", "incident", record.summary.id)
    log_once_a_day(("incident", number), happening, by=by)
    return record


def record_of(session: Session, number: str) -> IncidentRecord:
    """The incident with its story, for use cases that read within their own step."""
    line = session.execute(_query().where(IncidentRow.number == number)).one_or_none()
    if line is None:
        raise NotFound(NO_INCIDENT)
    row: IncidentRow = line[0]
    of_it = IncidentPersonRow.incident_id == row.id
    named, told = session.execute(
        select(func.count(), func.count(IncidentPersonRow.told_at)).where(of_it)
    ).one()
    return IncidentRecord(
        summary=_summary(*line),
        opened_at=row.opened_at,
        harm_reason=row.harm_reason,
        form=form_of(row),
        lesson=row.lesson,
        notifications=_notifications(session, row.id),
        events=_events(session, row.id),
        people_named=named,
        people_told=told,
    )


def clock_of(row: IncidentRow, now: datetime) -> NotificationClock:
    """How the clock stands: it runs until the authority is told, or nobody needs to be."""
    if row.notified_at is not None:
        return NotificationClock.DONE
    is_over = row.status is IncidentStatus.CLOSED and row.is_breach is not True
    if row.is_breach is False or row.harm is Harm.LEAST_LIKELY or is_over:
        return NotificationClock.NOT_NEEDED
    if row.notify_until <= now:
        return NotificationClock.OVERDUE
    urgent = timedelta(hours=clock_on(clock.day_of(row.identified_at)).urgent_within_hours)
    return (
        NotificationClock.URGENT if row.notify_until - now <= urgent else NotificationClock.RUNNING
    )


def form_of(row: IncidentRow) -> BreachForm:
    """What is known of the breach so far."""
    values: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(BreachForm)}
    values["breach_types"] = tuple(map(BreachType, row.breach_types or ()))
    values["data_categories"] = tuple(map(BreachedData, row.data_categories or ()))
    values["people_categories"] = tuple(map(BreachedPeople, row.people_categories or ()))
    return BreachForm(**values)


def title_of(row: IncidentRow) -> Sentence:
    """What it is about: an officer's words, or the system's sentence."""
    return from_json(row.sentence) if row.sentence else Sentence(N_("{text}"), {"text": row.title})


def _order(one: IncidentSummary) -> tuple[bool, bool, int, float]:
    stands = one.clock in STANDS_STILL
    moment = -one.identified_at.timestamp() if stands else one.notify_until.timestamp()
    return one.status is IncidentStatus.CLOSED, stands, CLOCKS.index(one.clock), moment


def _query() -> Select[IncidentRow, str, str]:
    return select(IncidentRow, OfficerRow.name_ka, OfficerRow.name_en).outerjoin(
        OfficerRow, OfficerRow.id == IncidentRow.owner_id
    )


def _summary(row: IncidentRow, owner_ka: str | None, owner_en: str | None) -> IncidentSummary:
    return IncidentSummary(
        id=row.id,
        number=row.number,
        kind=row.kind,
        status=row.status,
        title=title_of(row),
        times=row.times,
        identified_at=row.identified_at,
        last_at=row.last_at,
        notify_until=row.notify_until,
        notified_at=row.notified_at,
        is_breach=row.is_breach,
        harm=row.harm,
        clock=clock_of(row, clock.now()),
        owner_ka=owner_ka,
        owner_en=owner_en,
        version=row.version,
    )


def _notifications(session: Session, incident_id: int) -> tuple[IncidentNotification, ...]:
    query = select(IncidentNotificationRow).where(
        IncidentNotificationRow.incident_id == incident_id
    )
    return tuple(
        IncidentNotification(
            row.part, row.authority, row.reference, row.sent_at, row.late_reason, row.content
        )
        for row in session.scalars(query.order_by(IncidentNotificationRow.part))
    )


def _events(session: Session, incident_id: int) -> tuple[IncidentEvent, ...]:
    query = (
        select(IncidentEventRow, OfficerRow.name_ka, OfficerRow.name_en)
        .outerjoin(OfficerRow, OfficerRow.id == IncidentEventRow.happened_by)
        .where(IncidentEventRow.incident_id == incident_id)
        .order_by(IncidentEventRow.id.desc())
    )
    return tuple(
        IncidentEvent(
            event.step,
            event.happened_at,
            name_ka,
            name_en,
            event.note,
            from_json(event.sentence) if event.sentence else None,
            event.trace,
        )
        for event, name_ka, name_en in session.execute(query)
    )
