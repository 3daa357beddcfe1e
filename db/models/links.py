"""Personal links: who has one sees one thing, for a while, without an account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import LinkPurpose


class AccessLinkRow(Base):
    """A link that was handed out. Only the hash of its secret is kept."""

    __tablename__ = "access_links"
    __table_args__ = (
        Index("ix_access_links_purpose_subject_id", "purpose", "subject_id"),
        who_needs_when("issued"),
        who_needs_when("revoked"),
    )

    id: Mapped[serial_key]
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[LinkPurpose]
    subject_id: Mapped[int]
    """What it opens: the id of a package, a candidacy, a CV, a check-in, a return."""
    expires_at: Mapped[datetime]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    revoke_reason: Mapped[str | None]
    first_opened_at: Mapped[datetime | None]
    last_opened_at: Mapped[datetime | None]
    openings: Mapped[int] = mapped_column(default=0)
