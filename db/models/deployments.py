"""The register of people abroad: one row for each stay on one contract (stage S12)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import DeploymentStatus, PayPeriod


class DeploymentRow(Base):
    """A stay abroad: planned when the candidate confirms, ended when the person is back.

    What the contract says stands here as data, so that what is paid can be held against it; None
    is "not known yet", never "nothing".
    """

    __tablename__ = "deployments"

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), unique=True)
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employers.id"), index=True)
    country: Mapped[str] = mapped_column(index=True)
    status: Mapped[DeploymentStatus] = mapped_column(index=True)
    contract_number: Mapped[str | None]
    contract_signed_on: Mapped[date | None]
    contract_language: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    """Dates of work, as agreed."""
    pay_amount: Mapped[Decimal | None]
    pay_currency: Mapped[str | None]
    pay_period: Mapped[PayPeriod | None]
    guaranteed_hours_week: Mapped[float | None]
    deduction_housing: Mapped[Decimal | None]
    deduction_food: Mapped[Decimal | None]
    deduction_transport: Mapped[Decimal | None]
    deduction_other: Mapped[Decimal | None]
    """Deductions for a month, in the currency of the pay."""
    rent_is_kept_back: Mapped[bool | None]
    """Whether the employer takes the rent out of the pay by itself."""
    worker_fee: Mapped[Decimal | None]
    """What the worker pays for being recruited; only 0 is lawful."""
    is_understood: Mapped[bool | None]
    """Whether the worker has the contract in a language they understand."""
    insurance_payer: Mapped[str | None]
    insurance_policy: Mapped[str | None]
    insurance_until: Mapped[date | None]
    workplace_address: Mapped[str | None]
    housing_address: Mapped[str | None]
    supervisor_name: Mapped[str | None]
    supervisor_phone: Mapped[str | None]
    phone_abroad: Mapped[str | None]
    emergency_name: Mapped[str | None]
    emergency_phone: Mapped[str | None]
    planned_departure_on: Mapped[date | None]
    planned_return_on: Mapped[date | None]
    departed_on: Mapped[date | None]
    arrived_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]
    returned_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class DeploymentEventRow(Base):
    """A step of a stay abroad; append-only."""

    __tablename__ = "deployment_events"

    id: Mapped[serial_key]
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id"), index=True)
    to_status: Mapped[DeploymentStatus]
    happened_on: Mapped[date]
    """The day on which it was so; it may be told later."""
    note: Mapped[str | None]
    happened_at: Mapped[datetime]
    happened_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class FormerWorkplaceRow(Base):
    """Where somebody worked before they were transferred, with the terms of then; append-only."""

    __tablename__ = "former_workplaces"

    id: Mapped[serial_key]
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employers.id"), index=True)
    workplace_address: Mapped[str | None]
    began_on: Mapped[date | None]
    left_on: Mapped[date]
    reason: Mapped[str]
    terms: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class EarlierStayRow(Base):
    """Days abroad that no deployment tells of, as the person or the passport says."""

    __tablename__ = "earlier_stays"
    __table_args__ = (who_needs_when("removed"),)

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    country: Mapped[str]
    entered_on: Mapped[date]
    left_on: Mapped[date]
    note: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
