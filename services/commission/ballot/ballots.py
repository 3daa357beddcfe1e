"""What was cast on one agenda item: open votes by member, or a secret tally and who has voted.

Everybody who counts asks here, so that open and secret ballots, votes and points are one matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from db.models import SecretBallotRow, VoteRow
from db.repositories import ballots as repository
from domain.enums import VoteValue
from domain.records.ballots import Tally


@dataclass
class Ballots:
    """The votes on one item, as they stand in the database."""

    votes: list[VoteRow] = field(default_factory=list)
    """Open votes in force; those that were withdrawn are beside them."""
    withdrawn: list[VoteRow] = field(default_factory=list)
    scores: dict[int, dict[str, int]] = field(default_factory=dict)
    """Points by criterion, by vote."""
    secret: SecretBallotRow | None = None
    voters: set[tuple[int, int]] = field(default_factory=set)
    """(candidacy, member) of those who voted secretly."""
    secret_tallies: dict[int, Tally] = field(default_factory=dict)
    """Empty until the secret ballot is ended: what isn't read can't be shown."""

    @property
    def is_secret(self) -> bool:
        """Whether only the tally is kept."""
        return self.secret is not None

    @property
    def is_ended(self) -> bool:
        """Whether the chair ended the secret ballot: nobody votes any more, the tally is read."""
        return self.secret is not None and self.secret.ended_at is not None

    @property
    def count(self) -> int:
        """Ballots in force, open or secret."""
        return len(self.voters) if self.is_secret else len(self.votes)

    @property
    def happened(self) -> int:
        """Grows with every vote and every withdrawal: whoever saw a lower number has to look."""
        return len(self.voters) + len(self.votes) + 2 * len(self.withdrawn)

    @property
    def participants(self) -> frozenset[int]:
        """Members with a vote in force on anybody of the item, open or secret."""
        if self.is_secret:
            return frozenset(voter for _, voter in self.voters)
        return frozenset(vote.officer_id for vote in self.votes)

    def voted_on(self, officer_id: int) -> set[int]:
        """The candidacies on which the member has a vote in force."""
        if self.is_secret:
            return {candidacy for candidacy, voter in self.voters if voter == officer_id}
        return {vote.candidacy_id for vote in self.votes if vote.officer_id == officer_id}

    def vote_of(self, officer_id: int, candidacy_id: int) -> VoteRow | None:
        """The member's open vote in force on a candidate."""
        votes = (
            v for v in self.votes if (v.officer_id, v.candidacy_id) == (officer_id, candidacy_id)
        )
        return next(votes, None)

    def withdrawn_of(self, officer_id: int, candidacy_id: int) -> list[VoteRow]:
        """What the member cast on a candidate and took back."""
        of = (officer_id, candidacy_id)
        return [vote for vote in self.withdrawn if (vote.officer_id, vote.candidacy_id) == of]

    def attempts(self, officer_id: int, candidacy_id: int) -> int:
        """How often the member has voted on a candidate, withdrawn votes included."""
        in_force = candidacy_id in self.voted_on(officer_id)
        return int(in_force) + len(self.withdrawn_of(officer_id, candidacy_id))

    def cast_on(self, candidacy_id: int) -> int:
        """How many have voted on the candidate."""
        if self.is_secret:
            return sum(candidacy == candidacy_id for candidacy, _ in self.voters)
        return sum(vote.candidacy_id == candidacy_id for vote in self.votes)

    def tally(self, candidacy_id: int) -> Tally:
        """The count on one candidate; empty while a secret ballot runs."""
        if self.is_secret:
            return self.secret_tallies.get(candidacy_id, Tally())
        votes = [vote for vote in self.votes if vote.candidacy_id == candidacy_id]
        values = [vote.value for vote in votes]
        sums: dict[str, int] = defaultdict(int)
        for vote in votes:
            for criterion, points in self.scores.get(vote.id, {}).items():
                sums[criterion] += points
        return Tally(
            values.count(VoteValue.FOR),
            values.count(VoteValue.AGAINST),
            values.count(VoteValue.ABSTAIN),
            values.count(None),
            dict(sorted(sums.items())),
        )

    @property
    def is_sound(self) -> bool:
        """Whether an ended secret tally holds exactly as many ballots as members have voted."""
        if not self.is_ended:
            return True
        candidacies = {candidacy for candidacy, _ in self.voters} | set(self.secret_tallies)
        return all(self.tally(one).cast == self.cast_on(one) for one in candidacies)


def load_ballots(session: Session, session_ids: Sequence[int]) -> Mapping[int, Ballots]:
    """Ballots of every item on these agendas, by shortlist."""
    found: dict[int, Ballots] = defaultdict(Ballots)
    for vote in repository.list_votes(session, session_ids):
        of = found[vote.shortlist_id]
        (of.votes if vote.withdrawn_at is None else of.withdrawn).append(vote)
    if any(vote.value is None for of in found.values() for vote in (*of.votes, *of.withdrawn)):
        for shortlist_id, score in repository.list_scores(session, session_ids):
            found[shortlist_id].scores.setdefault(score.vote_id, {})[score.criterion] = score.points
    for secret in repository.list_secret_ballots(session, session_ids):
        found[secret.shortlist_id].secret = secret
    if any(one.is_secret for one in found.values()):
        for voter in repository.list_secret_voters(session, session_ids):
            found[voter.shortlist_id].voters.add((voter.candidacy_id, voter.officer_id))
        _load_ended(session, session_ids, found)
    return found


def _load_ended(session: Session, session_ids: Sequence[int], found: Mapping[int, Ballots]) -> None:
    sums: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for score in repository.list_ended_scores(session, session_ids):
        sums[score.shortlist_id, score.candidacy_id][score.criterion] = score.total
    for row in repository.list_ended_tallies(session, session_ids):
        found[row.shortlist_id].secret_tallies[row.candidacy_id] = Tally(
            row.votes_for,
            row.votes_against,
            row.votes_abstain,
            row.scored,
            sums.get((row.shortlist_id, row.candidacy_id), {}) if row.scored else {},
        )
