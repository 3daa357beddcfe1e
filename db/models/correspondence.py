"""Letters: their numbers, their way to whoever does the work, resolutions and deadlines."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import (
    ExtensionStatus,
    LetterChannel,
    LetterDirection,
    LetterKind,
    LetterStatus,
    LetterStep,
    ResolutionStatus,
)


class DepartmentRow(Base):
    """A division that letters are distributed to."""

    __tablename__ = "departments"

    code: Mapped[str] = mapped_column(primary_key=True)
    name_ka: Mapped[str]
    name_en: Mapped[str]
    head_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    is_registry: Mapped[bool] = mapped_column(default=False)
    """Its members register letters and see the whole register."""


class DepartmentMemberRow(Base):
    """An officer who works in a division."""

    __tablename__ = "department_members"

    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True, index=True)


class LetterRow(Base):
    """A letter. Its number is given once and never again, also when the letter is void."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("direction", "year", "serial"),
        Index("ix_letters_status_due_on", "status", "due_on"),
        who_needs_when("registered"),
        who_needs_when("closed"),
        who_needs_when("voided"),
    )

    id: Mapped[serial_key]
    direction: Mapped[LetterDirection]
    year: Mapped[int | None]
    serial: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[LetterKind]
    subject: Mapped[str]
    text: Mapped[str | None]
    organisation: Mapped[str | None]
    """The other side: who sends an incoming letter, who gets an outgoing one."""
    person: Mapped[str | None]
    """A person's name: personal data."""
    their_number: Mapped[str | None]
    their_date: Mapped[date | None]
    channel: Mapped[LetterChannel | None]
    dated_on: Mapped[date | None] = mapped_column(index=True)
    """When it came in, or went out."""
    due_on: Mapped[date | None]
    """By the kind's term; None where nothing is to be answered."""
    status: Mapped[LetterStatus]
    vacancy_id: Mapped[int | None] = mapped_column(ForeignKey("vacancies.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("commission_sessions.id"), index=True)
    candidacy_id: Mapped[int | None] = mapped_column(ForeignKey("candidacies.id"), index=True)
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("official_documents.id"), index=True)
    """The official document that an outgoing letter is."""
    void_reason: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    registered_at: Mapped[datetime | None]
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class LetterFileRow(Base):
    """A file of a letter; its content stands in `stored_files`."""

    __tablename__ = "letter_files"
    __table_args__ = (UniqueConstraint("letter_id", "sha256"), who_needs_when("attached"))

    id: Mapped[serial_key]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    name: Mapped[str]
    attached_at: Mapped[datetime]
    attached_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class LetterDepartmentRow(Base):
    """First level: a division has the letter, until it is taken from it."""

    __tablename__ = "letter_departments"
    __table_args__ = (who_needs_when("distributed"), who_needs_when("ended"))

    id: Mapped[serial_key]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"), index=True)
    distributed_at: Mapped[datetime]
    distributed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class LetterSpecialistRow(Base):
    """Second level: a specialist of the division has the letter, until it is taken away."""

    __tablename__ = "letter_specialists"
    __table_args__ = (
        Index("ix_letter_specialists_officer_id_ended_at", "officer_id", "ended_at"),
        who_needs_when("assigned"),
        who_needs_when("ended"),
    )

    id: Mapped[serial_key]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    assigned_at: Mapped[datetime]
    assigned_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class ResolutionRow(Base):
    """What a head orders on a letter: text, executors, deadline, control mark."""

    __tablename__ = "resolutions"
    __table_args__ = (
        Index("ix_resolutions_status_due_on", "status", "due_on"),
        who_needs_when("resolved"),
        who_needs_when("reported"),
        who_needs_when("ended"),
    )

    id: Mapped[serial_key]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    text: Mapped[str]
    due_on: Mapped[date]
    is_controlled: Mapped[bool]
    status: Mapped[ResolutionStatus]
    report: Mapped[str | None]
    remark: Mapped[str | None]
    """Why a report came back, or why the resolution was cancelled."""
    resolved_at: Mapped[datetime]
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    reported_at: Mapped[datetime | None]
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ResolutionExecutorRow(Base):
    """Who has to do it: one is responsible, others are co-executors."""

    __tablename__ = "resolution_executors"

    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True, index=True)
    is_responsible: Mapped[bool]


class DeadlineExtensionRow(Base):
    """A request for a later day, and what the head said; none is ever removed."""

    __tablename__ = "deadline_extensions"
    __table_args__ = (who_needs_when("asked"), who_needs_when("answered"))

    id: Mapped[serial_key]
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id"), index=True)
    before_on: Mapped[date]
    wanted_on: Mapped[date]
    reason: Mapped[str]
    status: Mapped[ExtensionStatus]
    answer: Mapped[str | None]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class LetterReaderRow(Base):
    """Who opened the letter when, and who has to confirm to have read it."""

    __tablename__ = "letter_readers"
    __table_args__ = (who_needs_when("asked"),)

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True, index=True)
    first_opened_at: Mapped[datetime | None]
    last_opened_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    acquainted_at: Mapped[datetime | None]


class LetterEventRow(Base):
    """A step of a letter; append-only: the whole chain, as its readers see it."""

    __tablename__ = "letter_events"
    __table_args__ = (who_needs_when("happened"),)

    id: Mapped[serial_key]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    step: Mapped[LetterStep]
    department_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """Whom it concerns."""
    note: Mapped[str | None]
    due_on: Mapped[date | None]
    happened_at: Mapped[datetime]
    happened_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
