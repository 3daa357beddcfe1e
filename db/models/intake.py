"""Words that stop a vacancy at intake, and what an officer decided on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import serial_key
from domain.enums import ProtectedTopic, WordsSettledBy


class SettledWordsRow(Base):
    """One decision; it holds as long as the same sentence stands in the vacancy."""

    __tablename__ = "settled_words"
    __table_args__ = (UniqueConstraint("vacancy_id", "sha256"),)

    id: Mapped[serial_key]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"))
    topic: Mapped[ProtectedTopic]
    words: Mapped[str]
    sentence: Mapped[str]
    sha256: Mapped[str]
    """Of topic, words and sentence: another sentence needs another decision."""
    settled_as: Mapped[WordsSettledBy]
    reason: Mapped[str | None]
    """Why it is no requirement."""
    scheme_code: Mapped[str | None]
    clause: Mapped[str | None]
    """The agreement's clause as it was cited, with its source."""
    source: Mapped[str | None]
    settled_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
