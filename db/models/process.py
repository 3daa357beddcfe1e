"""From ranking to decision: runs, candidacies, shortlists, sessions, votes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, stored_by_value, who_needs_when
from db.types import serial_key
from domain.enums import (
    CandidacyStatus,
    DecisionOutcome,
    DecisionReason,
    InvitationAnswer,
    OrganisationKind,
    SeatRole,
    SessionMode,
    SessionStatus,
)


class RankingInputRow(Base):
    """Frozen people or a frozen vocabulary, by content: what makes an old run reproducible."""

    __tablename__ = "ranking_inputs"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class RankingRunRow(Base):
    """One ranking: what was asked, of whom, with which policy, and what came out."""

    __tablename__ = "ranking_runs"
    __table_args__ = (
        # All that the list of runs shows: no row with its megabytes is touched for it.
        Index(
            "ix_ranking_runs_log",
            "created_at",
            "id",
            "vacancy_id",
            "parameters_version",
            "created_by",
            "pool_size",
            "ranked",
        ),
    )

    id: Mapped[serial_key]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), index=True)
    parameters_version: Mapped[str]
    parameters: Mapped[dict[str, Any] | None]
    """The version's values by content; None in runs that are older than this column."""
    requirement: Mapped[dict[str, Any]]
    people_sha256: Mapped[str] = mapped_column(ForeignKey("ranking_inputs.sha256"))
    vocabulary_sha256: Mapped[str] = mapped_column(ForeignKey("ranking_inputs.sha256"))
    inputs_sha256: Mapped[str] = mapped_column(index=True)
    """Of parameters, requirement, vocabulary and pool together: the same inputs, the same run."""
    pool_size: Mapped[int]
    ranked: Mapped[int]
    excluded: Mapped[dict[str, Any]]
    result: Mapped[bytes] = mapped_column(LargeBinary)
    """Ids and points of everyone ranked and the verdicts of the outside gates, compressed."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class CandidacyRow(Base):
    """A job-seeker on one vacancy."""

    __tablename__ = "candidacies"
    __table_args__ = (
        UniqueConstraint("vacancy_id", "jobseeker_id"),
        Index("ix_candidacies_status", "status"),
    )

    id: Mapped[serial_key]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"))
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("ranking_runs.id"))
    rank: Mapped[int | None]
    points: Mapped[int | None]
    low: Mapped[int | None]
    high: Mapped[int | None]
    against_rank_reason: Mapped[str | None]
    """Why this person was taken although better ranked people were not."""
    status: Mapped[CandidacyStatus]
    reserve_order: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class CandidacyEventRow(Base):
    """A step of a candidacy; append-only. Time per stage is computed from these."""

    __tablename__ = "candidacy_events"

    id: Mapped[serial_key]
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), index=True)
    from_status: Mapped[CandidacyStatus | None] = mapped_column(
        stored_by_value(CandidacyStatus, name="status_before")
    )
    to_status: Mapped[CandidacyStatus] = mapped_column(index=True)
    reason_code: Mapped[DecisionReason | None]
    reason: Mapped[str | None]
    happened_at: Mapped[datetime] = mapped_column(index=True)
    happened_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class CommissionSessionRow(Base):
    """A sitting of the commission."""

    __tablename__ = "commission_sessions"
    __table_args__ = (
        who_needs_when("opened"),
        who_needs_when("voting"),
        who_needs_when("closed"),
        who_needs_when("cancelled"),
    )

    id: Mapped[serial_key]
    commission_id: Mapped[int | None] = mapped_column(ForeignKey("commissions.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    planned_at: Mapped[datetime]
    mode: Mapped[SessionMode] = mapped_column(default=SessionMode.ON_SITE)
    place: Mapped[str | None]
    """The room, or the address of the meeting."""
    chair_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    presiding_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """Who chairs since the session opened: the chair, or a deputy in the chair's absence."""
    status: Mapped[SessionStatus] = mapped_column(index=True)
    rules: Mapped[dict[str, Any]]
    """The dated rules in force when the session was planned: quorum, organisation types."""
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    voting_at: Mapped[datetime | None]
    voting_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    cancel_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class SessionMemberRow(Base):
    """A member of one session, with the organisation represented then."""

    __tablename__ = "session_members"

    session_id: Mapped[int] = mapped_column(ForeignKey("commission_sessions.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    organisation_code: Mapped[str] = mapped_column(ForeignKey("organisations.code"))
    organisation_kind: Mapped[OrganisationKind]
    role: Mapped[SeatRole] = mapped_column(default=SeatRole.MEMBER)
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """The member in whose absence this one sits and votes; None for a seat of one's own."""
    invited_at: Mapped[datetime | None]
    answer: Mapped[InvitationAnswer | None]
    answered_at: Mapped[datetime | None]
    attended_at: Mapped[datetime | None]


class ShortlistRow(Base):
    """The people a recruiter sends to the commission for one vacancy: an agenda item."""

    __tablename__ = "shortlists"
    __table_args__ = (UniqueConstraint("session_id", "vacancy_id"), who_needs_when("decided"))

    id: Mapped[serial_key]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("commission_sessions.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("ranking_runs.id"))
    agenda_order: Mapped[int]
    positions: Mapped[int]
    candidates_per_position: Mapped[int]
    message: Mapped[str | None]
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class ShortlistCandidateRow(Base):
    """A candidate of a shortlist with everything that was seen, frozen."""

    __tablename__ = "shortlist_candidates"
    __table_args__ = (UniqueConstraint("shortlist_id", "position"),)

    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id"), primary_key=True)
    candidacy_id: Mapped[int] = mapped_column(
        ForeignKey("candidacies.id"), primary_key=True, index=True
    )
    position: Mapped[int]
    rank: Mapped[int | None]
    points: Mapped[int | None]
    low: Mapped[int | None]
    high: Mapped[int | None]
    seen: Mapped[dict[str, Any]]
    """The requirement table as the commission reads it: no name, photo, sex, age or address."""


class DecisionRow(Base):
    """What the commission decided about a candidate, with the tally it follows from."""

    __tablename__ = "decisions"

    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id"), primary_key=True)
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), primary_key=True)
    outcome: Mapped[DecisionOutcome]
    reserve_order: Mapped[int | None]
    reason_code: Mapped[DecisionReason | None]
    """The group of the first of the codes."""
    reason: Mapped[str | None]
    """As the report says it, in the chair's words."""
    reason_codes: Mapped[list[Any] | None]
    """Codes of the reference list of that version; None in decisions older than the list."""
    reasons_version: Mapped[str | None]
    candidate_text: Mapped[str | None]
    """What the chair wrote to the candidate; None: the texts of the codes as they stand."""
    votes_for: Mapped[int]
    votes_against: Mapped[int]
    votes_abstain: Mapped[int]
    scored: Mapped[int | None]
    """Ballots that gave points, where the rule asks for them; their sums by criterion below."""
    score_sums: Mapped[dict[str, Any] | None]
    by_casting: Mapped[bool | None]
    """Whether the chair's casting decision decided; None in decisions older than this column."""
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
