"""Incidents of security, data and availability; impact assessments of processings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import (
    AssessmentGround,
    AssessmentStatus,
    Harm,
    IncidentKind,
    IncidentStatus,
    IncidentStep,
    RemainingRisk,
    TellPeople,
)


class IncidentRow(Base):
    """Something that went wrong, whoever noticed it; all of them stay on the register."""

    __tablename__ = "incidents"
    __table_args__ = (
        who_needs_when("opened"),
        who_needs_when("taken"),
        who_needs_when("assessed"),
        who_needs_when("closed"),
        CheckConstraint("people_count >= 0", name="people_count_not_below_0"),
        CheckConstraint("title IS NOT NULL OR sentence IS NOT NULL", name="says_what"),
        # What the system notices by itself opens one incident until that one is closed.
        Index(
            "uq_incidents_source_running",
            "source_key",
            unique=True,
            sqlite_where=text("status <> 'closed'"),
            postgresql_where=text("status <> 'closed'"),
        ),
    )

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[IncidentKind]
    status: Mapped[IncidentStatus] = mapped_column(index=True)
    source_key: Mapped[str | None]
    """What it is known by to the part of the system that opened it; empty: an officer did."""
    title: Mapped[str | None]
    sentence: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What the system says of it, in either language."""
    times: Mapped[int] = mapped_column(default=1)
    last_at: Mapped[datetime]
    """When it happened last: an incident of the system may happen again before it is closed."""
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    identified_at: Mapped[datetime]
    """From here the clock of the notification runs."""
    notify_until: Mapped[datetime] = mapped_column(index=True)
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    is_breach: Mapped[bool | None]
    """Whether personal data were reached; None: nobody has said yet."""
    harm: Mapped[Harm | None]
    harm_reason: Mapped[str | None]
    assessed_at: Mapped[datetime | None]
    assessed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    circumstances: Mapped[str | None]
    breach_types: Mapped[list[str] | None] = mapped_column(JSON)
    data_categories: Mapped[list[str] | None] = mapped_column(JSON)
    data_volume: Mapped[str | None]
    people_categories: Mapped[list[str] | None] = mapped_column(JSON)
    people_count: Mapped[int | None]
    consequences: Mapped[str | None]
    measures: Mapped[str | None]
    tell_people: Mapped[TellPeople]
    tell_people_on: Mapped[date | None]
    tell_people_reason: Mapped[str | None]
    contact: Mapped[str | None]
    """The data protection officer: name, telephone, e-mail."""
    notified_at: Mapped[datetime | None]
    """The first notification; later ones stand in their own table."""
    lesson: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class IncidentEventRow(Base):
    """A line of an incident's story; append-only."""

    __tablename__ = "incident_events"
    __table_args__ = (who_needs_when("happened"),)

    id: Mapped[serial_key]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    step: Mapped[IncidentStep]
    note: Mapped[str | None]
    sentence: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    trace: Mapped[str | None]
    """Where in the software it happened: files, lines and functions, no values."""
    happened_at: Mapped[datetime]
    happened_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class IncidentNotificationRow(Base):
    """What the authority was told and when: frozen; what is learnt later follows as the next."""

    __tablename__ = "incident_notifications"
    __table_args__ = (
        UniqueConstraint("incident_id", "part"),
        who_needs_when("sent"),
    )

    id: Mapped[serial_key]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    part: Mapped[int]
    authority: Mapped[str]
    """Code of the dated table of authorities."""
    reference: Mapped[str | None]
    """Their number, or ours of the letter."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    late_reason: Mapped[str | None]
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class IncidentPersonRow(Base):
    """A registered person whom an incident concerns, and the message that told them."""

    __tablename__ = "incident_people"
    __table_args__ = (who_needs_when("named"),)

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), primary_key=True)
    named_at: Mapped[datetime]
    named_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    told_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))


class ImpactAssessmentRow(Base):
    """A data-protection impact assessment of one processing; a new version replaces the former."""

    __tablename__ = "impact_assessments"
    __table_args__ = (
        UniqueConstraint("processing", "edition"),
        who_needs_when("written"),
        who_needs_when("approved"),
    )

    id: Mapped[serial_key]
    processing: Mapped[str]
    edition: Mapped[int]
    status: Mapped[AssessmentStatus] = mapped_column(index=True)
    ground: Mapped[AssessmentGround]
    description: Mapped[str]
    necessity: Mapped[str]
    risks: Mapped[str]
    measures: Mapped[str]
    remaining_risk: Mapped[RemainingRisk]
    review_on: Mapped[date]
    written_at: Mapped[datetime]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
