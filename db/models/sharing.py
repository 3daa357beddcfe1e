"""What the register of people abroad handed to other organisations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import serial_key
from domain.enums import RecipientKind, SharingBasis


class DataShareRow(Base):
    """An extract as it was handed over: to whom, on what basis, which fields; never changed."""

    __tablename__ = "data_shares"

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    recipient_kind: Mapped[RecipientKind]
    recipient: Mapped[str]
    purpose: Mapped[str]
    basis: Mapped[SharingBasis]
    basis_text: Mapped[str]
    """The article, agreement or form of consent."""
    rules_version: Mapped[str]
    """The dated list of allowed fields that was in force."""
    fields: Mapped[list[Any]]
    filters: Mapped[dict[str, Any]]
    people: Mapped[int]
    file_name: Mapped[str]
    sha256: Mapped[str]
    expires_on: Mapped[date]
    """The last day on which the recipient may keep the file."""
    shared_at: Mapped[datetime]
    shared_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))


class DataSharePersonRow(Base):
    """Somebody who stands in an extract: what a person may ask about."""

    __tablename__ = "data_share_people"

    share_id: Mapped[int] = mapped_column(ForeignKey("data_shares.id"), primary_key=True)
    jobseeker_id: Mapped[int] = mapped_column(
        ForeignKey("jobseekers.id"), primary_key=True, index=True
    )
