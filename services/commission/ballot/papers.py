"""The ballot paper: what a member sees of the voting on an item, before and after voting."""

from __future__ import annotations

from collections.abc import Mapping

from db.models import VoteRow
from db.session import reading
from domain.enums import DecisionRule
from domain.records.ballots import BallotPaper, CandidatePaper, MyVote
from domain.records.officer import Officer
from services.commission.ballot.checks import (
    check_can_choose_ballot,
    check_can_vote,
    check_can_withdraw,
)
from services.commission.ballot.departures import rank_place
from services.commission.sessions.sitting import Candidate, Item, Sitting, get_sitting_of
from services.permissions import Permission, check_can
from services.refusals import refusal


def read_ballot(*, shortlist_id: int, by: Officer) -> BallotPaper:
    """The reader's ballot paper of an item as it stands now; the tally is never on it."""
    check_can(by, Permission.VOTES_CAST)
    with reading() as session:
        sitting, item = get_sitting_of(session, shortlist_id)
        sitting.check_member(by)
        return ballot_paper(sitting, item, by)


def ballot_paper(sitting: Sitting, item: Item, by: Officer) -> BallotPaper:
    """The ballot paper made from a sitting."""
    rules = sitting.rules
    standing = [(one.candidacy_id, one.rank, one.number) for one in item.standing]
    return BallotPaper(
        shortlist_id=item.shortlist.id,
        is_secret=item.ballots.is_secret,
        is_ended=item.ballots.is_ended,
        by_points=rules.decision is DecisionRule.SCORE_THRESHOLD,
        criteria=rules.score_criteria,
        threshold=rules.score_threshold,
        expected=sitting.quorum(item).present,
        candidates=tuple(_candidate(sitting, item, one, standing, by) for one in item.standing),
        secret_refusal=refusal(check_can_choose_ballot, sitting, item, by),
    )


def _candidate(
    sitting: Sitting,
    item: Item,
    one: Candidate,
    standing: list[tuple[int, int | None, int]],
    by: Officer,
) -> CandidatePaper:
    ballots, of = item.ballots, one.candidacy_id
    at = rank_place(of, standing, item.places, sitting.rules)
    return CandidatePaper(
        candidacy_id=of,
        number=one.number,
        departure=None if ballots.is_secret else at.sentence,
        cast=ballots.cast_on(of),
        my_vote=my_vote_on(item, of, by),
        withdrawn=tuple(
            my_vote(row, ballots.scores.get(row.id, {})) for row in ballots.withdrawn_of(by.id, of)
        ),
        vote_refusal=refusal(check_can_vote, sitting, item, by)
        or refusal(item.check_can_be_voted_on, of, by),
        withdraw_refusal=refusal(check_can_withdraw, sitting, item, of, by),
    )


def my_votes(item: Item, by: Officer) -> tuple[MyVote, ...]:
    """The reader's votes in force on an item, in the order of the list."""
    votes = (my_vote_on(item, one.candidacy_id, by) for one in item.candidates)
    return tuple(vote for vote in votes if vote is not None)


def my_vote_on(item: Item, candidacy_id: int, by: Officer) -> MyVote | None:
    """The reader's vote in force on a candidate; of a secret one, that it was cast."""
    if item.ballots.is_secret:
        has_voted = candidacy_id in item.ballots.voted_on(by.id)
        return MyVote(candidacy_id, None, None, None, is_secret=True) if has_voted else None
    row = item.ballots.vote_of(by.id, candidacy_id)
    return None if row is None else my_vote(row, item.ballots.scores.get(row.id, {}))


def my_vote(row: VoteRow, scores: Mapping[str, int]) -> MyVote:
    """An open vote as its member reads it."""
    return MyVote(
        candidacy_id=row.candidacy_id,
        value=row.value,
        reason=row.reason,
        cast_at=row.cast_at,
        scores=dict(scores),
        withdrawn_at=row.withdrawn_at,
        withdrawal_reason=row.withdrawal_reason,
    )
