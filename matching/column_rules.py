"""The rules of `matching.criteria` and `matching.gates` once more, on columns of people.

Every function here has a twin there that defines it; tests compare them person by person.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matching.closure import closure_of
from matching.columns import UNKNOWN
from matching.criteria import experience, languages, occupation, readiness, skills
from matching.parameters import Parameters
from matching.points import THOUSAND, in_months
from matching.pool import Columns
from matching.ragged import Bools, Ints
from matching.ranking_rules import points_by_criterion
from matching.types import Requirement, Verdict, Vocabulary

Gains = list[tuple[Ints, Ints]]
"""Low and high points of everybody, one pair for each requirement."""


def points(
    columns: Columns, requirement: Requirement, vocabulary: Vocabulary, parameters: Parameters
) -> tuple[Ints, Ints, Ints]:
    """Low, points and high of everybody, per million."""
    low, most, high = (np.zeros(columns.size, np.int64) for _ in range(3))
    for name, budget in points_by_criterion(requirement, parameters).items():
        gains = _SCORES[name](columns, requirement, budget, vocabulary, parameters)
        for least, best in gains:
            low += least
            high += best
            most += least + (best - least) * parameters.unknown_credit // THOUSAND
    return low, most, high


def _occupation(
    columns: Columns,
    requirement: Requirement,
    budget: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> Gains:
    held = columns.lists["occupations"]
    credit = _kinship(columns, requirement, parameters)[held.index]
    months = _months(held.values[:, 0])
    full = budget * credit // THOUSAND
    required = in_months(requirement.experience_years or 0)
    least = full
    if required:
        scaled = budget * credit * np.clip(months, 0, required) // (THOUSAND * required)
        least = np.where(months < 0, 0, scaled)
        full = np.where(months < 0, full, scaled)
    low, high = np.zeros(columns.size, np.int64), np.zeros(columns.size, np.int64)
    np.maximum.at(low, held.rows, least)
    np.maximum.at(high, held.rows, full)
    return [(low, np.where(held.is_filled, high, budget))]


def _kinship(columns: Columns, requirement: Requirement, parameters: Parameters) -> Ints:
    """Best credit of each distinct held code, in thousandths."""
    return np.array(
        [
            max(occupation.kinship(code, asked, parameters) for asked in requirement.occupations)
            for code in columns.lists["occupations"].names
        ],
        np.int64,
    )


def _months(years: npt.NDArray[np.float64]) -> Ints:
    return np.where(years < 0, -1, np.floor(years * 12 + 0.5)).astype(np.int64)


def _skills(
    columns: Columns,
    requirement: Requirement,
    budget: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> Gains:
    asked = skills.asked_skills(requirement, budget, vocabulary, parameters)
    named = [item for item in asked if not item.is_licence]
    known = closure_of(columns, vocabulary).points(named, vocabulary, parameters)
    gains: Gains = [(known, known)]
    unknown = _skills_unknown(columns)
    nothing = np.zeros(columns.size, np.int64)
    gains += [(nothing, np.where(unknown, item.points, 0)) for item in named]
    licences = columns.lists["licences"]
    for item in asked:
        if item.is_licence:
            earned = np.where(licences.has(item.code), item.points, 0)
            gains.append((earned, np.where(licences.is_filled, earned, item.points)))
    return gains


def _skills_unknown(columns: Columns) -> Bools:
    return ~columns.lists["skills"].is_filled & ~columns.lists["occupations"].is_filled


def _languages(
    columns: Columns,
    requirement: Requirement,
    budget: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> Gains:
    spoken = columns.lists["languages"]
    gains: Gains = []
    shares = languages.shares(requirement, budget)
    for asked, share in zip(requirement.languages, shares, strict=True):
        by_level = [
            share * languages.level_credit(level, asked.level, parameters) // THOUSAND
            for level in range(8)
        ]
        earned = np.array(by_level, np.int64)[spoken.column(asked.language, 0)]
        gains.append((earned, np.where(spoken.is_filled, earned, share)))
    return gains


def _experience(
    columns: Columns,
    requirement: Requirement,
    budget: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> Gains:
    held = columns.lists["occupations"]
    required = in_months(requirement.experience_years or 0)
    counts = np.array(
        [not requirement.occupations or code in requirement.occupations for code in held.names],
        bool,
    )[held.index]
    months = _months(held.values[:, 0])
    total = np.zeros(columns.size, np.int64)
    np.add.at(total, held.rows, np.where(counts, np.maximum(months, 0), 0))
    is_open = ~held.is_filled
    is_open[held.rows[counts & (months < 0)]] = True
    earned = budget * np.minimum(total, required) // required
    return [(earned, np.where(is_open, budget, earned))]


def _readiness(
    columns: Columns,
    requirement: Requirement,
    budget: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> Gains:
    passport, availability = readiness.shares(budget, parameters)
    asked = readiness.season(requirement, parameters)
    valid = columns.numbers["passport_valid_until"]
    days = asked.passport_until - asked.start + 1
    papers = passport * np.clip(valid - asked.start + 1, 0, days) // days
    begins, ends, undated = _availability(columns)
    days = asked.end - asked.start + 1
    covered = np.minimum(ends, asked.end) - np.maximum(begins, asked.start) + 1
    present = np.where(undated, 0, availability * np.maximum(covered, 0) // days)
    papers = np.where(valid == UNKNOWN, 0, papers)
    return [
        (papers, np.where(valid == UNKNOWN, passport, papers)),
        (present, np.where(undated, availability, present)),
    ]


def _availability(columns: Columns) -> tuple[Ints, Ints, Bools]:
    """First and last day, open where one is not stated, and who stated neither."""
    begins, ends = columns.numbers["available_from"], columns.numbers["available_to"]
    undated = (begins == UNKNOWN) & (ends == UNKNOWN)
    return (
        np.where(begins == UNKNOWN, 0, begins),
        np.where(ends == UNKNOWN, readiness.ALWAYS, ends),
        undated,
    )


Score = Callable[[Columns, Requirement, int, Vocabulary, Parameters], Gains]

_SCORES: dict[str, Score] = {
    "occupation": _occupation,
    "skills": _skills,
    "languages": _languages,
    "experience": _experience,
    "readiness": _readiness,
}


def gate_verdicts(
    columns: Columns, requirement: Requirement, parameters: Parameters
) -> npt.NDArray[np.int8]:
    """Verdicts, gates × people, in the order of `ranking_rules.gate_names`."""
    spoken, licences = columns.lists["languages"], columns.lists["licences"]
    everybody = np.ones(columns.size, bool)
    reached = everybody.copy()
    for asked in requirement.languages:
        if asked.must:
            reached &= spoken.column(asked.language, 0) >= asked.level
    held = everybody.copy()
    for code in requirement.licences_required:
        held &= licences.has(code)
    education = columns.numbers["education"]
    wished = columns.lists["desired_countries"]
    verdicts = [
        _verdict(reached, spoken.is_filled, any(asked.must for asked in requirement.languages)),
        _verdict(held, licences.is_filled, bool(requirement.licences_required)),
        _verdict(
            education >= (requirement.education_min or 0),
            education != UNKNOWN,
            requirement.education_min is not None,
        ),
        _availability_verdicts(columns, requirement, parameters),
        _verdict(wished.has(requirement.country), wished.is_filled, bool(requirement.country)),
    ]
    verdicts += [_outside(columns, gate) for gate in requirement.outside_gates]
    return np.array(verdicts, np.int8).reshape(len(verdicts), columns.size)


def _verdict(is_met: Bools, is_known: Bools, is_asked: bool) -> npt.NDArray[np.int8]:
    if not is_asked:
        return np.full(len(is_met), Verdict.MET, np.int8)
    verdict = np.where(is_met, Verdict.MET, Verdict.FAILED)
    return np.where(is_known, verdict, Verdict.UNKNOWN).astype(np.int8)


def _availability_verdicts(
    columns: Columns, requirement: Requirement, parameters: Parameters
) -> npt.NDArray[np.int8]:
    begins, ends, undated = _availability(columns)
    if not readiness.is_asked(requirement):
        return _verdict(~undated, ~undated, False)
    asked, tolerance = (
        readiness.season(requirement, parameters),
        parameters.availability_tolerance_days,
    )
    is_met = (begins <= asked.start + tolerance) & (ends >= asked.end - tolerance)
    return _verdict(is_met, ~undated, True)


def _outside(columns: Columns, gate: str) -> npt.NDArray[np.int8]:
    verdict = np.full(columns.size, Verdict.MET, np.int8)
    if "outside" in columns.lists:
        rows, values = columns.lists["outside"].who(gate)
        verdict[rows] = values[:, 0].astype(np.int8)
    return verdict


def flags(columns: Columns, requirement: Requirement, parameters: Parameters) -> dict[str, Bools]:
    """Who lacks which fact that this vacancy needs."""
    dates = readiness.is_asked(requirement)
    licences = requirement.licences_required or requirement.licences_preferred
    no_occupations = ~columns.lists["occupations"].is_filled
    asked = {
        "occupations_unknown": (
            occupation.is_asked(requirement) or experience.is_asked(requirement),
            no_occupations,
        ),
        "years_unknown": (
            experience.is_asked(requirement),
            _years_missing(columns, requirement, parameters),
        ),
        "skills_unknown": (
            bool(requirement.skills_essential or requirement.skills_optional),
            _skills_unknown(columns),
        ),
        "languages_unknown": (
            bool(requirement.languages),
            ~columns.lists["languages"].is_filled,
        ),
        "licences_unknown": (bool(licences), ~columns.lists["licences"].is_filled),
        "education_unknown": (requirement.education_min is not None, columns.unknown("education")),
        "availability_unknown": (dates, _availability(columns)[2]),
        "countries_unknown": (
            bool(requirement.country),
            ~columns.lists["desired_countries"].is_filled,
        ),
        "passport_unknown": (dates, columns.unknown("passport_valid_until")),
    }
    found = {name: missing for name, (is_asked, missing) in asked.items() if is_asked}
    for gate in requirement.outside_gates:
        found[f"{gate}_unknown"] = _outside(columns, gate) == Verdict.UNKNOWN
    return found


def _years_missing(columns: Columns, requirement: Requirement, parameters: Parameters) -> Bools:
    held = columns.lists["occupations"]
    unstated = held.values[:, 0] < 0
    if requirement.occupations:
        unstated &= _kinship(columns, requirement, parameters)[held.index] > 0
    missing = np.zeros(columns.size, bool)
    missing[held.rows[unstated]] = True
    return missing
