"""What the employer answers about each person, and whether the chosen ones go (stage S10)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import (
    AnswerChannel,
    ConfirmationStatus,
    DeclineReason,
    EmployerChoice,
    RejectionReason,
)


class EmployerAnswerRow(Base):
    """One answer about one person; append-only: the newest counts, the others are its history."""

    __tablename__ = "employer_answers"
    __table_args__ = (who_needs_when("answered"),)

    id: Mapped[serial_key]
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), index=True)
    choice: Mapped[EmployerChoice]
    reason: Mapped[RejectionReason | None]
    note: Mapped[str | None]
    """In the employer's words."""
    may_follow: Mapped[bool]
    """Of a reserve: may be called without asking again when a place becomes free."""
    channel: Mapped[AnswerChannel]
    link_id: Mapped[int | None] = mapped_column(ForeignKey("access_links.id"))
    speaker: Mapped[str | None]
    """Who of the employer's people said so, where a recruiter wrote it down."""
    said_on: Mapped[date]
    answered_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """The recruiter who wrote it down; None: the employer did, through the link."""


class InterviewSlotRow(Base):
    """A time at which the employer can talk to one of the people sent; free until chosen."""

    __tablename__ = "interview_slots"
    __table_args__ = (
        who_needs_when("proposed"),
        who_needs_when("chosen"),
        who_needs_when("withdrawn"),
        Index(
            "uq_interview_slots_candidacy_id",
            "candidacy_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index(
            "uq_interview_slots_vacancy_id_starts_at",
            "vacancy_id",
            "starts_at",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[serial_key]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), index=True)
    starts_at: Mapped[datetime]
    place: Mapped[str]
    """Where or how: an address, a telephone number, a meeting's address."""
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    candidacy_id: Mapped[int | None] = mapped_column(ForeignKey("candidacies.id"))
    """Who chose it; None while it is free."""
    chosen_at: Mapped[datetime | None]
    chosen_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ConfirmationRow(Base):
    """The question to somebody who was selected, whether they go, its last day and its answer."""

    __tablename__ = "confirmations"
    __table_args__ = (
        who_needs_when("asked"),
        who_needs_when("answered"),
        Index("ix_confirmations_status_last_day", "status", "last_day"),
        Index(
            "uq_confirmations_open",
            "candidacy_id",
            unique=True,
            sqlite_where=text("status = 'asked'"),
            postgresql_where=text("status = 'asked'"),
        ),
    )

    id: Mapped[serial_key]
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), index=True)
    status: Mapped[ConfirmationStatus]
    last_day: Mapped[date]
    """The last calendar day in Georgia on which an answer counts."""
    reason: Mapped[DeclineReason | None]
    note: Mapped[str | None]
    channel: Mapped[AnswerChannel | None]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
