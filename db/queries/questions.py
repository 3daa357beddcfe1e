"""Questions to people, with whom they are about and who asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import JobseekerRow, OfficerRow, QuestionRow
from domain.enums import AskedFact, QuestionStatus

Asked = tuple[QuestionRow, JobseekerRow, str | None, str | None]
"""A question, the file it is about, and who asks in both scripts."""


def list_questions(
    session: Session, *, statuses: Collection[QuestionStatus], limit: int
) -> list[Asked]:
    """The open ones oldest first, closed ones newest first."""
    query = _whole().where(QuestionRow.status.in_(statuses))
    newest = (QuestionRow.closed_at.desc(), QuestionRow.id.desc())
    oldest = (QuestionRow.id.asc(),)
    order = oldest if QuestionStatus.OPEN in statuses else newest
    found = session.execute(query.order_by(*order).limit(limit)).all()
    return [(row[0], row[1], row[2], row[3]) for row in found]


def find_question(session: Session, question_id: int) -> Asked | None:
    """One question."""
    found = session.execute(_whole().where(QuestionRow.id == question_id)).one_or_none()
    return (found[0], found[1], found[2], found[3]) if found else None


def _whole() -> Select[QuestionRow, JobseekerRow, str, str]:
    return (
        select(QuestionRow, JobseekerRow, OfficerRow.name_ka, OfficerRow.name_en)
        .join(JobseekerRow, JobseekerRow.id == QuestionRow.jobseeker_id)
        .outerjoin(OfficerRow, OfficerRow.id == QuestionRow.assigned_to)
    )


def not_to_ask(session: Session, day: date) -> set[tuple[int, str]]:
    """(person, fact) of whom this is asked now, or was lately, without an answer."""
    query = select(QuestionRow.jobseeker_id, QuestionRow.fact).where(_hindering(day))
    return {(person, fact.value) for person, fact in session.execute(query)}


def find_hindrance(
    session: Session, jobseeker_id: int, fact: AskedFact, day: date
) -> QuestionRow | None:
    """The question that hinders asking the same now."""
    query = select(QuestionRow).where(
        QuestionRow.jobseeker_id == jobseeker_id, QuestionRow.fact == fact, _hindering(day)
    )
    return session.scalars(query.order_by(QuestionRow.id.desc()).limit(1)).one_or_none()


def _hindering(day: date) -> ColumnElement[bool]:
    waits = and_(QuestionRow.status == QuestionStatus.NO_ANSWER, QuestionRow.ask_again_on > day)
    return or_(QuestionRow.status == QuestionStatus.OPEN, waits)


def people_asked(session: Session, ids: Sequence[int]) -> dict[int, JobseekerRow]:
    """The files of a few people, without their lists."""
    rows = session.scalars(select(JobseekerRow).where(JobseekerRow.id.in_(ids)))
    return {row.id: row for row in rows}


def count_open_questions(session: Session) -> int:
    """How many questions somebody asks now."""
    query = select(func.count(QuestionRow.id)).where(QuestionRow.status == QuestionStatus.OPEN)
    return session.scalar(query) or 0


def open_questions_of(session: Session, jobseeker_id: int) -> list[QuestionRow]:
    """Questions that somebody asks one person now."""
    query = select(QuestionRow).where(
        QuestionRow.jobseeker_id == jobseeker_id, QuestionRow.status == QuestionStatus.OPEN
    )
    return list(session.scalars(query.order_by(QuestionRow.id)))
