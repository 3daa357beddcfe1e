"""What decisions say about the weights: right in most tries, and silent where they say nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matching.policy import Decisions, Estimate, Finding, estimate

WEIGHTS = np.array([0.3, 0.35, 0.2, 0.1, 0.05])
TRUE = np.array([0.2, 0.15, 0.45, 0.15, 0.05])
UNKNOWN = 0.4


def decided(
    seed: int, shortlists: int = 60, size: int = 16, *, sharp: float = 9.0, asked: float = 1.0
) -> Decisions:
    """Commissions that follow `TRUE` weights, each with a measure of its own."""
    rng = np.random.default_rng(seed)
    number = shortlists * size
    shortlist = np.repeat(np.arange(shortlists), size)
    open_part = np.where(rng.random((number, 5)) < 0.15, rng.random((number, 5)), 0.0)
    credit = rng.random((number, 5)) * (1 - open_part)
    is_asked = (rng.random((shortlists, 5)) < asked)[shortlist]
    is_asked[:, 2] = True
    share = is_asked * TRUE
    score = (share * (credit + UNKNOWN * open_part)).sum(axis=1) / share.sum(axis=1)
    level = rng.normal(0, 1, shortlists)[shortlist]
    approved = rng.random(number) < 1 / (1 + np.exp(-(sharp * (score - 0.5) + level)))
    return Decisions(
        shortlist,
        approved,
        np.where(is_asked, credit, np.nan),
        np.where(is_asked, open_part, np.nan),
    )


def found(decisions: Decisions) -> Estimate:
    told = estimate(decisions, WEIGHTS.tolist(), 0.5)
    assert told.finding is Finding.READY
    return told


def test_known_weights_lie_within_the_interval_in_most_tries() -> None:
    tries = [found(decided(seed)) for seed in range(40)]
    for place, true in enumerate(TRUE):
        intervals = [told.shares[place] for told in tries]
        assert all(intervals)
        hits = sum(one.low <= true <= one.high for one in intervals if one)
        assert hits >= 35  # of 40; 38 are expected
    mean = np.mean([[one.value for one in told.shares if one] for told in tries], axis=0)
    assert mean == pytest.approx(TRUE, abs=0.03)
    unknown = [told.unknown for told in tries]
    assert sum(one.low <= UNKNOWN <= one.high for one in unknown if one) >= 35


def test_the_shares_add_up_to_one() -> None:
    told = found(decided(3))
    assert sum(one.value for one in told.shares if one) == pytest.approx(1)
    assert all(one.low < one.value < one.high for one in told.shares if one)
    assert told.used <= 960 and told.shortlists <= 60


def test_what_a_vacancy_does_not_ask_is_no_zero() -> None:
    tries = [found(decided(seed, shortlists=100, asked=0.7)) for seed in range(20)]
    for place, true in enumerate(TRUE):
        intervals = [told.shares[place] for told in tries]
        assert sum(one.low <= true <= one.high for one in intervals if one) >= 17


def test_a_criterion_at_which_nobody_differs_keeps_its_weight() -> None:
    known = decided(7)
    known.credit[:, 1], known.unknown[:, 1] = 0.5, 0.0
    told = found(known)
    assert told.shares[1] is None
    others = [one.value for one in told.shares if one]
    assert sum(others) == pytest.approx(1 - WEIGHTS[1])


def test_two_people_who_differ_do_not_carry_a_weight() -> None:
    known = decided(19)
    known.credit[:, 4], known.unknown[:, 4] = 1.0, 0.0
    known.credit[:20, 4] = 0.0
    known.approved[:20] = known.credit[:20, 2] > 0.9
    assert found(known).shares[4] is None


def test_a_shortlist_of_which_all_were_approved_says_nothing() -> None:
    known = decided(9)
    one_sided = replace(known, approved=known.approved | (known.shortlist < 10))
    told = found(one_sided)
    rest = known.shortlist >= 10
    same = found(
        Decisions(
            known.shortlist[rest], known.approved[rest], known.credit[rest], known.unknown[rest]
        )
    )
    assert told == same


def test_one_criterion_that_decides_alone_gives_no_numbers() -> None:
    known = decided(11)
    approved = known.credit[:, 2] > 0.5
    told = estimate(replace(known, approved=approved), WEIGHTS.tolist(), 0.5)
    assert told.finding is Finding.INSEPARABLE and told.shares == ()


def test_criteria_that_always_go_together_give_no_numbers() -> None:
    known = decided(13)
    known.credit[:, 0], known.unknown[:, 0] = known.credit[:, 2], known.unknown[:, 2]
    assert estimate(known, WEIGHTS.tolist(), 0.5).finding is Finding.INSEPARABLE


def test_decisions_by_lot_give_no_numbers() -> None:
    known = decided(15, shortlists=20)
    by_lot = np.random.default_rng(1).random(len(known.approved)) < 0.4
    told = estimate(replace(known, approved=by_lot), WEIGHTS.tolist(), 0.5)
    assert told.finding is Finding.NO_RELATION


def test_no_decisions_and_one_sided_ones_are_too_few() -> None:
    nobody = Decisions(np.zeros(0, np.int64), np.zeros(0, bool), np.zeros((0, 5)), np.zeros((0, 5)))
    assert estimate(nobody, WEIGHTS.tolist(), 0.5).finding is Finding.TOO_FEW
    known = decided(17, shortlists=2)
    all_of_them = replace(known, approved=np.ones_like(known.approved))
    assert estimate(all_of_them, WEIGHTS.tolist(), 0.5).finding is Finding.TOO_FEW
