"""Coming back: reminders, the return, what was learned, the survey, how people are later."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import (
    Evidence,
    FollowUpOutcome,
    GainKind,
    PayAsPromised,
    ReminderState,
    ReturnReason,
    WantsAgain,
)


class ReturnReminderRow(Base):
    """A reminder before the end of a stay that was settled; append-only.

    For each expected day of return it is settled once: another day is reminded of anew.
    """

    __tablename__ = "return_reminders"
    __table_args__ = (UniqueConstraint("deployment_id", "expected_on", "days_before"),)

    id: Mapped[serial_key]
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id"), index=True)
    expected_on: Mapped[date]
    days_before: Mapped[int]
    state: Mapped[ReminderState]
    settled_at: Mapped[datetime]


class ReturnRow(Base):
    """Somebody is back: when, why, and what help is asked for."""

    __tablename__ = "returns"
    __table_args__ = (who_needs_when("recorded"),)

    id: Mapped[serial_key]
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id"), unique=True)
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    expected_on: Mapped[date | None]
    """The day of return that was planned when the return was recorded."""
    returned_on: Mapped[date]
    is_on_time: Mapped[bool | None]
    """None where no day was planned."""
    reason: Mapped[ReturnReason]
    reason_note: Mapped[str | None]
    border_point: Mapped[str | None]
    needs: Mapped[list[Any]]
    """Values of `ReturnNeed`."""
    needs_note: Mapped[str | None]
    plan: Mapped[str | None]
    """What was agreed to do about the needs, in the officer's words."""
    version: Mapped[int] = mapped_column(default=1)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class ReturnGainRow(Base):
    """A skill, language, licence or work experience that was written into the file; append-only."""

    __tablename__ = "return_gains"
    __table_args__ = (who_needs_when("recorded"),)

    id: Mapped[serial_key]
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"), index=True)
    kind: Mapped[GainKind]
    code: Mapped[str]
    detail: Mapped[str | None]
    """The level of a language, the years of an occupation."""
    valid_until: Mapped[date | None]
    evidence: Mapped[Evidence]
    evidence_note: Mapped[str | None]
    """Which paper or test, or who says so."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class ExitSurveyRow(Base):
    """What somebody who is back says about the stay, once."""

    __tablename__ = "exit_surveys"
    __table_args__ = (
        CheckConstraint("recommends BETWEEN 0 AND 10", name="recommends_0_to_10"),
        who_needs_when("answered"),
    )

    id: Mapped[serial_key]
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"), unique=True)
    fee_paid: Mapped[bool | None]
    fee_amount: Mapped[Decimal | None]
    fee_currency: Mapped[str | None]
    fee_to: Mapped[str | None]
    pay_as_promised: Mapped[PayAsPromised | None]
    recommends: Mapped[int | None]
    wants_again: Mapped[WantsAgain | None]
    needs: Mapped[list[Any]]
    """Values of `ReturnNeed`."""
    comment: Mapped[str | None]
    answered_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """Who wrote it down as told by phone; None: the person's own answer by the link."""


class FollowUpRow(Base):
    """How somebody is some months after the return, or at the work found by a referral."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        UniqueConstraint("return_id", "months"),
        UniqueConstraint("referral_id", "months"),
        CheckConstraint("(return_id IS NULL) <> (referral_id IS NULL)", name="of_one_thing"),
        who_needs_when("done"),
    )

    id: Mapped[serial_key]
    return_id: Mapped[int | None] = mapped_column(ForeignKey("returns.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("local_referrals.id"))
    months: Mapped[int]
    due_on: Mapped[date] = mapped_column(index=True)
    created_at: Mapped[datetime]
    outcome: Mapped[FollowUpOutcome | None]
    note: Mapped[str | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class NamedRequestRow(Base):
    """An employer asks for somebody by name for a new season; the commission decides as always."""

    __tablename__ = "named_requests"
    __table_args__ = (
        UniqueConstraint("vacancy_id", "jobseeker_id"),
        who_needs_when("recorded"),
    )

    id: Mapped[serial_key]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), index=True)
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id"))
    """The stay with this employer that it rests on."""
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), unique=True)
    asked_on: Mapped[date]
    asked_by_name: Mapped[str]
    """Who asked at the employer."""
    rank: Mapped[int | None]
    """Where the ranking put the person that day; None: no list, or behind a gate."""
    skipped: Mapped[list[Any]]
    """What need not be done again: code and why, by the rules of that day."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
