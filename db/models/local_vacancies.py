"""Employers in Georgia, their vacancies, and whom the agency recommends to them (stage S15)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, stored_by_value, who_needs_when
from db.types import serial_key
from domain.enums import (
    CefrLevel,
    ConsentGiven,
    LocalRequirementKind,
    LocalVacancyStatus,
    PayPeriod,
    ReferralReason,
    ReferralStatus,
)


class LocalEmployerRow(Base):
    """An employer in Georgia."""

    __tablename__ = "local_employers"

    id: Mapped[serial_key]
    id_code: Mapped[str] = mapped_column(unique=True)
    """Identification code of the tax register, 9 digits."""
    name: Mapped[str]
    region: Mapped[str | None]
    municipality: Mapped[str | None]
    sector: Mapped[str | None]
    contact_name: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_email: Mapped[str | None]
    notes: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class LocalVacancyRow(Base):
    """A vacancy of an employer in Georgia."""

    __tablename__ = "local_vacancies"
    __table_args__ = (CheckConstraint("positions >= 1", name="positions_at_least_one"),)

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("local_employers.id"), index=True)
    title: Mapped[str]
    region: Mapped[str | None]
    municipality: Mapped[str | None]
    positions: Mapped[int]
    education_min: Mapped[int | None]
    experience_years_min: Mapped[float | None]
    starts_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    hours_per_week: Mapped[float | None]
    pay_amount: Mapped[Decimal | None]
    """In lari."""
    pay_period: Mapped[PayPeriod | None]
    description: Mapped[str | None]
    status: Mapped[LocalVacancyStatus] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}

    employer: Mapped[LocalEmployerRow] = relationship(lazy="raise")
    requirements: Mapped[list[LocalRequirementRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="LocalRequirementRow.position"
    )


class LocalRequirementRow(Base):
    """One thing that a vacancy in Georgia asks for."""

    __tablename__ = "local_vacancy_requirements"

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("local_vacancies.id"), primary_key=True)
    kind: Mapped[LocalRequirementKind] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[CefrLevel | None]
    """Of a language."""
    is_must: Mapped[bool]
    """Of a skill: essential; of a language or licence: who lacks it is not ranked."""
    position: Mapped[int] = mapped_column(default=0)


class LocalReferralRow(Base):
    """Somebody recommended to an employer in Georgia, with what became of it."""

    __tablename__ = "local_referrals"
    __table_args__ = (
        UniqueConstraint("vacancy_id", "jobseeker_id"),
        who_needs_when("sent"),
    )

    id: Mapped[serial_key]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("local_vacancies.id"), index=True)
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    return_id: Mapped[int | None] = mapped_column(ForeignKey("returns.id"))
    """The return after which it was made; None: the person was not abroad by this scheme."""
    status: Mapped[ReferralStatus] = mapped_column(index=True)
    rank: Mapped[int | None]
    points: Mapped[int | None]
    """Where the ranking put the person on that day, per million."""
    consent: Mapped[ConsentGiven]
    consented_on: Mapped[date]
    reason: Mapped[ReferralReason | None]
    hired_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class LocalReferralEventRow(Base):
    """A step of a referral; append-only."""

    __tablename__ = "local_referral_events"

    id: Mapped[serial_key]
    referral_id: Mapped[int] = mapped_column(ForeignKey("local_referrals.id"), index=True)
    to_status: Mapped[ReferralStatus]
    reason: Mapped[ReferralReason | None] = mapped_column(
        stored_by_value(ReferralReason, "step_reason")
    )
    note: Mapped[str | None]
    happened_on: Mapped[date]
    happened_at: Mapped[datetime]
    happened_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
