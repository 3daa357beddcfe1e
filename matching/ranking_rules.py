"""The rules of ranking, as a list: what earns points, and what excludes.

Score = the sum over the criteria that the vacancy asks for, each with its weight of the current
parameters, re-scaled so that they add up to 100. A person behind a gate is not ranked but stays
visible with the reason. Neither list has sex, age, name, region, nationality or family status:
where an agreement's own clause sets an age or citizenship, that is decided outside and comes in
as a gate, never as points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.texts import Sentence
from matching import gates
from matching.criteria import experience, languages, occupation, readiness, skills
from matching.parameters import Parameters
from matching.points import MILLION, split_points
from matching.types import Profile, Requirement, RequirementRow, Vocabulary


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that earns points."""

    name: str
    """Its weight is the parameter `weight_<name>`."""
    facts: tuple[str, ...]
    """Fields of a profile that it looks at."""
    is_asked: Callable[[Requirement], bool]
    assess: Callable[
        [Profile, Requirement, int, Vocabulary, Parameters], tuple[RequirementRow, ...]
    ]
    summarise: Callable[[tuple[RequirementRow, ...]], Sentence]
    brief: Callable[[tuple[RequirementRow, ...]], Sentence | None]
    """The same in a word beside the sign of the status; None where the sign says it all."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Something that excludes; `check` says None where the vacancy does not ask for it."""

    name: str
    check: gates.GateCheck


CRITERIA = (
    Criterion(
        "occupation",
        ("occupations",),
        occupation.is_asked,
        occupation.assess,
        occupation.summarise,
        occupation.brief,
    ),
    Criterion(
        "skills",
        ("skills", "occupations", "licences"),
        skills.is_asked,
        skills.assess,
        skills.summarise,
        skills.brief,
    ),
    Criterion(
        "languages",
        ("languages",),
        languages.is_asked,
        languages.assess,
        languages.summarise,
        languages.brief,
    ),
    Criterion(
        "experience",
        ("occupations",),
        experience.is_asked,
        experience.assess,
        experience.summarise,
        experience.brief,
    ),
    Criterion(
        "readiness",
        ("passport_valid_until", "available_from", "available_to"),
        readiness.is_asked,
        readiness.assess,
        readiness.summarise,
        readiness.brief,
    ),
)

GATES = (
    Gate("language_below_must", gates.language_below_must),
    Gate("licence_missing", gates.licence_missing),
    Gate("education_below_min", gates.education_below_min),
    Gate("not_available", gates.not_available),
    Gate("country_not_wished", gates.country_not_wished),
    # Then those of Requirement.outside_gates, in their order: scheme rules and process facts.
)


def points_by_criterion(requirement: Requirement, parameters: Parameters) -> dict[str, int]:
    """Points of each criterion the vacancy asks for; they add up to a million."""
    asked = [criterion.name for criterion in CRITERIA if criterion.is_asked(requirement)]
    shares = split_points(MILLION, [parameters.weights[name] for name in asked])
    return dict(zip(asked, shares, strict=True))


def gate_names(requirement: Requirement) -> tuple[str, ...]:
    """All gates in the order in which they are checked."""
    return (*(gate.name for gate in GATES), *requirement.outside_gates)
