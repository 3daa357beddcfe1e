"""Stage S11: orientation before departure, and the papers for a visa or a permit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import (
    Attendance,
    OrientationMode,
    OrientationStatus,
    PermitPaperState,
    PermitRefusal,
    PermitStatus,
)


class OrientationSessionRow(Base):
    """A day of pre-departure orientation; what is taught stands in the dated curriculum."""

    __tablename__ = "orientation_sessions"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity_above_zero"),
        who_needs_when("created"),
        who_needs_when("updated"),
    )

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    status: Mapped[OrientationStatus] = mapped_column(index=True)
    country: Mapped[str | None]
    """Whom it is for; None: for every destination."""
    language: Mapped[str]
    mode: Mapped[OrientationMode]
    place: Mapped[str]
    """Address or room; for an online session, how to get in."""
    trainer: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    capacity: Mapped[int]
    curriculum_from: Mapped[date]
    """First day of the version of the curriculum that is taught."""
    held_on: Mapped[date | None]
    cancel_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class OrientationPlaceRow(Base):
    """One person's place in a session, and whether the person came."""

    __tablename__ = "orientation_places"
    __table_args__ = (
        UniqueConstraint("session_id", "candidacy_id"),
        who_needs_when("created"),
        who_needs_when("marked"),
    )

    id: Mapped[serial_key]
    session_id: Mapped[int] = mapped_column(ForeignKey("orientation_sessions.id"))
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), index=True)
    attendance: Mapped[Attendance]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    marked_at: Mapped[datetime | None]
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class OrientationQuizRow(Base):
    """One go at the quiz at the end of a session; append-only."""

    __tablename__ = "orientation_quizzes"
    __table_args__ = (UniqueConstraint("place_id", "attempt"), who_needs_when("recorded"))

    id: Mapped[serial_key]
    place_id: Mapped[int] = mapped_column(ForeignKey("orientation_places.id"))
    attempt: Mapped[int]
    questions_from: Mapped[date]
    """First day of the version of the questions that was asked."""
    answers: Mapped[dict[str, Any]]
    """Code of a question -> code of the answer that was given; a question left out is missing."""
    right_count: Mapped[int]
    question_count: Mapped[int]
    is_passed: Mapped[bool]
    taken_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class OrientationCertificateRow(Base):
    """The certificate of orientation: its file and the code that is printed in it; append-only."""

    __tablename__ = "orientation_certificates"
    __table_args__ = (who_needs_when("issued"),)

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("orientation_places.id"), unique=True)
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    record_sha256: Mapped[str]
    """Hash of what the certificate says: the code is made of it."""
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class PermitFileRow(Base):
    """One person's file for a visa or a permit; which papers it needs, the country pack says."""

    __tablename__ = "permit_files"
    __table_args__ = (who_needs_when("created"), who_needs_when("updated"))

    id: Mapped[serial_key]
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), unique=True)
    country: Mapped[str] = mapped_column(index=True)
    pack_from: Mapped[date]
    """First day of the version of the country pack that holds for this file."""
    status: Mapped[PermitStatus] = mapped_column(index=True)
    submitted_on: Mapped[date | None]
    reference_number: Mapped[str | None]
    """Under which the authority keeps the application."""
    decided_on: Mapped[date | None]
    permit_number: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    refusal: Mapped[PermitRefusal | None]
    refusal_text: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class PermitPaperRow(Base):
    """A paper of the checklist of one file."""

    __tablename__ = "permit_papers"
    __table_args__ = (
        UniqueConstraint("permit_file_id", "code"),
        who_needs_when("updated"),
    )

    id: Mapped[serial_key]
    permit_file_id: Mapped[int] = mapped_column(ForeignKey("permit_files.id"))
    code: Mapped[str]
    """As the country pack calls it."""
    state: Mapped[PermitPaperState]
    number: Mapped[str | None]
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    note: Mapped[str | None]
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    file_name: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}
