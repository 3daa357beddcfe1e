"""Rows of stage S10 become records."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import (
    ConfirmationRow,
    EmployerAnswerRow,
    EmployerRow,
    InterviewSlotRow,
    OfficerRow,
    VacancyRow,
)
from domain.records.answers import (
    AnswerRecord,
    ConfirmationRecord,
    OfferedWork,
    SlotRecord,
)


def answer_record(session: Session, row: EmployerAnswerRow) -> AnswerRecord:
    """One answer, with who wrote it down."""
    officer = session.get(OfficerRow, row.answered_by) if row.answered_by else None
    return AnswerRecord(
        row.choice,
        row.reason,
        row.note,
        row.channel,
        row.speaker,
        row.said_on,
        row.answered_at,
        officer.username if officer else None,
    )


def confirmation_record(row: ConfirmationRow) -> ConfirmationRecord:
    """The question to a candidate, and the answer."""
    return ConfirmationRecord(
        row.status,
        row.last_day,
        row.reason,
        row.note,
        row.channel,
        row.asked_at,
        row.answered_at,
    )


def slot_record(row: InterviewSlotRow) -> SlotRecord:
    """A time for an interview."""
    return SlotRecord(row.id, row.starts_at, row.place, row.candidacy_id)


def offered_work(session: Session, vacancy_id: int) -> OfferedWork:
    """What a vacancy offers."""
    row = session.get_one(VacancyRow, vacancy_id)
    employer = session.get(EmployerRow, row.employer_id) if row.employer_id else None
    return OfferedWork(
        row.id,
        row.number,
        row.title,
        row.title_ka,
        employer.name if employer else None,
        row.country,
        row.town,
        row.positions,
        row.start_on,
        row.end_on,
        row.hours_per_week,
        row.pay_amount,
        row.pay_currency,
        row.pay_period,
    )
