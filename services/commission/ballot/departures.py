"""When a vote needs a reason: against always, and for somebody far down the rank.

The candidates who still stand are put in the order of the engine's rank; with p places to give, a
vote that would take somebody whose place in that order is more than `departure_places` beyond the
p-th departs from the rank. It is known before the vote, the same for every member, and does not
depend on what the member has voted on others.

Where points are given, a mean from the threshold up counts as for, a lower one as against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from domain.enums import VoteValue
from domain.texts import N_, Sentence
from services.commission.rules import Rules


@dataclass(frozen=True, slots=True)
class RankPlace:
    """Where a candidate stands by rank among those still on the list, and how far is too far."""

    place: int
    places: int
    """How many candidates the employer may be sent."""
    departure_places: int | None

    @property
    def is_departure(self) -> bool:
        """Whether taking this candidate departs from the rank by more than is free."""
        return (
            self.departure_places is not None and self.place > self.places + self.departure_places
        )

    @property
    def sentence(self) -> Sentence | None:
        """Why a vote for this candidate needs a reason; None when it does not."""
        if not self.is_departure:
            return None
        return Sentence(
            N_(
                "By rank this candidate is number {place} on the list, for {places} places. A vote "
                "for somebody more than {free} beyond them departs from the rank: write why."
            ),
            {
                "place": self.place,
                "places": self.places,
                "free": self.departure_places or 0,
            },
        )


def rank_place(
    candidacy_id: int,
    standing: Iterable[tuple[int, int | None, int]],
    places: int,
    rules: Rules,
) -> RankPlace:
    """The place by rank among `standing`, given as (candidacy, rank, number); unranked last."""
    order = sorted(standing, key=lambda one: (one[1] is None, one[1] or 0, one[2]))
    place = 1 + [candidacy for candidacy, _, _ in order].index(candidacy_id)
    return RankPlace(place, places, rules.departure_places)


def mean_points(scores: Mapping[str, int]) -> Fraction:
    """The mean of the points of one ballot."""
    return Fraction(sum(scores.values()), len(scores))


def reason_needed(
    value: VoteValue | None, scores: Mapping[str, int], at: RankPlace, rules: Rules
) -> Sentence | None:
    """Why this vote needs a reason; None when it needs none."""
    if value is VoteValue.ABSTAIN:
        return None
    if value is VoteValue.AGAINST:
        return Sentence(N_("A vote against needs a reason: write it in a sentence."))
    threshold = rules.score_threshold
    if value is None and threshold is not None and mean_points(scores) < threshold:
        return Sentence(
            N_(
                "A mean below {threshold} points counts as against and needs a reason: "
                "write it in a sentence."
            ),
            {"threshold": _points(threshold)},
        )
    return at.sentence


def _points(threshold: Fraction) -> int | float:
    return int(threshold) if threshold.denominator == 1 else float(threshold)
