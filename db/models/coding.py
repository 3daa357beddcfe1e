"""Which codes people chose for which job titles, and the coders that learnt from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key


class CodingDecisionRow(Base):
    """A person's decision: this job title means this unit group."""

    __tablename__ = "coding_decisions"
    __table_args__ = (who_needs_when("decided"),)

    id: Mapped[serial_key]
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(index=True)
    """The title in the one form in which titles are compared."""
    lang: Mapped[str | None]
    isco: Mapped[str]
    similarity: Mapped[float | None]
    """The suggestion's, where it was one."""
    coder_version: Mapped[int | None]
    """The version that suggested it, where one was in use."""
    vacancy_number: Mapped[str | None]
    """None: from a file of coded titles."""
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class CoderVersionRow(Base):
    """A coder that was trained: from what, how good, and whether it is in use."""

    __tablename__ = "coder_versions"
    __table_args__ = (who_needs_when("trained"), who_needs_when("activated"))

    number: Mapped[serial_key]
    trained_at: Mapped[datetime]
    trained_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    decisions: Mapped[int]
    languages: Mapped[list[Any]]
    codes: Mapped[int]
    held_out: Mapped[int]
    """Decisions that no version learnt from, on which it was compared."""
    accuracy: Mapped[float]
    accuracy_low: Mapped[float]
    accuracy_high: Mapped[float]
    accuracy_of_labels: Mapped[float]
    """On the same decisions, by labels alone."""
    accuracy_in_use: Mapped[float | None]
    """On the same decisions, of the version that was in use."""
    sha256: Mapped[str]
    size: Mapped[int]
    """Of the content, in bytes."""
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    is_in_use: Mapped[bool] = mapped_column(server_default=false())
    activated_at: Mapped[datetime | None]
    activated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
