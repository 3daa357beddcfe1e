"""What follows from the votes: by cases an officer can read, and by what always holds."""

import csv
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.enums import DecisionOutcome, DecisionRule, TieRule
from domain.records.ballots import Tally
from domain.records.decisions import DecisionRecord
from services.commission.decisions.deciding import Standing, can_be_approved, decide
from services.commission.decisions.decisions import agreement_of
from services.commission.rules import Rules, rules_on

FILE = Path(__file__).parents[3] / "cases" / "commission_decisions.csv"
CASES = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))

MAJORITY = rules_on(date(2026, 11, 22))
RULES = {
    "majority": MAJORITY,
    "majority_no_tie": replace(MAJORITY, tie=TieRule.NOT_APPROVED),
    "two_thirds": replace(MAJORITY, decision=DecisionRule.TWO_THIRDS),
    "score": replace(MAJORITY, decision=DecisionRule.SCORE_THRESHOLD, score_threshold=Fraction(6)),
}
APPROVED, RESERVE, REFUSED = DecisionOutcome


def pairs(text: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in (part.split("=") for part in text.split())]


def tally(text: str) -> Tally:
    """3/1/0: for, against, abstained; 24@3: points on one criterion of so many ballots."""
    if "@" in text:
        total, ballots = map(int, text.split("@"))
        return Tally(scored=ballots, score_sums={"fit": total} if ballots else {})
    votes_for, against, abstained = map(int, text.split("/"))
    return Tally(votes_for, against, abstained)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_decision_follows_from_the_votes(case: dict[str, str]) -> None:
    numbers = {name: ord(name) - ord("A") + 1 for name, _ in pairs(case["votes"])}
    standings = [
        Standing(numbers[name], numbers[name], numbers[name], tally(votes))
        for name, votes in pairs(case["votes"])
    ]
    casting = {ord(name) - 64: answer == "yes" for name, answer in pairs(case["casting"])}
    outcomes = decide(standings, int(case["places"]), casting, RULES[case["rule"]])
    shown = {
        chr(64 + number): "undecided" if one is None else f"{one[0].value}{one[1] or ''}"
        for number, one in outcomes.items()
    }
    assert shown == dict(pairs(case["outcomes"]))


def test_candidates_without_a_rank_come_after_those_with_one() -> None:
    standings = [Standing(1, 1, None, Tally(2)), Standing(2, 2, 9, Tally(2))]
    assert decide(standings, 1, {}, MAJORITY)[2] == (APPROVED, None)


def test_reserve_goes_behind_those_who_stand_there_already() -> None:
    standings = [Standing(n, n, n, Tally(3)) for n in (1, 2, 3)]
    outcomes = decide(standings, 1, {}, MAJORITY, reserve_before=4)
    assert [outcomes[n] for n in (1, 2, 3)] == [(APPROVED, None), (RESERVE, 5), (RESERVE, 6)]


votes = st.builds(Tally, *[st.integers(0, 5)] * 3)
scores = st.builds(
    lambda ballots, points: Tally(
        scored=ballots, score_sums={"fit": min(points, 10 * ballots)} if ballots else {}
    ),
    st.integers(0, 5),
    st.integers(0, 50),
)


@st.composite
def counts(draw: st.DrawFn) -> tuple[list[Standing], int, dict[int, bool], Rules]:
    rules = RULES[draw(st.sampled_from(sorted(RULES)))]
    kind = scores if rules.decision is DecisionRule.SCORE_THRESHOLD else votes
    tallies = draw(st.lists(kind, max_size=8))
    ranks = draw(st.permutations(range(1, len(tallies) + 1)))
    standings = [
        Standing(100 + n, n + 1, draw(st.sampled_from((rank, None))), one)
        for n, (one, rank) in enumerate(zip(tallies, ranks, strict=True))
    ]
    casting = draw(st.dictionaries(st.integers(100, 108), st.booleans()))
    return standings, draw(st.integers(0, 6)), casting, rules


def support(one: Standing, rules: Rules) -> Fraction | int:
    if rules.decision is DecisionRule.SCORE_THRESHOLD:
        return one.tally.score_mean or 0
    return one.tally.votes_for


@given(counts())
@settings(max_examples=300, deadline=None)
def test_what_always_holds_of_a_decision(
    case: tuple[list[Standing], int, dict[int, bool], Rules],
) -> None:
    standings, places, casting, rules = case
    outcomes = decide(standings, places, casting, rules)
    assert set(outcomes) == {one.candidacy_id for one in standings}
    assert outcomes == decide(standings[::-1], places, casting, rules)

    by_outcome: dict[DecisionOutcome | None, list[tuple[Standing, int]]]
    by_outcome = {outcome: [] for outcome in DecisionOutcome} | {None: []}
    for one in standings:
        found = outcomes[one.candidacy_id]
        by_outcome[found[0] if found else None].append((one, (found[1] or 0) if found else 0))
    approved, reserve = by_outcome[APPROVED], by_outcome[RESERVE]
    assert len(approved) <= places
    assert len(approved) == places or not reserve, "a place stays free while somebody waits"
    assert sorted(order for _, order in reserve) == list(range(1, len(reserve) + 1))
    in_order = [one for one, _ in approved] + [
        one for one, _ in sorted(reserve, key=lambda pair: pair[1])
    ]
    for ahead in (one for one, _ in approved):
        assert all(support(ahead, rules) >= support(one, rules) for one, _ in reserve)
    for ahead, behind in zip(
        in_order[len(approved) :], in_order[len(approved) + 1 :], strict=False
    ):
        assert support(ahead, rules) >= support(behind, rules)
    for one, _ in by_outcome[None]:
        assert one.tally.votes_for == one.tally.votes_against
        assert one.candidacy_id not in casting


@given(votes, st.sampled_from(sorted(RULES)))
def test_another_vote_for_never_harms(one: Tally, name: str) -> None:
    rules = RULES[name]
    more = replace(one, votes_for=one.votes_for + 1)
    if can_be_approved(one, rules, None) and rules.decision is not DecisionRule.SCORE_THRESHOLD:
        assert can_be_approved(more, rules, None)


def record(number: int, rank: int | None, outcome: DecisionOutcome) -> DecisionRecord:
    return DecisionRecord(
        candidacy_id=number,
        number=number,
        rank=rank,
        points=None,
        outcome=outcome,
        reserve_order=None,
        reason_code=None,
        reason=None,
        tally=Tally(),
        by_chair=False,
    )


def test_agreement_counts_the_approved_whom_the_engine_had_first_and_names_the_others() -> None:
    found = agreement_of(
        [
            record(1, 1, APPROVED),
            record(2, 2, REFUSED),
            record(3, 5, APPROVED),
            record(4, None, RESERVE),
        ]
    )
    assert found is not None
    assert (found.same, found.approved) == (1, 2)
    assert found.chosen_instead == ((3, 5),)
    assert found.passed_over == ((2, 2),)


@pytest.mark.parametrize("outcome", [APPROVED, REFUSED])
def test_where_nothing_was_chosen_nothing_agrees(outcome: DecisionOutcome) -> None:
    assert agreement_of([record(1, 1, outcome), record(2, 2, outcome)]) is None
