"""How near somebody stands to being taken, by the thresholds in force."""

import pytest

from domain.enums import Odds
from services.rankings.for_person import odds_of


@pytest.mark.parametrize(
    ("rank", "odds"),
    [
        (1, Odds.WITHIN),
        (2, Odds.WITHIN),
        (3, Odds.EDGE),
        (6, Odds.EDGE),
        (7, Odds.FAR),
        (None, Odds.EXCLUDED),
    ],
)
def test_odds_follow_positions_and_candidates(rank: int | None, odds: Odds) -> None:
    assert odds_of(rank, positions=2, candidates=6) is odds
