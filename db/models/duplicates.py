"""One person, one file: what a search found, and how files were united."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key


class DuplicatePairRow(Base):
    """Two files that may be of one person, with what makes them alike."""

    __tablename__ = "duplicate_pairs"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        Index("ix_duplicate_pairs_second_id", "second_id"),
    )

    id: Mapped[serial_key]
    first_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"))
    """The smaller of both ids."""
    second_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"))
    score: Mapped[float] = mapped_column(index=True)
    reasons: Mapped[list[Any]]
    """Sentences as `domain.texts.to_json` writes them."""
    found_at: Mapped[datetime]


class DuplicateSearchRow(Base):
    """A search of the register: how far it is, and what it came to."""

    __tablename__ = "duplicate_searches"
    __table_args__ = (who_needs_when("started"),)

    id: Mapped[serial_key]
    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    seen_at: Mapped[datetime]
    """When it last said that it is alive."""
    finished_at: Mapped[datetime | None]
    rules_version: Mapped[str]
    seq: Mapped[int]
    """Audit sequence number up to which changes were looked at."""
    share: Mapped[float]
    """Done, from 0 to 1."""
    people: Mapped[int]
    looked_at: Mapped[int]
    """New and changed people: everybody in a first search."""
    compared: Mapped[int]
    found: Mapped[int]
    """New pairs."""


class JobseekerMergeRow(Base):
    """Two files united: the kept one, the one that leads to it, and what both were before."""

    __tablename__ = "jobseeker_merges"
    __table_args__ = (
        who_needs_when("undone"),
        Index("ix_jobseeker_merges_kept_id", "kept_id"),
        Index(
            "uq_jobseeker_merges_merged_id",
            "merged_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[serial_key]
    kept_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"))
    before: Mapped[dict[str, Any]]
    """What undoing needs: the kept file before and after, and what was taken from the other."""
    merged_at: Mapped[datetime]
    merged_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
