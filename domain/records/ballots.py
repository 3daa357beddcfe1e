"""What is cast and how it is counted: one member's vote, one candidate's tally."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from domain.enums import VoteValue
from domain.texts import Sentence

MOST_POINTS = 10
"""A criterion is scored from 0 to this."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on one candidate, from an open or a secret ballot alike.

    Where the rule asks for scores, `scored` ballots gave points to every criterion and `score_sums`
    holds their sum by criterion; an abstention scores nothing and is no zero.
    """

    votes_for: int = 0
    votes_against: int = 0
    votes_abstain: int = 0
    scored: int = 0
    score_sums: Mapping[str, int] = field(default_factory=dict)

    @property
    def cast(self) -> int:
        """All ballots, abstentions included."""
        return self.votes_for + self.votes_against + self.votes_abstain + self.scored

    @property
    def is_tie(self) -> bool:
        """As many for as against, where there are such votes at all."""
        return self.scored == 0 and self.votes_for == self.votes_against

    @property
    def score_sum(self) -> int:
        """Points of all ballots and criteria together."""
        return sum(self.score_sums.values())

    @property
    def score_mean(self) -> Fraction | None:
        """Mean points (0–10) of a ballot on a criterion; None when nobody scored."""
        if not self.scored or not self.score_sums:
            return None
        return Fraction(self.score_sum, self.scored * len(self.score_sums))

    def criterion_mean(self, criterion: str) -> Fraction | None:
        """Mean points (0–10) on one criterion; None when nobody scored it."""
        total = self.score_sums.get(criterion)
        return None if total is None or not self.scored else Fraction(total, self.scored)


@dataclass(frozen=True, slots=True)
class MyVote:
    """The reader's own vote. Of a secret one only that it was cast is known to anybody."""

    candidacy_id: int
    value: VoteValue | None
    """None in a secret ballot, and where points were given instead."""
    reason: str | None
    cast_at: datetime | None
    """None in a secret ballot."""
    scores: Mapping[str, int] = field(default_factory=dict)
    is_secret: bool = False
    withdrawn_at: datetime | None = None
    withdraw_refusal: Sentence | None = None
