"""Requests about one's own data, legal holds, and what was depersonalised."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import (
    IdentityProof,
    PrivacyChannel,
    PrivacyOutcome,
    PrivacyRequestKind,
    PrivacyRequestStatus,
    ReviewOutcome,
)


class PrivacyRequestRow(Base):
    """What a person asks about their own data: a copy, a correction, erasure, a human look."""

    __tablename__ = "privacy_requests"
    __table_args__ = (
        who_needs_when("registered"),
        who_needs_when("identified"),
        who_needs_when("extended"),
        who_needs_when("reviewed"),
        who_needs_when("answered"),
        Index("ix_privacy_requests_status_due_on", "status", "due_on"),
    )

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    kind: Mapped[PrivacyRequestKind]
    status: Mapped[PrivacyRequestStatus]
    channel: Mapped[PrivacyChannel]
    wish: Mapped[str | None]
    """In the person's words: what is wrong, what is to go, what they want looked at."""
    received_on: Mapped[date]
    due_on: Mapped[date]
    """The last day for the answer; moved once by an extension."""
    run_id: Mapped[int | None] = mapped_column(ForeignKey("ranking_runs.id"))
    """The ranking that a human looks at again."""
    identity: Mapped[IdentityProof | None]
    identity_note: Mapped[str | None]
    identified_at: Mapped[datetime | None]
    identified_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    extension_reason: Mapped[str | None]
    extended_at: Mapped[datetime | None]
    extended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    review: Mapped[ReviewOutcome | None]
    outcome_note: Mapped[str | None]
    """What the officer who looked at the ranking found."""
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    outcome: Mapped[PrivacyOutcome | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    registered_at: Mapped[datetime]
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """None when the person asked by a personal link."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class LegalHoldRow(Base):
    """A reason why a person's data must stay as they are: a court, an inspection, a claim."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        who_needs_when("held"),
        who_needs_when("ended"),
        Index(
            "uq_legal_holds_open",
            "jobseeker_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    reason: Mapped[str]
    held_at: Mapped[datetime]
    held_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    end_reason: Mapped[str | None]


class DepersonalisationRow(Base):
    """That a file was depersonalised: when, by which rule, what went. Holds nothing of a person."""

    __tablename__ = "depersonalisations"
    __table_args__ = (
        who_needs_when("done"),
        CheckConstraint("id > 0", name="id_is_real"),
        CheckConstraint("opening IS NULL OR opening = 0", name="opening_is_none_or_zero"),
    )

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    rule: Mapped[str]
    """The retention rule that said so, or "request"."""
    rules_version: Mapped[str]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("privacy_requests.id"))
    counts: Mapped[dict[str, Any]]
    """Rows by table, files, places in free text."""
    kept: Mapped[list[Any]]
    """What stays and why, as sentences."""
    done_at: Mapped[datetime]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    opening: Mapped[int | None] = mapped_column(
        ForeignKey("depersonalisations.id", deferrable=True, initially="DEFERRED")
    )
    """0 while the work goes on: no such row exists, so that a commit in between is refused."""
