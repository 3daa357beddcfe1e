"""Rows of open votes and secret ballots. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, case, delete, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import (
    SecretBallotRow,
    SecretScoreRow,
    SecretTallyRow,
    SecretVoterRow,
    ShortlistRow,
    VoteRow,
    VoteScoreRow,
)
from domain.enums import VoteValue

SESSIONS: BindParameter[Any] = bindparam("sessions", expanding=True)

# Put together once: every vote and every look at a session asks them anew.
ENDED = (
    select(SecretBallotRow.shortlist_id)
    .join(ShortlistRow, ShortlistRow.id == SecretBallotRow.shortlist_id)
    .where(ShortlistRow.session_id.in_(SESSIONS), SecretBallotRow.ended_at.is_not(None))
)
VOTES = (
    select(VoteRow)
    .join(ShortlistRow, ShortlistRow.id == VoteRow.shortlist_id)
    .where(ShortlistRow.session_id.in_(SESSIONS))
    .order_by(VoteRow.id)
    .execution_options(populate_existing=True)
)
SECRET_BALLOTS = (
    select(SecretBallotRow)
    .join(ShortlistRow, ShortlistRow.id == SecretBallotRow.shortlist_id)
    .where(ShortlistRow.session_id.in_(SESSIONS))
    .execution_options(populate_existing=True)
)
SECRET_VOTERS = (
    select(SecretVoterRow)
    .join(ShortlistRow, ShortlistRow.id == SecretVoterRow.shortlist_id)
    .where(ShortlistRow.session_id.in_(SESSIONS))
    .order_by(SecretVoterRow.candidacy_id, SecretVoterRow.officer_id)
)
ENDED_TALLIES = (
    select(SecretTallyRow)
    .where(SecretTallyRow.shortlist_id.in_(ENDED))
    .execution_options(populate_existing=True)
)
ENDED_SCORES = (
    select(SecretScoreRow)
    .where(SecretScoreRow.shortlist_id.in_(ENDED))
    .execution_options(populate_existing=True)
)


def list_votes(session: Session, session_ids: Sequence[int]) -> Sequence[VoteRow]:
    """Open votes on the items of these sessions, withdrawn ones too, in the order of casting."""
    return session.scalars(VOTES, {"sessions": list(session_ids)}).all()


def list_scores(session: Session, session_ids: Sequence[int]) -> Sequence[Row[int, VoteScoreRow]]:
    """Shortlist and points of the open votes on the items of these sessions."""
    query = (
        select(VoteRow.shortlist_id, VoteScoreRow)
        .join(VoteScoreRow, VoteScoreRow.vote_id == VoteRow.id)
        .join(ShortlistRow, ShortlistRow.id == VoteRow.shortlist_id)
        .where(ShortlistRow.session_id.in_(session_ids))
    )
    return session.execute(query).all()


def list_secret_ballots(session: Session, session_ids: Sequence[int]) -> Sequence[SecretBallotRow]:
    """Which items of these sessions are voted on secretly."""
    return session.scalars(SECRET_BALLOTS, {"sessions": list(session_ids)}).all()


def list_secret_voters(session: Session, session_ids: Sequence[int]) -> Sequence[SecretVoterRow]:
    """Who has voted secretly on whom, in no order of time."""
    return session.scalars(SECRET_VOTERS, {"sessions": list(session_ids)}).all()


def list_ended_tallies(session: Session, session_ids: Sequence[int]) -> Sequence[SecretTallyRow]:
    """Tallies of the secret ballots that are ended; a running one is not read by anybody."""
    return session.scalars(ENDED_TALLIES, {"sessions": list(session_ids)}).all()


def list_ended_scores(session: Session, session_ids: Sequence[int]) -> Sequence[SecretScoreRow]:
    """Sums of points of the secret ballots that are ended."""
    return session.scalars(ENDED_SCORES, {"sessions": list(session_ids)}).all()


def find_vote(
    session: Session, shortlist_id: int, candidacy_id: int, officer_id: int, request_id: str
) -> VoteRow | None:
    """The open vote that this request of the member's browser cast, withdrawn since or not."""
    query = select(VoteRow).where(
        VoteRow.shortlist_id == shortlist_id,
        VoteRow.candidacy_id == candidacy_id,
        VoteRow.officer_id == officer_id,
        VoteRow.request_id == request_id,
    )
    return session.scalars(query).one_or_none()


def scores_of(session: Session, vote_id: int) -> dict[str, int]:
    """The points of one open vote, by criterion."""
    query = select(VoteScoreRow).where(VoteScoreRow.vote_id == vote_id)
    return {row.criterion: row.points for row in session.scalars(query)}


def withdraw(session: Session, vote_id: int, at: datetime, by: int, reason: str) -> bool:
    """Take an open vote out of force; False when somebody has done so already."""
    done = session.execute(
        update(VoteRow)
        .where(VoteRow.id == vote_id, VoteRow.withdrawn_at.is_(None))
        .values(withdrawn_at=at, withdrawn_by=by, withdrawal_reason=reason)
        .returning(VoteRow.id)
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None


def add_secret_vote(
    session: Session, voter: SecretVoterRow, value: VoteValue | None, scores: Mapping[str, int]
) -> None:
    """Note who has voted and count how, in the caller's transaction; IntegrityError if again.

    The counters are raised by the database itself: two at once lose nothing.
    """
    session.add(voter)
    session.flush()
    of = {"shortlist_id": voter.shortlist_id, "candidacy_id": voter.candidacy_id}
    counter = COUNTERS[value]
    session.execute(
        update(SecretTallyRow)
        .filter_by(**of)
        .values({counter: counter + 1})
        .execution_options(synchronize_session=False)
    )
    # An abstention touches the sums too: what was written last must not tell whether it was one.
    given = literal(0) if not scores else case(scores, value=SecretScoreRow.criterion, else_=0)
    session.execute(
        update(SecretScoreRow)
        .filter_by(**of)
        .values(total=SecretScoreRow.total + given)
        .execution_options(synchronize_session=False)
    )


COUNTERS: Mapping[VoteValue | None, InstrumentedAttribute[int]] = {
    VoteValue.FOR: SecretTallyRow.votes_for,
    VoteValue.AGAINST: SecretTallyRow.votes_against,
    VoteValue.ABSTAIN: SecretTallyRow.votes_abstain,
    None: SecretTallyRow.scored,
}


def add_secret_ballot(
    session: Session, ballot: SecretBallotRow, candidacy_ids: Sequence[int], criteria: Sequence[str]
) -> None:
    """Make an item's ballot secret, with all counters at zero."""
    session.add(ballot)
    session.flush()
    of = ballot.shortlist_id
    session.add_all(SecretTallyRow(shortlist_id=of, candidacy_id=one) for one in candidacy_ids)
    session.flush()
    session.add_all(
        SecretScoreRow(shortlist_id=of, candidacy_id=one, criterion=criterion)
        for one in candidacy_ids
        for criterion in criteria
    )
    session.flush()


def remove_secret_ballot(session: Session, shortlist_id: int) -> None:
    """Make an item's ballot open again, before anybody has voted."""
    for table in (SecretScoreRow, SecretTallyRow, SecretBallotRow):
        session.execute(delete(table).where(table.shortlist_id == shortlist_id))
