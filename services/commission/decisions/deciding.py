"""Which outcome follows from the votes: the arithmetic of the commission's rule, nothing else.

Support is what the rule orders by: votes for, or mean points. Two thirds are of the votes for and
against: whoever abstains takes no side, under any rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.enums import DecisionOutcome, DecisionRule, TieRule
from domain.records.ballots import Tally
from domain.texts import N_, Sentence
from services.commission.rules import Rules

TWO_THIRDS = Fraction(2, 3)


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate when the votes are counted."""

    candidacy_id: int
    number: int
    rank: int | None
    tally: Tally


Outcome = tuple[DecisionOutcome, int | None]


def decide(
    standings: Sequence[Standing],
    places: int,
    casting: Mapping[int, bool],
    rules: Rules,
    *,
    reserve_before: int = 0,
) -> dict[int, Outcome | None]:
    """Outcome and reserve order of each candidate; None for a tie without a casting decision.

    Who has the support that the rule asks for can be approved. They are put in order of support,
    then rank, then number; the first `places` are approved, the others are the reserve in that
    order, behind those `reserve_before` who stand there already.
    """
    outcomes: dict[int, Outcome | None] = {}
    approvable = []
    for one in standings:
        wanted = can_be_approved(one.tally, rules, casting.get(one.candidacy_id))
        if wanted:
            approvable.append(one)
        else:
            outcomes[one.candidacy_id] = (
                None if wanted is None else (DecisionOutcome.NOT_APPROVED, None)
            )
    for index, one in enumerate(sorted(approvable, key=lambda one: _order(one, rules))):
        outcomes[one.candidacy_id] = (
            (DecisionOutcome.APPROVED, None)
            if index < places
            else (DecisionOutcome.RESERVE, reserve_before + index - places + 1)
        )
    return outcomes


def can_be_approved(tally: Tally, rules: Rules, casting: bool | None) -> bool | None:
    """Whether the votes suffice; None for a tie that waits for the chair's casting decision."""
    if needs_casting(tally, rules):
        return casting
    if rules.decision is DecisionRule.SCORE_THRESHOLD:
        mean = tally.score_mean
        return mean is not None and mean >= (rules.score_threshold or 0)
    if rules.decision is DecisionRule.TWO_THIRDS:
        sides = tally.votes_for + tally.votes_against
        return tally.votes_for > 0 and tally.votes_for >= TWO_THIRDS * sides
    return tally.votes_for > tally.votes_against


def needs_casting(tally: Tally, rules: Rules) -> bool:
    """Whether the rule leaves these votes to the chair: as many for as against."""
    return (
        rules.decision is DecisionRule.SIMPLE_MAJORITY
        and rules.tie is TieRule.CHAIR
        and tally.votes_for == tally.votes_against
    )


def _order(one: Standing, rules: Rules) -> tuple[Fraction | int, bool, int, int]:
    by_score = rules.decision is DecisionRule.SCORE_THRESHOLD
    support = (one.tally.score_mean or 0) if by_score else one.tally.votes_for
    return -support, one.rank is None, one.rank or 0, one.number


def rule_sentences(rules: Rules, places: int) -> tuple[Sentence, ...]:
    """The rule as it is read above the count and in the minutes."""
    by_score = rules.decision is DecisionRule.SCORE_THRESHOLD
    if not places:
        order = Sentence(
            N_("No place is free any more: whoever can be approved goes to the reserve list.")
        )
    elif by_score:
        order = Sentence(
            N_(
                "The first {places} by mean points, then by rank, are approved; the others are the "
                "reserve in that order."
            ),
            {"places": places},
        )
    else:
        order = Sentence(
            N_(
                "The first {places} by votes for, then by rank, are approved; the others are the "
                "reserve in that order."
            ),
            {"places": places},
        )
    return _threshold_sentence(rules), order


def _threshold_sentence(rules: Rules) -> Sentence:
    if rules.decision is DecisionRule.SCORE_THRESHOLD:
        return Sentence(
            N_(
                "Whoever has a mean of at least {threshold} points can be approved; a member who "
                "abstains gives no points."
            ),
            {"threshold": float(rules.score_threshold or 0)},
        )
    if rules.decision is DecisionRule.TWO_THIRDS:
        return Sentence(
            N_(
                "Whoever has at least two thirds of the votes for and against can be approved; "
                "abstentions count for neither side."
            )
        )
    if rules.tie is TieRule.CHAIR:
        return Sentence(
            N_(
                "Whoever has more votes for than against can be approved; abstentions count for "
                "neither side. With as many for as against, the chair decides."
            )
        )
    return Sentence(
        N_(
            "Whoever has more votes for than against can be approved; abstentions count for "
            "neither side. With as many for as against, nobody is approved."
        )
    )
