"""The reference: slow and plain, the definition of what the fast path has to return.

It walks over the people one by one and reads like the table of the ranking rules.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from domain.enums import CriterionStatus
from matching import gates
from matching.criteria.rows import overall_status
from matching.parameters import Parameters
from matching.places import Places
from matching.points import MILLION
from matching.ranking_rules import CRITERIA, GATES, Criterion, gate_names, points_by_criterion
from matching.types import (
    CriterionResult,
    Exclusion,
    Profile,
    RankedCandidate,
    Ranking,
    Requirement,
    RequirementRow,
    Verdict,
    Vocabulary,
)


def rank_one_by_one(
    profiles: Iterable[Profile],
    requirement: Requirement,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> Ranking:
    """Rank people for a vacancy, best first, every candidate explained."""
    scored: list[tuple[Profile, tuple[CriterionResult, ...]]] = []
    excluded: list[Exclusion] = []
    for profile in profiles:
        failed = failed_gates(profile, requirement, parameters)
        if failed:
            excluded.append(Exclusion(profile.person, failed))
        else:
            scored.append((profile, assess(profile, requirement, vocabulary, parameters)))

    def order(entry: tuple[Profile, tuple[CriterionResult, ...]]) -> tuple[int, int, int, int]:
        profile, criteria = entry
        points, low = sum(c.points for c in criteria), sum(c.low for c in criteria)
        return -points, -low, profile.registered, profile.person

    candidates = tuple(
        RankedCandidate(
            person=profile.person,
            rank=rank,
            points=sum(c.points for c in criteria),
            low=sum(c.low for c in criteria),
            high=sum(c.high for c in criteria),
            flags=gates.flags(profile, requirement, parameters),
            criteria=criteria,
        )
        for rank, (profile, criteria) in enumerate(sorted(scored, key=order), start=1)
    )
    excluded.sort(key=lambda exclusion: exclusion.person)
    names = gate_names(requirement)
    first = [exclusion.gates[0] for exclusion in excluded]
    counts = {gate: first.count(gate) for gate in names if gate in first}
    pool = len(scored) + len(excluded)
    places = Places(
        person=np.array([c.person for c in candidates], np.int64),
        points=np.array([c.points for c in candidates], np.int64),
        low=np.array([c.low for c in candidates], np.int64),
        high=np.array([c.high for c in candidates], np.int64),
        has_questions=np.array([bool(c.flags) for c in candidates], bool),
        excluded=np.array([exclusion.person for exclusion in excluded], np.int64),
        first_gate=np.array([names.index(gate) for gate in first], np.int64),
        gates=tuple(names),
    )
    return Ranking(parameters.version, pool, candidates, tuple(excluded), counts, lambda: places)


def failed_gates(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> tuple[str, ...]:
    """Names of the gates that exclude this person, in the order of the rules."""
    own = [
        gate.name
        for gate in GATES
        if gate.check(profile, requirement, parameters) is Verdict.FAILED
    ]
    outside = [
        gate
        for gate in requirement.outside_gates
        if gates.outside_verdict(profile, gate) is Verdict.FAILED
    ]
    return (*own, *outside)


def scored_rows(
    profile: Profile, requirement: Requirement, vocabulary: Vocabulary, parameters: Parameters
) -> dict[str, tuple[RequirementRow, ...]]:
    """Requirement rows that earn points, by criterion, for what the vacancy asks."""
    budget = points_by_criterion(requirement, parameters)
    return {
        criterion.name: criterion.assess(
            profile, requirement, budget[criterion.name], vocabulary, parameters
        )
        for criterion in CRITERIA
        if criterion.name in budget
    }


def assess(
    profile: Profile, requirement: Requirement, vocabulary: Vocabulary, parameters: Parameters
) -> tuple[CriterionResult, ...]:
    """What each asked criterion says about one person."""
    rows = scored_rows(profile, requirement, vocabulary, parameters)
    return tuple(
        _result(criterion, rows[criterion.name]) for criterion in CRITERIA if criterion.name in rows
    )


def _result(criterion: Criterion, rows: tuple[RequirementRow, ...]) -> CriterionResult:
    status = overall_status(rows)
    most = sum(row.points_max for row in rows)
    points = sum(row.points for row in rows)
    is_unknown = status is CriterionStatus.UNKNOWN or most == 0
    return CriterionResult(
        name=criterion.name,
        weight=most / MILLION,
        credit=None if is_unknown else points / most,
        status=status,
        points=points,
        low=sum(row.low for row in rows),
        high=sum(row.high for row in rows),
        sentence=criterion.summarise(rows),
        brief=criterion.brief(rows),
    )
