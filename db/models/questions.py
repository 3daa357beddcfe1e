"""What people are asked so that a rank is certain, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import AskedFact, QuestionOutcome, QuestionStatus


class QuestionRow(Base):
    """One unknown fact that a person is asked about; while it is open there is no second one."""

    __tablename__ = "questions"
    __table_args__ = (
        who_needs_when("closed"),
        Index("ix_questions_status_assigned_to", "status", "assigned_to"),
        Index("ix_questions_jobseeker_id_fact", "jobseeker_id", "fact"),
        Index(
            "uq_questions_open",
            "jobseeker_id",
            "fact",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"))
    fact: Mapped[AskedFact]
    asked_for: Mapped[list[Any]]
    """For which vacancies, with the ranks that were possible when the question was made."""
    status: Mapped[QuestionStatus]
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    outcome: Mapped[QuestionOutcome | None]
    """Why there is no fact; None while it is open and where it was answered."""
    came_of_it: Mapped[list[Any] | None]
    """The ranks before and after the answer."""
    ask_again_on: Mapped[date | None]
    """Before this day nobody is asked the same again."""
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
