"""The asked skills as features and points, compiled: a batch shares out thousands of budgets.

`matching.criteria.skills.asked_skills` and `matching.points.split_points` define what is shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.criteria import skills
from matching.engine.jit import Array, Whole, compiled
from matching.engine.lexicon import Lexicon
from matching.engine.numbering import Names
from matching.parameters import Parameters
from matching.points import THOUSAND
from matching.types import Requirement
from matching.vocabulary import NEUTRAL_RARITY

(NAMED_BUDGET, NAMED_UNKNOWN, LICENCE_UNKNOWN) = range(3)


@dataclass(frozen=True)
class SkillPoints:
    """What the asked skills and preferred licences are worth."""

    features: Array
    points: Array
    licences: tuple[str, ...]
    licence_points: list[int]
    sums: list[int]
    """Points of all named skills, those while nothing is known, the same of the licences."""


def skill_points(
    requirement: Requirement,
    budget: int,
    lexicon: Lexicon,
    rarity: Mapping[str, int],
    parameters: Parameters,
) -> SkillPoints:
    """Share a budget over the asked skills, and each skill's points over its features."""
    essential = dict.fromkeys(requirement.skills_essential)
    optional = dict.fromkeys(s for s in requirement.skills_optional if s not in essential)
    licences = skills.preferred_licences(requirement)
    number = lexicon.names.of["skills"].number
    numbers = [number(skill) for skill in (*essential, *optional)]
    size, count = len(numbers), len(numbers) + len(licences)
    closed = lexicon.grow()
    weights = np.full(count, parameters.licence_preferred_weight * NEUTRAL_RARITY, np.int64)
    weights[:size] = _rarities(lexicon.names, rarity)[numbers]
    weights[: len(essential)] *= THOUSAND
    weights[len(essential) : size] *= parameters.skill_optional_weight
    room = np.zeros((4, 3 * count + 1), np.int64)
    sums = np.zeros(3, np.int64)
    found = share_out(
        weights,
        closed[numbers].reshape(-1, 3),
        budget,
        parameters.skill_related,
        parameters.skill_same_broader_group,
        parameters.unknown_credit,
        room,
        sums,
    )
    return SkillPoints(
        room[2, :found], room[3, :found], licences, room[0, size:count].tolist(), sums.tolist()
    )


def _rarities(names: Names, rarity: Mapping[str, int]) -> Array:
    """Rarity of every skill that has a number."""
    skill = names.of["skills"]
    of, kept = names.kept.get("rarity", (None, np.zeros(0, np.int64)))
    if of is not rarity:
        kept = np.zeros(0, np.int64)
    if len(kept) < len(skill) or of is not rarity:
        more = [rarity.get(skill[i], NEUTRAL_RARITY) for i in range(len(kept), len(skill))]
        kept = np.concatenate([kept, np.array(more, np.int64)])
        names.kept["rarity"] = (rarity, kept)
    found: Array = kept
    return found


@compiled
def share_out(
    weights: Array,
    closed: Array,
    budget: Whole,
    related: Whole,
    broader: Whole,
    credit: Whole,
    room: Array,
    sums: Array,
) -> Whole:
    """Points of each item in room[0], of each feature in room[2] (number) and room[3] (points)."""
    parts, rests, features, points = room[0], room[1], room[2], room[3]
    whole: Whole = 0
    for weight in weights:
        whole += weight
    left: Whole = budget if whole > 0 else 0
    for i in range(len(weights)):
        if whole > 0:
            parts[i] = budget * weights[i] // whole
            rests[i] = budget * weights[i] % whole
            left -= parts[i]
    for _ in range(left):  # the largest remainders get one more each, the first of equal ones
        best = 0
        for i in range(len(weights)):
            if rests[i] > rests[best]:
                best = i
        parts[best] += 1
        rests[best] = -1
    count = 0
    for i in range(len(weights)):
        if i >= len(closed):
            sums[LICENCE_UNKNOWN] += parts[i] * credit // 1000
            continue
        sums[NAMED_BUDGET] += parts[i]
        sums[NAMED_UNKNOWN] += parts[i] * credit // 1000
        near, far = parts[i] * related // 1000, parts[i] * broader // 1000
        for level in range(3):
            step = parts[i] - near if level == 0 else near - far if level == 1 else far
            place = 0
            while place < count and features[place] != closed[i, level]:
                place += 1
            if step > 0 and place == count:
                features[count] = closed[i, level]
                points[count] = 0
                count += 1
            if step > 0:
                points[place] += step
    return count
