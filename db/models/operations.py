"""What the running system notes about itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class DueJobRow(Base):
    """When a job of due work ran last, in whichever process, and how that ended."""

    __tablename__ = "due_jobs"

    name: Mapped[str] = mapped_column(primary_key=True)
    ran_at: Mapped[datetime]
    succeeded_at: Mapped[datetime | None]
    failures_in_a_row: Mapped[int]
    settled: Mapped[int]
    """Cases of the last run that succeeded."""
    seconds: Mapped[float]
    """The last run took."""
