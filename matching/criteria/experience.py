"""Experience: years worked in the vacancy's occupations."""

from __future__ import annotations

from domain.texts import N_, Sentence
from matching.criteria.rows import (
    MET,
    NOT_MET,
    PARTLY,
    SHORT,
    UNKNOWN,
    known_as,
    plain_number,
    scored_row,
)
from matching.parameters import Parameters
from matching.points import Gain, in_months
from matching.types import OccupationHeld, Profile, Requirement, RequirementRow, Vocabulary

NAME = "experience"


def is_asked(requirement: Requirement) -> bool:
    """Asked when the vacancy requires more than no experience."""
    return in_months(requirement.experience_years or 0) > 0


def counting(profile: Profile, requirement: Requirement) -> tuple[OccupationHeld, ...]:
    """Occupations whose years count: the vacancy's, or all where it names none."""
    return tuple(
        held
        for held in profile.occupations
        if not requirement.occupations or held.code in requirement.occupations
    )


def assess(
    profile: Profile,
    requirement: Requirement,
    points: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> tuple[RequirementRow, ...]:
    """Years in the vacancy's own unit groups, in proportion to the required ones.

    Years that were not stated are unknown and could still reach the requirement.
    """
    required = in_months(requirement.experience_years or 0)
    held = counting(profile, requirement)
    stated = sum(in_months(item.years) for item in held if item.years is not None)
    is_open = not profile.occupations or any(item.years is None for item in held)
    earned = points * min(stated, required) // required
    gain = Gain(earned, points if is_open else earned)
    has, status, known = Sentence(N_("Years not stated")), UNKNOWN, "unknown"
    if stated or not is_open:
        has = Sentence(N_("Years: {years}"), {"years": plain_number(stated / 12)})
        status = MET if stated >= required else PARTLY if is_open else SHORT
        known = known_as(held[0].evidence) if len(held) == 1 else "computed"
        if not held:
            has, status = Sentence(N_("No experience in this occupation")), NOT_MET
    years = plain_number(requirement.experience_years or 0)
    asked = Sentence(N_("Years of experience: {years}"), {"years": years})
    return (scored_row(NAME, asked, has, status, known, gain, points, parameters),)


def summarise(rows: tuple[RequirementRow, ...]) -> Sentence:
    """Years against the asked ones."""
    row = rows[0]
    asked = row.asked.values["years"]
    if row.status is UNKNOWN:
        return Sentence(N_("Years not stated, {asked} asked"), {"asked": asked})
    if row.status is NOT_MET:
        return row.has
    values = {"years": row.has.values["years"], "asked": asked}
    return Sentence(N_("Years of experience: {years}, asked: {asked}"), values)


def brief(rows: tuple[RequirementRow, ...]) -> Sentence | None:
    """The years that count."""
    years = rows[0].has.values.get("years")
    return None if years is None else Sentence(N_("{years} y"), {"years": years})
