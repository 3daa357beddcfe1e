"""Special categories of data and what people confided: apart from the rest, and encrypted."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.encryption import SealedText, sealed_column
from db.types import serial_key
from domain.enums import SpecialBasis, SpecialKind


class SpecialFactRow(Base):
    """A fact about health, disability, convictions … that the work needs; erased when it does not.

    Of a fact that was erased the line stays: who kept it, why, from when until when.
    """

    __tablename__ = "special_facts"
    __table_args__ = (who_needs_when("recorded"), who_needs_when("erased"))

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    kind: Mapped[SpecialKind]
    basis: Mapped[SpecialBasis]
    purpose: Mapped[str]
    content_sealed: Mapped[bytes | None] = sealed_column()
    needed_until: Mapped[date] = mapped_column(index=True)
    """The last day: afterwards the content is erased by itself."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    erased_at: Mapped[datetime | None]
    erased_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    content = SealedText("content_sealed")


class CaseWordsRow(Base):
    """What was told in a case and by whom: for monitoring officers only."""

    __tablename__ = "case_words"

    case_id: Mapped[int] = mapped_column(ForeignKey("monitoring_cases.id"), primary_key=True)
    text_sealed: Mapped[bytes | None] = sealed_column()
    complainant_name_sealed: Mapped[bytes | None] = sealed_column()
    complainant_contact_sealed: Mapped[bytes | None] = sealed_column()

    text = SealedText("text_sealed")
    complainant_name = SealedText("complainant_name_sealed")
    complainant_contact = SealedText("complainant_contact_sealed")


class CaseNoteRow(Base):
    """What an officer wrote, or the worker added, at a step of a case: monitoring officers only."""

    __tablename__ = "case_notes"

    event_id: Mapped[int] = mapped_column(ForeignKey("case_events.id"), primary_key=True)
    note_sealed: Mapped[bytes | None] = sealed_column()

    note = SealedText("note_sealed")


class CheckInWordsRow(Base):
    """What a worker abroad told in their own words: for monitoring officers only."""

    __tablename__ = "check_in_words"

    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_ins.id"), primary_key=True)
    told_sealed: Mapped[bytes | None] = sealed_column()

    told = SealedText("told_sealed")
