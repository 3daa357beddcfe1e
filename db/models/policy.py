"""Versions of the ranking rules that were made on screen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import ParametersStatus


class ParameterVersionRow(Base):
    """A draft, proposed, approved or refused version; the built-in ones are files."""

    __tablename__ = "parameter_versions"
    __table_args__ = (who_needs_when("proposed"), who_needs_when("decided"))

    id: Mapped[serial_key]
    version: Mapped[str] = mapped_column(unique=True)
    """Its name: month of the first day and a number, such as "2026-11-1"."""
    valid_from: Mapped[date]
    """The first day on which it counts, once approved."""
    values: Mapped[dict[str, Any]]
    """By parameter: value, unit, reason and reference, as in the files of built-in versions."""
    reason: Mapped[str]
    reference: Mapped[str]
    """The order or law that decides it."""
    status: Mapped[ParametersStatus] = mapped_column(index=True)
    note: Mapped[str | None]
    """Why it was approved or refused."""
    preview: Mapped[dict[str, Any] | None]
    """What the preview counted that the manager saw before deciding."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    proposed_at: Mapped[datetime | None]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    edition: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": edition}
