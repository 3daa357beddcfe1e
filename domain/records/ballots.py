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
class ScoreCriterion:
    """What members give points from 0 to 10 for."""

    code: str
    name_ka: str
    name_en: str

    def name(self, language: str) -> str:
        """The name in the reader's language."""
        return self.name_ka if language == "ka" else self.name_en


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
    withdrawal_reason: str | None = None


@dataclass(frozen=True, slots=True)
class CandidatePaper:
    """One candidate on the reader's ballot paper."""

    candidacy_id: int
    number: int
    departure: Sentence | None
    """Why a vote for this candidate needs a reason, said before the vote; None if it needs none."""
    cast: int
    """How many members have voted on this candidate."""
    my_vote: MyVote | None
    withdrawn: tuple[MyVote, ...]
    """What the reader cast here and took back."""
    vote_refusal: Sentence | None
    """Why the reader can't vote on this candidate now."""
    withdraw_refusal: Sentence | None
    """Why the reader's vote can't be withdrawn."""


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """How an item is voted on, and how far the reader and the others are."""

    shortlist_id: int
    is_secret: bool
    is_ended: bool
    by_points: bool
    """Whether points are given on `criteria` instead of for and against."""
    criteria: tuple[ScoreCriterion, ...]
    threshold: Fraction | None
    """The mean from which points count as for."""
    expected: int
    """Members present who are not recused."""
    candidates: tuple[CandidatePaper, ...]
    """Those who stand; withdrawn ones are not voted on."""
    secret_refusal: Sentence | None
    """Why the reader can't choose between an open and a secret ballot now."""

    def paper(self, candidacy_id: int) -> CandidatePaper | None:
        """The line of one candidate."""
        return next((one for one in self.candidates if one.candidacy_id == candidacy_id), None)

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the candidates on whom the reader has not voted."""
        return tuple(one.number for one in self.candidates if one.my_vote is None)
