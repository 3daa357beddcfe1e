"""Voting: once on each candidate, never changed, only while the item is open.

An open vote may be withdrawn once before the item is decided, and is kept; the member may then vote
once more. Of a secret vote the database keeps who has voted and the tally, in two tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import OfficerRow, SecretVoterRow, VoteRow, VoteScoreRow
from db.repositories import ballots as repository
from db.session import reading, unit_of_work
from domain.enums import DecisionRule, VoteValue
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.ballots import MOST_POINTS, MyVote
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.commission.ballot.checks import check_can_vote, check_can_withdraw
from services.commission.ballot.departures import rank_place, reason_needed
from services.commission.ballot.papers import my_vote
from services.commission.rules import Rules
from services.commission.sessions.sitting import VOTED_ALREADY, Item, Sitting, get_sitting_of
from services.permissions import Permission, check_can


@dataclass(frozen=True, slots=True)
class Cast:
    """What a member puts on one candidate."""

    value: VoteValue | None
    reason: str | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    request_id: str | None = None


def cast_vote(
    *,
    shortlist_id: int,
    candidacy_id: int,
    value: VoteValue | None,
    reason: str | None = None,
    scores: Mapping[str, int] | None = None,
    request_id: str | None = None,
    by: Officer,
) -> MyVote:
    """Cast a vote: for, against, abstain, or `scores` by criterion with no value.

    The same `request_id` again is the same vote, and gets the same answer.
    """
    check_can(by, Permission.VOTES_CAST)
    cast = Cast(value, (reason or "").strip() or None, dict(scores or {}), request_id)
    try:
        return _cast(shortlist_id, candidacy_id, cast, by)
    except IntegrityError:
        # Two tabs of one member: the other one came first, perhaps with this very vote.
        with reading() as session:
            again = _sent_before(session, shortlist_id, candidacy_id, cast, by)
        if again is None:
            raise Refused(VOTED_ALREADY) from None
        return again


def _cast(shortlist_id: int, candidacy_id: int, cast: Cast, by: Officer) -> MyVote:
    with unit_of_work() as work:
        # Held against the chair's closing meanwhile.
        sitting, item = get_sitting_of(work.session, shortlist_id, share=True)
        again = _sent_before(work.session, shortlist_id, candidacy_id, cast, by)
        if again is not None:
            return again
        check_in_office(work.session, by)
        check_can_vote(sitting, item, by)
        item.check_can_be_voted_on(candidacy_id, by)
        check_ballot(sitting, item, candidacy_id, cast)
        if item.ballots.is_secret:
            vote = _cast_secretly(work.session, item, candidacy_id, cast, by)
        else:
            vote = _cast_openly(work.session, item, candidacy_id, cast, by)
        work.commit()
        return vote


def _sent_before(
    session: Session, shortlist_id: int, candidacy_id: int, cast: Cast, by: Officer
) -> MyVote | None:
    if cast.request_id is None:
        return None
    voter = session.get(SecretVoterRow, (shortlist_id, candidacy_id, by.id))
    if voter is not None:
        is_same = voter.request_id == cast.request_id
        return MyVote(candidacy_id, None, None, None, is_secret=True) if is_same else None
    row = repository.find_vote(session, shortlist_id, candidacy_id, by.id, cast.request_id)
    return None if row is None else my_vote(row, repository.scores_of(session, row.id))


def check_in_office(session: Session, by: Officer) -> None:
    """Raise for an officer whose account was closed meanwhile; holds it open until the commit."""
    query = select(OfficerRow.disabled_at).where(OfficerRow.id == by.id)
    if session.scalars(query.with_for_update(read=True)).one() is not None:
        raise PermissionDenied(N_("Your account was closed: you can't vote any more."))


def check_ballot(sitting: Sitting, item: Item, candidacy_id: int, cast: Cast) -> None:
    """Raise unless the vote is of the kind that the rule asks for, with a reason where needed."""
    rules = sitting.rules
    if rules.decision is DecisionRule.SCORE_THRESHOLD:
        check_scores(cast, rules)
    elif cast.value is None or cast.scores:
        raise InvalidInput(N_("Choose for, against or abstain."))
    if item.ballots.is_secret or cast.reason:
        return
    standing = [(one.candidacy_id, one.rank, one.number) for one in item.standing]
    at = rank_place(candidacy_id, standing, item.places, rules)
    needed = reason_needed(cast.value, cast.scores, at, rules)
    if needed is not None:
        raise InvalidInput(needed)


def check_scores(cast: Cast, rules: Rules) -> None:
    """Raise unless every criterion has points of 0 to 10, or the member abstains."""
    if cast.value is VoteValue.ABSTAIN and not cast.scores:
        return
    asked = {criterion.code for criterion in rules.score_criteria}
    if cast.value is not None or set(cast.scores) != asked:
        raise InvalidInput(
            N_("Give points on every criterion ({count}), or abstain."), count=len(asked)
        )
    if not all(0 <= points <= MOST_POINTS for points in cast.scores.values()):
        raise InvalidInput(N_("Points go from 0 to {most}."), most=MOST_POINTS)


def _cast_openly(
    session: Session, item: Item, candidacy_id: int, cast: Cast, by: Officer
) -> MyVote:
    row = VoteRow(
        shortlist_id=item.shortlist.id,
        candidacy_id=candidacy_id,
        officer_id=by.id,
        value=cast.value,
        reason=cast.reason,
        cast_at=clock.now(),
        attempt=1 + item.ballots.attempts(by.id, candidacy_id),
        request_id=cast.request_id,
    )
    session.add(row)
    session.flush()
    session.add_all(
        VoteScoreRow(vote_id=row.id, criterion=criterion, points=points)
        for criterion, points in sorted(cast.scores.items())
    )
    session.flush()
    details: dict[str, object] = {"shortlist": item.shortlist.id}
    if cast.value is not None:
        details["value"] = cast.value.value
    if cast.scores:
        details["scores"] = dict(sorted(cast.scores.items()))
    _record(session, "voted", candidacy_id, details, by)
    return my_vote(row, cast.scores)


def _cast_secretly(
    session: Session, item: Item, candidacy_id: int, cast: Cast, by: Officer
) -> MyVote:
    # No reason is kept: in one transaction with the voter's name it could be traced back.
    voter = SecretVoterRow(
        shortlist_id=item.shortlist.id,
        candidacy_id=candidacy_id,
        officer_id=by.id,
        request_id=cast.request_id,
    )
    repository.add_secret_vote(session, voter, cast.value, cast.scores)
    _record(session, "voted_secretly", candidacy_id, {"shortlist": item.shortlist.id}, by)
    return MyVote(candidacy_id, None, None, None, is_secret=True)


def withdraw_vote(*, shortlist_id: int, candidacy_id: int, reason: str, by: Officer) -> MyVote:
    """Take back one's open vote before the item is decided; the withdrawal is recorded."""
    check_can(by, Permission.VOTES_CAST)
    text = (reason or "").strip()
    if not text:
        raise InvalidInput(N_("Write why you withdraw your vote: it is recorded."))
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, share=True)
        check_can_withdraw(sitting, item, candidacy_id, by)
        row = item.ballots.vote_of(by.id, candidacy_id)
        assert row is not None
        if not repository.withdraw(work.session, row.id, clock.now(), by.id, text):
            raise Refused(N_("You have no vote on this candidate that could be withdrawn."))
        details: dict[str, object] = {"shortlist": shortlist_id, "reason": text}
        _record(work.session, "withdrew_vote", candidacy_id, details, by)
        work.commit()
        work.session.refresh(row)
        return my_vote(row, item.ballots.scores.get(row.id, {}))


def _record(
    session: Session, action: str, candidacy_id: int, details: dict[str, object], by: Officer
) -> None:
    audit.record(
        session,
        action=action,
        entity="candidacy",
        entity_id=candidacy_id,
        details=details,
        by=by,
    )
