"""What officers have begun to type and not sent yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.encryption import SealedText, sealed_column
from db.types import serial_key


class DraftRow(Base):
    """One form that one officer has begun; nobody else ever reads it."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("officer_id", "form"),)

    id: Mapped[serial_key]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    form: Mapped[str]
    """Which form, of which record: `jobseeker.new`, `vacancy.VAC-2026-0001`."""
    version: Mapped[int | None]
    """Of the record that was being edited."""
    jobseeker_id: Mapped[int | None] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    """Whose file was being edited: the draft goes with their data."""
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime] = mapped_column(index=True)
    content_sealed: Mapped[bytes | None] = sealed_column()

    content = SealedText("content_sealed")
