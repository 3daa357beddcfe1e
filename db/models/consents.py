"""What people agreed to, and took back: one row for each purpose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, stored_by_value, who_needs_when
from db.types import serial_key
from domain.enums import ConsentMethod, ConsentPurpose


class ConsentRow(Base):
    """One consent of one person, to the text of one version; withdrawn, but never deleted."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint(
            "(purpose = 'transfer_to_employer') = (employer_id IS NOT NULL)",
            name="employer_where_asked",
        ),
        CheckConstraint(
            "(purpose = 'transfer_to_country') = (country IS NOT NULL)",
            name="country_where_asked",
        ),
        who_needs_when("given"),
        who_needs_when("withdrawn"),
    )

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    purpose: Mapped[ConsentPurpose]
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employers.id"))
    country: Mapped[str | None]
    text_version: Mapped[str]
    text_language: Mapped[str]
    """The language in which the person read or heard it."""
    text_sha256: Mapped[str]
    """Of the very words, names filled in."""
    method: Mapped[ConsentMethod]
    given_at: Mapped[datetime]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """Who recorded it; the person gave it."""
    valid_until: Mapped[date | None]
    """The last day; None = until it is withdrawn."""
    paper_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    withdrawn_how: Mapped[ConsentMethod | None] = mapped_column(
        stored_by_value(ConsentMethod, name="withdrawn_how")
    )
    effect: Mapped[list[Any] | None]
    """What the withdrawal stopped, as sentences."""
