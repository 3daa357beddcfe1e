"""What members file and keep about agenda items: declarations, notes; and lifted blindness."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import ConflictKind


class NumberSeriesRow(Base):
    """The last number given in a series that has no gaps; its row is the lock."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    """Prefix and year, for example DEC-2026."""
    last: Mapped[int]


class ConflictDeclarationRow(Base):
    """What a member declared on an item: filed under a number, never changed, only amended."""

    __tablename__ = "conflict_declarations"
    __table_args__ = (UniqueConstraint("shortlist_id", "officer_id", "revision"),)

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    revision: Mapped[int]
    """1 for what was declared first; each amendment is the next."""
    kind: Mapped[ConflictKind]
    explanation: Mapped[str | None]
    reason: Mapped[str | None]
    """Why an amendment was made."""
    is_late: Mapped[bool]
    """Filed after the decision, or after a secret vote: on record, changing nothing."""
    declared_at: Mapped[datetime]


class ConflictDraftRow(Base):
    """A declaration or an amendment in the making, seen by its member only."""

    __tablename__ = "conflict_drafts"

    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    kind: Mapped[ConflictKind | None]
    explanation: Mapped[str | None]
    reason: Mapped[str | None]
    saved_at: Mapped[datetime]


class LiftedBlindnessRow(Base):
    """The chair's lifting of blindness for a session: once, with a reason, never undone."""

    __tablename__ = "lifted_blindness"
    __table_args__ = (who_needs_when("lifted"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("commission_sessions.id"), primary_key=True)
    reason: Mapped[str]
    lifted_at: Mapped[datetime]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class MemberNoteRow(Base):
    """A member's own note on an item, or on one candidate of it; nobody else reads it."""

    __tablename__ = "member_notes"
    __table_args__ = (
        Index(
            "uq_member_notes_item",
            "officer_id",
            "shortlist_id",
            unique=True,
            sqlite_where=text("candidacy_id IS NULL"),
            postgresql_where=text("candidacy_id IS NULL"),
        ),
        UniqueConstraint("officer_id", "shortlist_id", "candidacy_id"),
    )

    id: Mapped[serial_key]
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id"), index=True)
    candidacy_id: Mapped[int | None] = mapped_column(ForeignKey("candidacies.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    text: Mapped[str]
    saved_at: Mapped[datetime]
