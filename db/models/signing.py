"""Routes of official documents, signatures under them, absences and who stands in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import AbsenceReason, SignatureLevel, StepCapacity, StepKind, StepStatus


class RouteStepRow(Base):
    """What is asked of one officer on one document; each file has a round of its own."""

    __tablename__ = "route_steps"
    __table_args__ = (
        Index("ix_route_steps_document_id_round", "document_id", "round"),
        Index("ix_route_steps_officer_id_status", "officer_id", "status"),
        who_needs_when("acted"),
        who_needs_when("created"),
    )

    id: Mapped[serial_key]
    document_id: Mapped[int] = mapped_column(ForeignKey("official_documents.id"))
    round: Mapped[int]
    """The newest round is the route; the ones before stand on former files."""
    place: Mapped[int]
    """The order; steps of the same place run side by side."""
    kind: Mapped[StepKind]
    capacity: Mapped[StepCapacity | None]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    status: Mapped[StepStatus]
    asked_at: Mapped[datetime | None]
    """When its turn came."""
    acted_at: Mapped[datetime | None]
    acted_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """The officer, or a substitute: then `absence_id` says because of what."""
    absence_id: Mapped[int | None] = mapped_column(ForeignKey("absences.id"))
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    """The principal file on which the endorsement, signature or return stands."""
    remark: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class DocumentSignatureRow(Base):
    """The proof of one signature step: written once, never changed."""

    __tablename__ = "document_signatures"
    __table_args__ = (UniqueConstraint("step_id"), who_needs_when("signed"))

    id: Mapped[serial_key]
    step_id: Mapped[int] = mapped_column(ForeignKey("route_steps.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("official_documents.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    """The principal file that was signed."""
    level: Mapped[SignatureLevel]
    scan_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    scan_name: Mapped[str | None]
    detached: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The detached CMS signature over the file's bytes, in DER: what a .p7s file holds."""
    is_demonstration: Mapped[bool]
    """Made by the demonstration's signer: without legal force."""
    signed_at: Mapped[datetime]
    signed_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))


class AbsenceRow(Base):
    """Days on which an officer is not there; taken back, never deleted."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="ends_after_it_begins"),
        Index("ix_absences_officer_id_until_on", "officer_id", "until_on"),
        who_needs_when("recorded"),
        who_needs_when("ended"),
    )

    id: Mapped[serial_key]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    """The last day of it."""
    reason: Mapped[AbsenceReason]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    """Back before the last day, or it never began."""
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class AbsenceSubstituteRow(Base):
    """Who stands in during an absence: the first one who is there."""

    __tablename__ = "absence_substitutes"
    __table_args__ = (UniqueConstraint("absence_id", "officer_id"),)

    absence_id: Mapped[int] = mapped_column(ForeignKey("absences.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
