"""One thing that can be trained: what it does to a person, and how near a person has to be.

A gap is something that is known to be missing. An empty list is unknown: that is a question to
ask, not a course to plan, so it never counts here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.enums import Evidence, GapKind
from domain.texts import N_, Sentence, Term
from matching.criteria import skills
from matching.criteria.rows import level_term
from matching.types import Profile, Requirement

HIGHEST_TAUGHT = 6
"""C2; nobody learns to be a native speaker."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing to train; `level` is the CEFR level to reach, 0 for licences and skills."""

    kind: GapKind
    code: str
    level: int = 0

    @property
    def sentence(self) -> Sentence:
        """What it is called."""
        if self.kind is GapKind.LANGUAGE:
            values = {"language": Term("language", self.code), "level": level_term(self.level)}
            return Sentence(N_("{language} {level}"), values)
        if self.kind is GapKind.LICENCE:
            return Sentence(N_("{licence}"), {"licence": Term("licence", self.code)})
        return Sentence(N_("{skill}"), {"skill": Term("skill", self.code)})


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a person has to be for one course to be enough."""

    language_levels: int
    """CEFR levels that one course can raise; a language that is not spoken counts as level 0."""
    untaught: frozenset[str] = frozenset()
    """Licences that no course before departure can give."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A vacancy and its places: candidates who are sent to the employer."""

    requirement: Requirement
    places: int


def is_asked(requirement: Requirement, change: Change) -> bool:
    """Whether the vacancy asks for what is trained; other vacancies are not counted for it."""
    if change.kind is GapKind.LANGUAGE:
        return any(asked.language == change.code for asked in requirement.languages)
    if change.kind is GapKind.LICENCE:
        return change.code in (*requirement.licences_required, *requirement.licences_preferred)
    return change.code in requirement.skills_essential


def asked_changes(requirements: Sequence[Requirement], near: Nearness) -> tuple[Change, ...]:
    """Everything that some vacancy asks for and that can be trained, in a fixed order."""
    highest: dict[str, int] = {}
    others: set[Change] = set()
    for requirement in requirements:
        for asked in requirement.languages:
            highest[asked.language] = max(highest.get(asked.language, 0), asked.level)
        others |= set(_plain(GapKind.LICENCE, requirement.licences_required))
        others |= set(_plain(GapKind.LICENCE, requirement.licences_preferred))
        others |= set(_plain(GapKind.SKILL, requirement.skills_essential))
    others -= set(_plain(GapKind.LICENCE, near.untaught))
    levels = [
        Change(GapKind.LANGUAGE, language, level)
        for language, most in highest.items()
        for level in range(1, min(most, HIGHEST_TAUGHT) + 1)
    ]
    return tuple(sorted([*levels, *others]))


def _plain(kind: GapKind, codes: Iterable[str]) -> list[Change]:
    return [Change(kind, code) for code in codes]


def trained(profile: Profile, change: Change, near: Nearness) -> Profile | None:
    """The person after the change; None where it is no gap of theirs, or one too wide."""
    if change.kind is GapKind.LANGUAGE:
        held = profile.languages.get(change.code, (0, Evidence.STATED))[0]
        is_near = held < change.level <= held + near.language_levels
        if not profile.languages or not is_near:
            return None
        reached = {**profile.languages, change.code: (change.level, Evidence.STATED)}
        return replace(profile, languages=reached)
    if change.kind is GapKind.LICENCE:
        if not profile.licences or change.code in profile.licences:
            return None
        return replace(profile, licences={**profile.licences, change.code: Evidence.STATED})
    if skills.all_unknown(profile) or change.code in profile.skills:
        return None
    return replace(profile, skills={**profile.skills, change.code: Evidence.STATED})
