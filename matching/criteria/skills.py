"""Skills: which of the asked skills does the person have, surely, likely or nearly?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.enums import CriterionStatus
from domain.texts import N_, Sentence, Term
from matching.criteria.rows import MET, NOT_MET, PARTLY, UNKNOWN, known_as, scored_row
from matching.parameters import Parameters
from matching.points import THOUSAND, Gain, split_points
from matching.types import Profile, Requirement, RequirementRow, Vocabulary
from matching.vocabulary import NEUTRAL_RARITY, broader_of, group_of, likely_skills

NAME = "skills"


@dataclass(frozen=True, slots=True)
class Asked:
    """One asked skill or preferred licence and the points it is worth."""

    code: str
    is_licence: bool
    is_preferred: bool
    points: int

    def points_for(self, credit: int) -> int:
        """Points for a credit in thousandths."""
        return self.points * credit // THOUSAND


def is_asked(requirement: Requirement) -> bool:
    """Asked when the vacancy names a skill or a preferred licence."""
    return bool(
        requirement.skills_essential
        or requirement.skills_optional
        or preferred_licences(requirement)
    )


def preferred_licences(requirement: Requirement) -> tuple[str, ...]:
    """Licences that are preferred and not required as well: a required one is a gate."""
    preferred = dict.fromkeys(requirement.licences_preferred)
    return tuple(code for code in preferred if code not in requirement.licences_required)


def all_unknown(profile: Profile) -> bool:
    """Nobody names all their skills: only without skills and occupations are they unknown."""
    return not profile.skills and not profile.occupations


def asked_skills(
    requirement: Requirement, points: int, vocabulary: Vocabulary, parameters: Parameters
) -> tuple[Asked, ...]:
    """Share the points: essential 1, optional and preferred less, skills times rarity."""
    weights: dict[tuple[str, bool, bool], int] = {}
    essential = dict.fromkeys(requirement.skills_essential)
    optional = dict.fromkeys(s for s in requirement.skills_optional if s not in essential)
    for skill in essential:
        weights[skill, False, False] = THOUSAND * _rarity(skill, vocabulary)
    for skill in optional:
        rarity = _rarity(skill, vocabulary)
        weights[skill, False, True] = parameters.skill_optional_weight * rarity
    for licence in preferred_licences(requirement):
        weights[licence, True, True] = parameters.licence_preferred_weight * NEUTRAL_RARITY
    shares = split_points(points, tuple(weights.values()))
    return tuple(Asked(*key, share) for key, share in zip(weights, shares, strict=True))


def _rarity(skill: str, vocabulary: Vocabulary) -> int:
    return vocabulary.rarity.get(skill, NEUTRAL_RARITY)


def assess(
    profile: Profile,
    requirement: Requirement,
    points: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> tuple[RequirementRow, ...]:
    """One row for each asked skill, by its best evidence, then each preferred licence.

    Held counts fully. A skill of the same level-3 group, or one essential to an occupation worked
    in, counts as related; one of the same level-2 group less. Nobody names all their skills, so a
    skill that is not named is likely or not met; only a person with neither skills nor
    occupations has unknown skills.
    """
    evidence = _Evidence(profile, vocabulary)
    return tuple(
        _licence_row(profile, asked, parameters)
        if asked.is_licence
        else _skill_row(profile, asked, evidence, parameters)
        for asked in asked_skills(requirement, points, vocabulary, parameters)
    )


class _Evidence:
    """A person's skills closed upward: which skill or occupation speaks for each group."""

    def __init__(self, profile: Profile, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.likely = likely_skills(profile, vocabulary)
        self.groups: dict[str, str] = {}
        self.broader: dict[str, str] = {}
        for skill in (*sorted(profile.skills), *sorted(self.likely)):
            group = group_of(skill, vocabulary)
            self.groups.setdefault(group, skill)
            self.broader.setdefault(broader_of(group, vocabulary), skill)


def _skill_row(
    profile: Profile, asked: Asked, evidence: _Evidence, parameters: Parameters
) -> RequirementRow:
    credit, status, known, has = _best_evidence(profile, asked.code, evidence, parameters)
    gain = Gain(asked.points_for(credit), asked.points_for(credit))
    if status is UNKNOWN:
        gain = Gain(0, asked.points)
    wanted = N_("{skill}, preferred") if asked.is_preferred else N_("{skill}")
    sentence = Sentence(wanted, {"skill": Term("skill", asked.code)})
    return scored_row(NAME, sentence, has, status, known, gain, asked.points, parameters)


def _best_evidence(
    profile: Profile, skill: str, evidence: _Evidence, parameters: Parameters
) -> tuple[int, CriterionStatus, str, Sentence]:
    if all_unknown(profile):
        return 0, UNKNOWN, "unknown", Sentence(N_("Skills not stated"))
    if skill in profile.skills:
        return THOUSAND, MET, known_as(profile.skills[skill]), Sentence(N_("Has it"))
    related = parameters.skill_related
    if skill in evidence.likely:
        occupation = Term("occupation", evidence.likely[skill])
        has = Sentence(N_("Likely, from work as: {occupation}"), {"occupation": occupation})
        return related, PARTLY, "likely", has
    group = group_of(skill, evidence.vocabulary)
    broader = broader_of(group, evidence.vocabulary)
    if group in evidence.groups:
        near, credit, text = evidence.groups[group], related, N_("Related: {skill}")
    elif broader in evidence.broader:
        near, credit = evidence.broader[broader], parameters.skill_same_broader_group
        text = N_("Distantly related: {skill}")
    else:
        return 0, NOT_MET, "computed", Sentence(N_("Not named"))
    known = known_as(profile.skills[near]) if near in profile.skills else "likely"
    return credit, PARTLY, known, Sentence(text, {"skill": Term("skill", near)})


def _licence_row(profile: Profile, asked: Asked, parameters: Parameters) -> RequirementRow:
    if not profile.licences:
        has, status, known = Sentence(N_("Licences not stated")), UNKNOWN, "unknown"
        gain = Gain(0, asked.points)
    elif asked.code in profile.licences:
        has, status = Sentence(N_("Has it")), MET
        known, gain = known_as(profile.licences[asked.code]), Gain(asked.points, asked.points)
    else:
        has, status, known, gain = Sentence(N_("Not held")), NOT_MET, "stated", Gain(0, 0)
    wanted = Sentence(N_("{licence}, preferred"), {"licence": Term("licence", asked.code)})
    return scored_row(NAME, wanted, has, status, known, gain, asked.points, parameters)


def summarise(rows: tuple[RequirementRow, ...]) -> Sentence:
    """How many of the asked skills are held, and how many are likely or related."""
    if all(row.status is UNKNOWN for row in rows):
        return Sentence(N_("Skills not stated"))
    held = sum(row.status is MET for row in rows)
    near = sum(row.status is PARTLY for row in rows)
    values: dict[str, object] = {"held": held, "asked": len(rows), "near": near}
    if near:
        return Sentence(N_("Skills: {held} of {asked}, likely or related: {near}"), values)
    return Sentence(N_("Skills: {held} of {asked}"), values)


def brief(rows: tuple[RequirementRow, ...]) -> Sentence | None:
    """Skills held of those asked."""
    if all(row.status is UNKNOWN for row in rows):
        return None
    held = sum(row.status is MET for row in rows)
    return Sentence(N_("{held} of {asked}"), {"held": held, "asked": len(rows)})
