"""Occupation: has the person worked in what the vacancy is for?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.enums import CriterionStatus, Evidence
from domain.texts import N_, Sentence, Term
from matching.criteria.rows import UNKNOWN, known_as, plain_number, scored_row
from matching.parameters import Parameters
from matching.points import THOUSAND, Gain, in_months
from matching.types import OccupationHeld, Profile, Requirement, RequirementRow, Vocabulary

NAME = "occupation"


def is_asked(requirement: Requirement) -> bool:
    """Asked when the vacancy names an occupation."""
    return bool(requirement.occupations)


def kinship(held: str, asked: str, parameters: Parameters) -> int:
    """Credit, in thousandths, for how many leading digits two ISCO-08 codes share."""
    if held == asked:
        return THOUSAND
    for length, credit in (
        (3, parameters.occupation_same_minor_group),
        (2, parameters.occupation_same_sub_major_group),
        (1, parameters.occupation_same_major_group),
    ):
        if held[:length] == asked[:length]:
            return credit
    return 0


@dataclass(frozen=True, slots=True)
class _Match:
    """One held occupation against one asked."""

    held: OccupationHeld
    asked: str
    kinship: int
    gain: Gain


def assess(
    profile: Profile,
    requirement: Requirement,
    points: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> tuple[RequirementRow, ...]:
    """The best pair of a held and an asked occupation.

    Full credit for the same unit group, less by shared digits of the code, scaled by years up to
    the required ones. Years that were not stated are unknown; no occupation at all is unknown.
    """
    matches = [
        _match(held, asked, requirement, points, parameters)
        for held in profile.occupations
        for asked in requirement.occupations
    ]
    if not matches:
        asked = _asked(requirement.occupations[0], requirement)
        has = Sentence(N_("Occupations not stated"))
        return (
            scored_row(NAME, asked, has, UNKNOWN, "unknown", Gain(0, points), points, parameters),
        )
    gain = Gain(max(m.gain.low for m in matches), max(m.gain.high for m in matches))
    best = max(matches, key=lambda match: _preference(match, parameters))
    return (
        scored_row(
            NAME,
            _asked(best.asked, requirement),
            _has(best),
            _status(best, gain, points),
            known_as(best.held.evidence) if best.kinship else "computed",
            gain,
            points,
            parameters,
        ),
    )


def _match(
    held: OccupationHeld, asked: str, requirement: Requirement, points: int, parameters: Parameters
) -> _Match:
    credit = kinship(held.code, asked, parameters)
    full = points * credit // THOUSAND
    required = in_months(requirement.experience_years or 0)
    if required == 0:
        gain = Gain(full, full)
    elif held.years is None:
        gain = Gain(0, full)
    else:
        worked = min(in_months(held.years), required)
        scaled = points * credit * worked // (THOUSAND * required)
        gain = Gain(scaled, scaled)
    return _Match(held, asked, credit, gain)


def _preference(match: _Match, parameters: Parameters) -> tuple[object, ...]:
    # The order of a person's occupations must not change what is said about them.
    held = match.held
    years = -1.0 if held.years is None else held.years
    points = match.gain.points(parameters.unknown_credit)
    strength = list(Evidence).index(held.evidence)
    return points, match.kinship, years, strength, held.code, match.asked


def _status(best: _Match, gain: Gain, points: int) -> CriterionStatus:
    if gain.low == points:
        return CriterionStatus.MET
    if gain.high == 0:
        return CriterionStatus.NOT_MET
    if best.kinship == THOUSAND and best.held.years is not None:
        return CriterionStatus.SHORT
    return CriterionStatus.PARTLY


def _asked(code: str, requirement: Requirement) -> Sentence:
    occupation = Term("occupation", code)
    if requirement.experience_years:
        years = plain_number(requirement.experience_years)
        return Sentence(
            N_("{occupation}, years: {years}"), {"occupation": occupation, "years": years}
        )
    return Sentence(N_("{occupation}"), {"occupation": occupation})


def _has(best: _Match) -> Sentence:
    if best.kinship == 0:
        return Sentence(N_("No related occupation"))
    values: dict[str, object] = {"occupation": Term("occupation", best.held.code)}
    if best.held.years is None:
        if best.kinship < THOUSAND:
            return Sentence(N_("Related: {occupation}, years not stated"), values)
        return Sentence(N_("{occupation}, years not stated"), values)
    values["years"] = plain_number(best.held.years)
    if best.kinship < THOUSAND:
        return Sentence(N_("Related: {occupation}, years: {years}"), values)
    return Sentence(N_("{occupation}, years: {years}"), values)


def summarise(rows: tuple[RequirementRow, ...]) -> Sentence:
    """The occupation the person worked in, as the row has it."""
    return rows[0].has


def brief(rows: tuple[RequirementRow, ...]) -> Sentence | None:
    """Whether it is the asked occupation or a related one."""
    asked, held = rows[0].asked.values, rows[0].has.values
    if "occupation" not in held:
        return None
    same = held["occupation"] == asked["occupation"]
    return Sentence(N_("the same") if same else N_("related"))
