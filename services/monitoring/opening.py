"""A case is opened: its number, its clock, its first step, and who is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import CaseEventRow, CaseNoteRow, CaseWordsRow, MonitoringCaseRow, OfficerRow
from db.repositories.numbers import next_in_series
from domain.enums import CaseCategory, CaseChannel, CaseStatus, CaseStep, CaseUrgency, Role
from domain.records.officer import Officer
from domain.texts import Sentence, Term, to_json
from services import audit, clock
from services.monitoring.rules import act_until, rules_on
from services.notifications import Recipient, queue_message


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case begins with."""

    channel: CaseChannel
    category: CaseCategory
    urgency: CaseUrgency
    deployment_id: int | None = None
    employer_id: int | None = None
    check_in_id: int | None = None
    country: str | None = None
    is_anonymous: bool = False
    complainant_name: str | None = None
    complainant_contact: str | None = None
    text: str | None = None
    text_sha256: str | None = None
    secret_sha256: str | None = None
    subject: str | None = field(default=None)
    """External id of the person concerned, for the audit."""


def open_case(session: Session, new: NewCase, *, by: Officer | None) -> MonitoringCaseRow:
    """Open a case in the caller's transaction: an owner with the fewest cases, and a clock."""
    now = clock.now()
    series = f"CASE-{clock.today().year}"
    row = MonitoringCaseRow(
        number=f"{series}-{next_in_series(session, series):04d}",
        deployment_id=new.deployment_id,
        employer_id=new.employer_id,
        check_in_id=new.check_in_id,
        country=new.country,
        channel=new.channel,
        category=new.category,
        urgency=new.urgency,
        status=CaseStatus.OPEN,
        is_anonymous=new.is_anonymous,
        text_sha256=new.text_sha256,
        secret_sha256=new.secret_sha256,
        owner_id=_owner(session),
        opened_at=now,
        opened_by=by.id if by else None,
        act_until=act_until(new.urgency, now, rules_on(clock.today())),
    )
    session.add(row)
    session.flush()
    _keep_words(session, row, new)
    note_step(session, row, CaseStep.OPENED, by=by)
    _tell_owner(session, row, "monitoring.case_opened", by)
    audit.record(
        session,
        action="opened_case",
        entity="monitoring_case",
        entity_id=row.id,
        subject=None if new.is_anonymous else new.subject,
        details={
            "category": [None, new.category.value],
            "urgency": [None, new.urgency.value],
            "channel": [None, new.channel.value],
        },
        by=by,
    )
    return row


def _keep_words(session: Session, row: MonitoringCaseRow, new: NewCase) -> None:
    """What was told and by whom goes to a table of its own, encrypted."""
    if new.text or new.complainant_name or new.complainant_contact:
        words = CaseWordsRow(case_id=row.id)
        words.text = new.text or None
        words.complainant_name = new.complainant_name or None
        words.complainant_contact = new.complainant_contact or None
        session.add(words)


def note_step(
    session: Session,
    row: MonitoringCaseRow,
    step: CaseStep,
    *,
    note: str | None = None,
    details: Sentence | None = None,
    by: Officer | None,
) -> None:
    """Add a step to the case's story, in the caller's transaction."""
    stored: dict[str, Any] | None = to_json(details) if details else None
    event = CaseEventRow(
        case_id=row.id,
        step=step,
        details=stored,
        happened_at=clock.now(),
        happened_by=by.id if by else None,
    )
    session.add(event)
    session.flush()
    if note:
        kept = CaseNoteRow(event_id=event.id)
        kept.note = note
        session.add(kept)
        session.flush()


def _owner(session: Session) -> int | None:
    """The monitoring officer with the fewest cases at hand; None while there is none."""
    at_hand = (
        select(MonitoringCaseRow.owner_id, func.count().label("cases"))
        .where(MonitoringCaseRow.status != CaseStatus.CLOSED)
        .group_by(MonitoringCaseRow.owner_id)
        .subquery()
    )
    query = (
        select(OfficerRow.id)
        .outerjoin(at_hand, at_hand.c.owner_id == OfficerRow.id)
        .where(OfficerRow.role == Role.INSPECTOR, OfficerRow.disabled_at.is_(None))
        .order_by(func.coalesce(at_hand.c.cases, 0), OfficerRow.id)
        .limit(1)
    )
    return session.scalars(query).first()


def _tell_owner(
    session: Session, row: MonitoringCaseRow, template: str, by: Officer | None
) -> None:
    if row.owner_id is not None:
        tell_officer(session, row, template, row.owner_id, by)


def tell_officer(
    session: Session, row: MonitoringCaseRow, template: str, officer_id: int, by: Officer | None
) -> None:
    """A message to an officer about a case: number, urgency and clock, no word of the worker."""
    queue_message(
        session,
        template=template,
        to=Recipient.officer(officer_id),
        values={
            "case": row.number,
            "urgency": Term("CaseUrgency", row.urgency.value),
            "until": row.act_until,
        },
        key=f"{template}:{row.id}:{officer_id}:{row.act_until:%Y%m%d%H%M}",
        by=by,
    )
