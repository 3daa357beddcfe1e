"""Requests that are done: what makes a repeated one harmless."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class RequestRow(Base):
    """One step of a request, written in the same transaction as what it changed."""

    __tablename__ = "requests"

    id: Mapped[str] = mapped_column(primary_key=True)
    use_case: Mapped[str] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The how manieth of this use case in the request, from 0."""
    finished_at: Mapped[datetime] = mapped_column(index=True)
    audit_seq: Mapped[int]
    """The last change that the audit chain tells of it: who did what to which record."""
