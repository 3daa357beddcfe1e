"""What is said against a decision: dissent of the commission's members, candidates' appeals."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import AppealChannel, AppealStatus

STANDING = text("status <> 'withdrawn'")


class DissentRow(Base):
    """A member's dissenting opinion on an item's decision: written once, never changed."""

    __tablename__ = "dissents"
    __table_args__ = (UniqueConstraint("shortlist_id", "officer_id"),)

    id: Mapped[serial_key]
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    text: Mapped[str]
    filed_at: Mapped[datetime]


class AppealRow(Base):
    """A candidate's appeal against one decision, and the item on which another panel hears it."""

    __tablename__ = "appeals"
    __table_args__ = (
        # One appeal for a decision; one that was taken back may be made again.
        Index(
            "uq_appeals_decision",
            "shortlist_id",
            "candidacy_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        *(
            who_needs_when(verb)
            for verb in ("registered", "admitted", "scheduled", "heard", "withdrawn")
        ),
    )

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id"))
    """The item whose decision is appealed against."""
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), index=True)
    received_on: Mapped[date]
    last_day: Mapped[date]
    """The last day in Georgia on which it could come, by the rules of the first session."""
    channel: Mapped[AppealChannel]
    text: Mapped[str]
    status: Mapped[AppealStatus] = mapped_column(index=True)
    late_reason: Mapped[str | None]
    """Why a manager let an appeal be heard that came too late."""
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("shortlists.id"), index=True)
    """The agenda item on which it is heard: another shortlist of the vacancy."""
    withdrawn_reason: Mapped[str | None]
    registered_at: Mapped[datetime]
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    admitted_at: Mapped[datetime | None]
    admitted_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    scheduled_at: Mapped[datetime | None]
    scheduled_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    heard_at: Mapped[datetime | None]
    heard_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
