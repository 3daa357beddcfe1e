"""Monitoring of people abroad (stage S13): check-ins, the promise ledger, cases, visits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.encryption import SealedText, sealed_column
from db.types import serial_key
from domain.enums import (
    AuthorityKind,
    CaseCategory,
    CaseChannel,
    CaseOutcome,
    CaseStatus,
    CaseStep,
    CaseUrgency,
    CheckInStatus,
    DocumentsKept,
    HousingTold,
    PaidFor,
    PayReceived,
    PromiseTerm,
    PromiseVerdict,
    SafetyTold,
    VisitKind,
    VisitStatus,
)


class CheckInRow(Base):
    """A day on which a worker abroad is asked how it goes; one for each stay and day."""

    __tablename__ = "check_ins"
    __table_args__ = (UniqueConstraint("deployment_id", "due_on"),)

    id: Mapped[serial_key]
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id"), index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    status: Mapped[CheckInStatus] = mapped_column(index=True)
    asked_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    missed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CheckInAnswerRow(Base):
    """What the worker told, once for each check-in, never changed. None is "not stated"."""

    __tablename__ = "check_in_answers"
    __table_args__ = (who_needs_when("answered"),)

    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_ins.id"), primary_key=True)
    pay_received: Mapped[PayReceived | None]
    paid_amount: Mapped[Decimal | None]
    """In the hand, after deductions."""
    paid_currency: Mapped[str | None]
    paid_for: Mapped[PaidFor | None]
    paid_hours: Mapped[float | None]
    """Hours of work in the time that was paid for."""
    deducted: Mapped[Decimal | None]
    """Held back from the pay for the same time."""
    hours_week: Mapped[float | None]
    housing: Mapped[HousingTold | None]
    documents: Mapped[DocumentsKept | None]
    safety: Mapped[SafetyTold | None]
    wants_call: Mapped[bool]
    sha256: Mapped[str]
    """Of all that was told: the same answer sent again is known by it."""
    answered_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """The officer who wrote down what was told by phone; empty for the worker's own link."""


