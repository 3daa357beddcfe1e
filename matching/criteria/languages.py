"""Languages: does the person reach each asked CEFR level?"""

from __future__ import annotations

from domain.texts import N_, Sentence, Term
from matching.criteria.rows import (
    MET,
    NOT_MET,
    SHORT,
    UNKNOWN,
    costliest,
    known_as,
    level_term,
    scored_row,
)
from matching.parameters import Parameters
from matching.points import THOUSAND, Gain, split_points
from matching.types import LanguageAsked, Profile, Requirement, RequirementRow, Vocabulary

NAME = "languages"


def is_asked(requirement: Requirement) -> bool:
    """Asked when the vacancy names a language."""
    return bool(requirement.languages)


def level_credit(held: int, asked: int, parameters: Parameters) -> int:
    """Credit, in thousandths, of a level; a language that is not spoken (0) earns nothing."""
    if held == 0:
        return 0
    return max(0, THOUSAND - parameters.language_step * max(0, asked - held))


def shares(requirement: Requirement, points: int) -> tuple[int, ...]:
    """Points of each asked language: equal parts."""
    return split_points(points, [1] * len(requirement.languages))


def assess(
    profile: Profile,
    requirement: Requirement,
    points: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> tuple[RequirementRow, ...]:
    """One row for each asked language.

    Full credit at the asked level, less by the parameter for each CEFR level short. A list of
    languages is taken as complete: what it does not name is not spoken. An empty list is unknown.
    A language that is a must is a gate as well.
    """
    return tuple(
        _row(profile, asked, share, parameters)
        for asked, share in zip(requirement.languages, shares(requirement, points), strict=True)
    )


def _row(
    profile: Profile, asked: LanguageAsked, points: int, parameters: Parameters
) -> RequirementRow:
    language = Term("language", asked.language)
    wanted = Sentence(
        N_("{language} {level}"), {"language": language, "level": level_term(asked.level)}
    )
    if not profile.languages:
        has, status, known = Sentence(N_("Languages not stated")), UNKNOWN, "unknown"
        gain = Gain(0, points)
    elif asked.language not in profile.languages:
        has = Sentence(N_("{language} not spoken"), {"language": language})
        status, known, gain = NOT_MET, "stated", Gain(0, 0)
    else:
        level, evidence = profile.languages[asked.language]
        has = Sentence(N_("{language} {level}"), {"language": language, "level": level_term(level)})
        status = MET if level >= asked.level else SHORT
        earned = points * level_credit(level, asked.level, parameters) // THOUSAND
        known, gain = known_as(evidence), Gain(earned, earned)
    return scored_row(
        NAME, wanted, has, status, known, gain, points, parameters, is_gate=asked.must
    )


def summarise(rows: tuple[RequirementRow, ...]) -> Sentence:
    """The language that loses most, or that all are reached: "German B1, A2 asked"."""
    if len(rows) > 1 and all(row.status is MET for row in rows):
        return Sentence(N_("All {count} languages at the asked level"), {"count": len(rows)})
    row = costliest(rows)
    asked = row.asked.values["level"]
    language = row.asked.values["language"]
    if row.status is UNKNOWN:
        values = {"language": language, "asked": asked}
        return Sentence(N_("Languages not stated, {language} {asked} asked"), values)
    if row.status is NOT_MET:
        values = {"language": language, "asked": asked}
        return Sentence(N_("{language} not spoken, {asked} asked"), values)
    values = {"language": language, "level": row.has.values["level"], "asked": asked}
    return Sentence(N_("{language} {level}, {asked} asked"), values)


def brief(rows: tuple[RequirementRow, ...]) -> Sentence | None:
    """The level reached; of several languages, how many reach theirs."""
    if len(rows) > 1:
        if all(row.status is UNKNOWN for row in rows):
            return None
        reached = sum(row.status is MET for row in rows)
        return Sentence(N_("{held} of {asked}"), {"held": reached, "asked": len(rows)})
    level = rows[0].has.values.get("level")
    return Sentence(N_("{level}"), {"level": level}) if level else None
