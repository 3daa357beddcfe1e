"""Votes: open ones by member, secret ones as a tally and a list of who has voted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import VoteValue

IN_FORCE = text("withdrawn_at IS NULL")


class VoteRow(Base):
    """One member's open vote on one candidate: never changed, withdrawn at most once, and kept."""

    __tablename__ = "votes"
    __table_args__ = (
        UniqueConstraint("shortlist_id", "candidacy_id", "officer_id", "attempt"),
        UniqueConstraint("shortlist_id", "candidacy_id", "officer_id", "request_id"),
        Index(
            "uq_votes_in_force",
            "shortlist_id",
            "candidacy_id",
            "officer_id",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
        CheckConstraint("attempt IN (1, 2)", name="once_more_at_most"),
        who_needs_when("withdrawn"),
    )

    id: Mapped[serial_key]
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id"), index=True)
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    value: Mapped[VoteValue | None]
    """None where points were given instead."""
    reason: Mapped[str | None]
    cast_at: Mapped[datetime]
    attempt: Mapped[int] = mapped_column(default=1)
    """2 for the vote cast after the first was withdrawn."""
    request_id: Mapped[str | None]
    """What the member's browser called this act: sent twice, it is the same vote."""
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    withdrawal_reason: Mapped[str | None]


class VoteScoreRow(Base):
    """The points that an open vote gave to one criterion."""

    __tablename__ = "vote_scores"
    __table_args__ = (CheckConstraint("points BETWEEN 0 AND 10", name="points_in_range"),)

    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    points: Mapped[int]


class SecretBallotRow(Base):
    """An agenda item that is voted on secretly, chosen by the chair before the voting."""

    __tablename__ = "secret_ballots"
    __table_args__ = (who_needs_when("ended"),)

    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id"), primary_key=True)
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    """From then on nobody votes, and the tally may be read."""
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class SecretVoterRow(Base):
    """That a member has voted on a candidate; not how, and not when."""

    __tablename__ = "secret_voters"
    # Stored in the key's order: not even the file knows who came first.
    __table_args__ = ({"sqlite_with_rowid": False},)

    shortlist_id: Mapped[int] = mapped_column(
        ForeignKey("secret_ballots.shortlist_id"), primary_key=True
    )
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    request_id: Mapped[str | None]


class SecretTallyRow(Base):
    """The counters of one candidate: all that a secret ballot leaves of how it was voted."""

    __tablename__ = "secret_tallies"

    shortlist_id: Mapped[int] = mapped_column(
        ForeignKey("secret_ballots.shortlist_id"), primary_key=True
    )
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), primary_key=True)
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    votes_abstain: Mapped[int] = mapped_column(default=0)
    scored: Mapped[int] = mapped_column(default=0)


class SecretScoreRow(Base):
    """The sum of the points that a candidate was given on one criterion."""

    __tablename__ = "secret_scores"
    __table_args__ = (
        ForeignKeyConstraint(
            ["shortlist_id", "candidacy_id"],
            ["secret_tallies.shortlist_id", "secret_tallies.candidacy_id"],
            name="fk_secret_scores_tally",
        ),
    )

    shortlist_id: Mapped[int] = mapped_column(primary_key=True)
    candidacy_id: Mapped[int] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    total: Mapped[int] = mapped_column(default=0)
