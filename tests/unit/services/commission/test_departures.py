"""A vote needs a reason where it is against somebody, or far from the rank; known before voting."""

from fractions import Fraction

import pytest

from domain.enums import DecisionRule, VoteValue
from domain.records.ballots import ScoreCriterion, Tally
from services.commission.ballot.departures import rank_place, reason_needed
from services.commission.rules import Rules

FOR, AGAINST, ABSTAIN = VoteValue.FOR, VoteValue.AGAINST, VoteValue.ABSTAIN
VOTES = Rules("test", Fraction(1, 2), 3, departure_places=2)
POINTS = Rules(
    "test",
    Fraction(1, 2),
    3,
    departure_places=2,
    decision=DecisionRule.SCORE_THRESHOLD,
    score_criteria=(ScoreCriterion("skill", "უნარი", "skill"), ScoreCriterion("will", "ნ", "will")),
    score_threshold=Fraction(6),
)
LIST = [(100 + rank, rank, rank) for rank in range(1, 9)]
"""Eight candidates: candidacy, rank, number."""


def needs(value: VoteValue | None, rank: int, rules: Rules, places: int = 3, **scores: int) -> bool:
    at = rank_place(100 + rank, LIST, places, rules)
    return reason_needed(value, scores, at, rules) is not None


@pytest.mark.parametrize(
    ("value", "rank", "reason"),
    [
        (FOR, 1, False),
        (FOR, 5, False),  # three places and two more are free
        (FOR, 6, True),
        (AGAINST, 1, True),
        (AGAINST, 8, True),
        (ABSTAIN, 8, False),
    ],
)
def test_reason_is_asked_for_votes_against_and_far_down_the_rank(
    value: VoteValue, rank: int, reason: bool
) -> None:
    assert needs(value, rank, VOTES) is reason


@pytest.mark.parametrize(
    ("skill", "will", "rank", "reason"),
    [(6, 6, 1, False), (5, 6, 1, True), (9, 9, 5, False), (9, 9, 6, True), (0, 10, 6, True)],
)
def test_points_count_as_for_from_the_threshold_and_as_against_below(
    skill: int, will: int, rank: int, reason: bool
) -> None:
    assert needs(None, rank, POINTS, skill=skill, will=will) is reason


def test_sessions_without_the_parameter_ask_nothing_about_the_rank() -> None:
    assert not needs(FOR, 8, Rules("2026-01", Fraction(1, 2), 3))


def test_withdrawn_candidates_make_room_for_those_behind() -> None:
    left = LIST[2:]
    assert rank_place(106, LIST, 3, VOTES).is_departure
    assert not rank_place(106, left, 3, VOTES).is_departure


def test_unranked_candidates_stand_behind_all_others_in_the_order_of_the_list() -> None:
    mixed = [(1, None, 1), (2, 7, 2), (3, None, 3), (4, 2, 4)]
    assert [rank_place(one, mixed, 1, VOTES).place for one in (4, 2, 1, 3)] == [1, 2, 3, 4]


def test_nobody_who_scored_is_no_mean_and_no_zero() -> None:
    assert Tally(votes_abstain=3).score_mean is None
    assert Tally(scored=2, score_sums={"a": 0, "b": 0}).score_mean == 0
    assert Tally(scored=2, score_sums={"a": 13, "b": 8}).score_mean == Fraction(21, 4)
    assert Tally(scored=2, score_sums={"a": 13, "b": 8}).criterion_mean("a") == Fraction(13, 2)
