"""An incident is opened: by an officer, or by a part of the system that noticed something."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import IncidentEventRow, IncidentRow, OfficerRow
from db.repositories.numbers import next_in_series
from domain.enums import IncidentKind, IncidentStatus, IncidentStep, Role, TellPeople
from domain.records.officer import Officer
from domain.texts import Sentence, Term, to_json
from services import audit, clock
from services.incidents.rules import clock_on
from services.notifications import Recipient, queue_message

TOLD = (Role.PRIVACY_OFFICER, Role.ADMINISTRATOR)
"""Roles that hear of every incident."""


def open_incident(
    session: Session,
    *,
    kind: IncidentKind,
    key: str,
    sentence: Sentence,
    trace: str | None = None,
    by: Officer | None = None,
) -> str:
    """Open an incident in the caller's transaction; its number.

    `key` says what the system noticed ("backup", "audit-chain"): while an incident of that key is
    not closed, the same again is counted on it and opens nothing. `sentence` and `trace` must hold
    no personal data.
    """
    return _again(session, key) or _opened_once(session, kind, key, sentence, trace, by)


def _again(session: Session, key: str) -> str | None:
    """Count it on the incident that runs; by a bare update, so that no officer's form is stale."""
    now = clock.now()
    running = (IncidentRow.source_key == key, IncidentRow.status != IncidentStatus.CLOSED)
    counted = (
        update(IncidentRow)
        .where(*running)
        .values(times=IncidentRow.times + 1, last_at=now)
        .returning(IncidentRow.number)
        .execution_options(synchronize_session=False)
    )
    return session.scalars(counted).first()


def _opened_once(
    session: Session,
    kind: IncidentKind,
    key: str,
    sentence: Sentence,
    trace: str | None,
    by: Officer | None,
) -> str:
    try:
        with session.begin_nested():
            row = add_incident(session, kind=kind, source_key=key, sentence=sentence, by=by)
    except IntegrityError:
        # Another process noticed the same in the same moment, and was first.
        number = _again(session, key)
        if number is None:
            raise
        return number
    follow_up(session, row, trace=trace, by=by)
    return row.number


def add_incident(
    session: Session,
    *,
    kind: IncidentKind,
    source_key: str | None = None,
    sentence: Sentence | None = None,
    title: str | None = None,
    identified_at: datetime | None = None,
    by: Officer | None,
) -> IncidentRow:
    """The row with its number and its clock; callers go on with `follow_up`."""
    now = clock.now()
    found_at = identified_at or now
    hours = clock_on(clock.day_of(found_at)).notify_within_hours
    series = f"INC-{clock.today().year}"
    row = IncidentRow(
        number=f"{series}-{next_in_series(session, series):04d}",
        kind=kind,
        status=IncidentStatus.OPEN,
        source_key=source_key,
        title=title,
        sentence=to_json(sentence) if sentence else None,
        last_at=now,
        identified_at=found_at,
        notify_until=found_at + timedelta(hours=hours),
        opened_at=now,
        opened_by=by.id if by else None,
        tell_people=TellPeople.UNDECIDED,
    )
    session.add(row)
    session.flush()
    return row


def follow_up(
    session: Session, row: IncidentRow, *, trace: str | None = None, by: Officer | None
) -> None:
    """First line of the story, a message to those who act on incidents, the audit event."""
    note_step(session, row, IncidentStep.OPENED, trace=trace, by=by)
    for officer_id in session.scalars(
        select(OfficerRow.id)
        .where(OfficerRow.role.in_(TOLD), OfficerRow.disabled_at.is_(None))
        .order_by(OfficerRow.id)
    ).all():
        queue_message(
            session,
            template="incidents.opened",
            to=Recipient.officer(officer_id),
            values={
                "incident": row.number,
                "kind": Term("IncidentKind", row.kind.value),
                "until": row.notify_until,
            },
            key=f"incidents.opened:{row.id}:{officer_id}",
            by=by,
        )
    audit.record(
        session,
        action="opened_incident",
        entity="incident",
        entity_id=row.id,
        details={"number": row.number, "kind": row.kind.value, "source": row.source_key},
        by=by,
    )


def note_step(
    session: Session,
    row: IncidentRow,
    step: IncidentStep,
    *,
    note: str | None = None,
    sentence: Sentence | None = None,
    trace: str | None = None,
    by: Officer | None,
) -> None:
    """Add a line to the incident's story, in the caller's transaction."""
    session.add(
        IncidentEventRow(
            incident_id=row.id,
            step=step,
            note=note or None,
            sentence=to_json(sentence) if sentence else None,
            trace=trace,
            happened_at=clock.now(),
            happened_by=by.id if by else None,
        )
    )
    session.flush()
