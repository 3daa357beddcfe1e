"""Why a person stands where they stand, in sentences for an officer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.enums import CriterionStatus
from domain.texts import N_, Sentence
from matching import gates
from matching.parameters import Parameters
from matching.reference import scored_rows
from matching.types import CriterionResult, Profile, Requirement, RequirementRow, Vocabulary

MOST_REASONS_ABOVE = 3
MOST_STRONGEST = 2
AGAINST_THE_NEXT = N_("{asked}: {above}; the next one: {below}")
AGAINST_THE_LAST = N_("{asked}: {below}; the last one who goes: {above}")


def requirement_table(
    profile: Profile, requirement: Requirement, vocabulary: Vocabulary, parameters: Parameters
) -> tuple[RequirementRow, ...]:
    """Every requirement of the vacancy against the person: asked, has, verdict, points.

    The points of all rows add up to those of the candidate, and so do low and high. The rows of a
    vacancy are the same for everybody, in the same order: gates without points come last.
    """
    scored = scored_rows(profile, requirement, vocabulary, parameters)
    return (
        *(row for rows in scored.values() for row in rows),
        *gates.licence_rows(profile, requirement, parameters),
        *gates.education_rows(profile, requirement, parameters),
        *gates.country_rows(profile, requirement, parameters),
        *gates.outside_rows(profile, requirement, parameters),
    )


def is_failed_gate(row: RequirementRow) -> bool:
    """Whether this row of the table excludes the person."""
    return row.kind == "gate" and row.status in (CriterionStatus.SHORT, CriterionStatus.NOT_MET)


def exclusion_reasons(
    profile: Profile, requirement: Requirement, vocabulary: Vocabulary, parameters: Parameters
) -> tuple[Sentence, ...]:
    """One sentence for each requirement that excludes: "German A1; asked: German B1".

    A fact of the process is said as it is ("Held for another employer"): it has no level to name.
    """
    return tuple(
        gates.gate_sentence(row.criterion)
        if row.criterion in gates.OUTSIDE_ASKED
        else Sentence(N_("{has}; asked: {asked}"), {"has": row.has, "asked": row.asked})
        for row in requirement_table(profile, requirement, vocabulary, parameters)
        if is_failed_gate(row)
    )


def strongest_reasons(criteria: Sequence[CriterionResult]) -> tuple[CriterionResult, ...]:
    """The two criteria that give a candidate most points: what the list says about them."""
    told = [c for c in criteria if c.points and c.status is not CriterionStatus.UNKNOWN]
    return tuple(sorted(told, key=lambda c: -c.points)[:MOST_STRONGEST])


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of why a candidate stands above another; points per million, below 0 against it."""

    sentence: Sentence
    points: int


def why_above(
    above: Sequence[RequirementRow],
    below: Sequence[RequirementRow],
    text: str = AGAINST_THE_NEXT,
) -> tuple[Difference, ...]:
    """The rows that tell one candidate from another of the same vacancy, for and against.

    Takes their requirement tables. What speaks most for the one above comes first, then the widest
    differences; what they leave is one more line, so that the lines add up to the lead. For equal
    points it says which tie-break decided.
    """
    lead = sum(row.points for row in above) - sum(row.points for row in below)
    if lead == 0:
        if sum(row.low for row in above) > sum(row.low for row in below):
            return (Difference(Sentence(N_("Equal points, but more of them are certain")), 0),)
        return (Difference(Sentence(N_("Equal points; who registered earlier goes first")), 0),)
    pairs = [(a, b) for a, b in zip(above, below, strict=True) if a.points != b.points]
    first = max(pairs, key=lambda pair: pair[0].points - pair[1].points)
    others = sorted(
        (pair for pair in pairs if pair is not first),
        key=lambda pair: -abs(pair[0].points - pair[1].points),
    )
    told = [_difference(a, b, text) for a, b in (first, *others[: MOST_REASONS_ABOVE - 1])]
    rest = lead - sum(difference.points for difference in told)
    if rest:
        told.append(Difference(Sentence(N_("Smaller differences together")), rest))
    return tuple(told)


def _difference(a: RequirementRow, b: RequirementRow, text: str) -> Difference:
    values = {"asked": a.asked, "above": a.has, "below": b.has}
    return Difference(Sentence(text, values), a.points - b.points)
