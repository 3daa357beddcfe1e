"""The register of commissions: the founding order, dated rules, and who has a seat."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import OrganisationKind, SeatRole


class CommissionRow(Base):
    """A commission as its founding order made it."""

    __tablename__ = "commissions"

    id: Mapped[serial_key]
    code: Mapped[str] = mapped_column(unique=True)
    name_ka: Mapped[str]
    name_en: Mapped[str]
    order_number: Mapped[str | None]
    """None where the order is not known: the commission implied by sessions of old."""
    ordered_on: Mapped[date | None]
    scope: Mapped[str | None]
    term_from: Mapped[date]
    term_until: Mapped[date | None]
    """The last day; None for a commission without an end."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class CommissionRulesRow(Base):
    """How a commission decides from a day on; never edited, a change is an entry of its own."""

    __tablename__ = "commission_rules"
    __table_args__ = (UniqueConstraint("commission_id", "valid_from"),)

    id: Mapped[serial_key]
    commission_id: Mapped[int] = mapped_column(ForeignKey("commissions.id"))
    valid_from: Mapped[date]
    rules: Mapped[dict[str, Any]]
    source: Mapped[str]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class CommissionSeatRow(Base):
    """An officer's seat in a commission, for an organisation, from a day to a day."""

    __tablename__ = "commission_seats"
    __table_args__ = (who_needs_when("ended"),)

    id: Mapped[serial_key]
    commission_id: Mapped[int] = mapped_column(ForeignKey("commissions.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    organisation_code: Mapped[str] = mapped_column(ForeignKey("organisations.code"))
    organisation_kind: Mapped[OrganisationKind]
    role: Mapped[SeatRole]
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("commission_seats.id"))
    """The seat whose member this officer stands in for; None for a seat of one's own."""
    seated_from: Mapped[date]
    seated_until: Mapped[date | None]
    """The last day; None while no end is known."""
    seated_at: Mapped[datetime]
    seated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