class PromiseComparisonRow(Base):
    """One promise of the contract against one answer: a line of the ledger, never changed."""

    __tablename__ = "promise_comparisons"

    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_ins.id"), primary_key=True)
    term: Mapped[PromiseTerm] = mapped_column(primary_key=True)
    verdict: Mapped[PromiseVerdict]
    promised: Mapped[Decimal | None]
    told: Mapped[Decimal | None]
    currency: Mapped[str | None]
    sentence: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Says it in either language."""
    urgency: Mapped[CaseUrgency | None]
    """Of the case that this difference opens; empty where it opens none."""
    rules_from: Mapped[date]
    """First day of the thresholds that were in force."""


class MonitoringCaseRow(Base):
    """A case of a worker abroad: who must act by when, and what came of it."""

    __tablename__ = "monitoring_cases"
    __table_args__ = (who_needs_when("opened"), who_needs_when("started"), who_needs_when("closed"))

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    deployment_id: Mapped[int | None] = mapped_column(ForeignKey("deployments.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employers.id"), index=True)
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_ins.id"), unique=True)
    """The check-in that opened it: one opens one case at most."""
    country: Mapped[str | None]
    channel: Mapped[CaseChannel]
    category: Mapped[CaseCategory]
    urgency: Mapped[CaseUrgency] = mapped_column(index=True)
    status: Mapped[CaseStatus] = mapped_column(index=True)
    is_anonymous: Mapped[bool]
    """Whoever told it did not say who they are, or asked that nobody learns it."""
    text_sha256: Mapped[str | None]
    secret_sha256: Mapped[str | None] = mapped_column(unique=True)
    """Of the secret with which whoever told it can look at where the case stands."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    act_until: Mapped[datetime] = mapped_column(index=True)
    """The clock: by then somebody must have started."""
    started_at: Mapped[datetime | None]
    started_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    escalated_at: Mapped[datetime | None]
    outcome: Mapped[CaseOutcome | None]
    satisfaction: Mapped[int | None]
    """1 to 5, as the worker says at the end."""
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CaseEventRow(Base):
    """A step of a case; append-only."""

    __tablename__ = "case_events"
    __table_args__ = (who_needs_when("happened"),)

    id: Mapped[serial_key]
    case_id: Mapped[int] = mapped_column(ForeignKey("monitoring_cases.id"), index=True)
    step: Mapped[CaseStep]
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Codes and dates that whoever sees the case may see."""
    happened_at: Mapped[datetime]
    happened_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class CaseFileRow(Base):
    """A photo or paper that came with a check-in or a case."""

    __tablename__ = "case_files"
    __table_args__ = (
        CheckConstraint(
            "check_in_id IS NOT NULL OR case_id IS NOT NULL OR visit_id IS NOT NULL",
            name="of_something",
        ),
        who_needs_when("created"),
    )

    id: Mapped[serial_key]
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_ins.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("monitoring_cases.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("monitoring_visits.id"), index=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class CaseReferralRow(Base):
    """A case handed to an authority abroad or another organisation."""

    __tablename__ = "case_referrals"
    __table_args__ = (who_needs_when("referred"), who_needs_when("replied"))

    id: Mapped[serial_key]
    case_id: Mapped[int] = mapped_column(ForeignKey("monitoring_cases.id"), index=True)
    kind: Mapped[AuthorityKind]
    authority: Mapped[str]
    reference: Mapped[str | None]
    referred_at: Mapped[datetime]
    referred_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    reply_sealed: Mapped[bytes | None] = sealed_column()
    replied_at: Mapped[datetime | None]
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    reply = SealedText("reply_sealed")


class CaseRemedyRow(Base):
    """Money that a worker got back through a case."""

    __tablename__ = "case_remedies"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        who_needs_when("recorded"),
    )

    id: Mapped[serial_key]
    case_id: Mapped[int] = mapped_column(ForeignKey("monitoring_cases.id"), index=True)
    amount: Mapped[Decimal]
    currency: Mapped[str]
    received_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class MonitoringVisitRow(Base):
    """A visit to a workplace abroad, with the version of the checklist it went by."""

    __tablename__ = "monitoring_visits"
    __table_args__ = (who_needs_when("planned"), who_needs_when("carried_out"))

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employers.id"), index=True)
    country: Mapped[str | None]
    workplace: Mapped[str | None]
    kind: Mapped[VisitKind]
    status: Mapped[VisitStatus] = mapped_column(index=True)
    inspectors: Mapped[str]
    checklist_from: Mapped[date]
    """First day of the checklist's version."""
    visit_on: Mapped[date]
    """The planned day."""
    visited_on: Mapped[date | None]
    summary: Mapped[str | None]
    planned_at: Mapped[datetime]
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    carried_out_at: Mapped[datetime | None]
    carried_out_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class VisitFindingRow(Base):
    """What a visit found on one line of the checklist, and what the employer must put right."""

    __tablename__ = "visit_findings"
    __table_args__ = (
        CheckConstraint("severity BETWEEN 0 AND 4", name="severity_0_to_4"),
        who_needs_when("corrected"),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("monitoring_visits.id"), primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    severity: Mapped[int]
    note: Mapped[str | None]
    action: Mapped[str | None]
    correct_until: Mapped[date | None]
    corrected_at: Mapped[datetime | None]
    corrected_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class EmployerSuspensionRow(Base):
    """From when until when an employer gets no new people, and why."""

    __tablename__ = "employer_suspensions"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="until_after_from"),
        who_needs_when("suspended"),
        who_needs_when("ended"),
        Index(
            "uq_employer_suspensions_running",
            "employer_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[serial_key]
    employer_id: Mapped[int] = mapped_column(ForeignKey("employers.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("monitoring_cases.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    """The last day; None: until it is lifted."""
    reason: Mapped[str]
    suspended_at: Mapped[datetime]
    suspended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    end_reason: Mapped[str | None]
