"""What the reference tables say about skills: groups, likely skills, rarity."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping

from matching.engine.snapshot import pack, unpack
from matching.parameters import Parameters
from matching.points import THOUSAND
from matching.types import Profile, Vocabulary

NEUTRAL_RARITY = 100
"""Weight of a skill about whose rarity nothing is known."""


def build_vocabulary(
    group: Mapping[str, str],
    broader: Mapping[str, str],
    essential: Mapping[str, frozenset[str]],
    parameters: Parameters,
    own_skills: Collection[str] = (),
    own_essential: Mapping[str, frozenset[str]] | None = None,
) -> Vocabulary:
    """Join the relations and the rarity that follows from them.

    The rarity of `own_skills` is counted in `own_essential` alone, so that relations which an
    imported classification adds leave the weights of older vacancies as they were.
    """
    skills = set(group).union(*essential.values()) if essential else set(group)
    rarity = skill_rarity(skills, essential, parameters)
    if own_essential is not None:
        rarity |= skill_rarity(own_skills, own_essential, parameters)
    return Vocabulary(group, broader, essential, rarity)


def skill_rarity(
    skills: Iterable[str], essential: Mapping[str, frozenset[str]], parameters: Parameters
) -> dict[str, int]:
    """Weigh each skill, in hundredths, by how few unit groups it is essential to."""
    counts = dict.fromkeys(skills, 0)
    for needed in essential.values():
        for skill in needed & counts.keys():
            counts[skill] += 1
    base = parameters.skill_rarity_base / THOUSAND
    return {
        skill: round(NEUTRAL_RARITY * (math.log((len(essential) + 1) / (count + 1)) + base))
        for skill, count in counts.items()
    }


def group_of(skill: str, vocabulary: Vocabulary) -> str:
    """Level-3 group of a skill; a skill without one stands alone, under a name of its own."""
    return vocabulary.group.get(skill) or f"skill:{skill}"


def broader_of(group: str, vocabulary: Vocabulary) -> str:
    """Level-2 group of a level-3 group; a group without one stands alone."""
    return vocabulary.broader.get(group) or f"group:{group}"


def likely_skills(profile: Profile, vocabulary: Vocabulary) -> dict[str, str]:
    """Skills essential to an occupation the person worked in, each with that occupation."""
    likely: dict[str, str] = {}
    for code in sorted({held.code for held in profile.occupations}):
        for skill in vocabulary.essential.get(code, ()):
            likely.setdefault(skill, code)
    return likely


def vocabulary_to_bytes(vocabulary: Vocabulary) -> bytes:
    """A compressed snapshot for a stored run; equal relations give equal bytes."""
    relations = {
        "group": dict(vocabulary.group),
        "broader": dict(vocabulary.broader),
        "essential": {code: sorted(skills) for code, skills in vocabulary.essential.items()},
        "rarity": dict(vocabulary.rarity),
    }
    return pack(json.dumps(relations, ensure_ascii=False, sort_keys=True).encode())


def vocabulary_from_bytes(snapshot: bytes) -> Vocabulary:
    """Read a snapshot back; refuses one that was damaged."""
    relations = json.loads(unpack(snapshot))
    essential = {code: frozenset(skills) for code, skills in relations["essential"].items()}
    return Vocabulary(relations["group"], relations["broader"], essential, relations["rarity"])
