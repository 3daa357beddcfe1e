"""Readiness: do the passport and the person's dates cover the season?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.texts import N_, Sentence
from matching.criteria.rows import MET, NOT_MET, PARTLY, UNKNOWN, costliest, scored_row
from matching.parameters import Parameters
from matching.points import Gain, split_points
from matching.types import Profile, Requirement, RequirementRow, Verdict, Vocabulary

NAME = "readiness"

ALWAYS = 10**7
"""A day ordinal after every date: the end of an open availability."""


@dataclass(frozen=True, slots=True)
class Season:
    """First and last day of the work, and until when the passport has to be valid."""

    start: int
    end: int
    passport_until: int


def is_asked(requirement: Requirement) -> bool:
    """Asked when the vacancy has a date."""
    return requirement.start is not None or requirement.end is not None


def season(requirement: Requirement, parameters: Parameters) -> Season:
    """Days to cover; a vacancy with one date only gets the season's usual length."""
    length = parameters.season_days_if_open
    start, end = requirement.start, requirement.end
    if start is None:
        start = (end or 0) - length + 1
    if end is None:
        end = start + length - 1
    end = max(start, end)
    return Season(start, end, end + parameters.passport_margin_days)


def shares(points: int, parameters: Parameters) -> tuple[int, int]:
    """Points of the passport and of the dates."""
    parts = (parameters.readiness_passport, parameters.readiness_availability)
    passport, availability = split_points(points, parts)
    return passport, availability


def availability_verdict(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> Verdict:
    """Whether the stated dates leave the season intact but for the tolerance."""
    if profile.available_from is None and profile.available_to is None:
        return Verdict.UNKNOWN
    asked, tolerance = season(requirement, parameters), parameters.availability_tolerance_days
    is_late = (profile.available_from or 0) > asked.start + tolerance
    is_early = (profile.available_to or ALWAYS) < asked.end - tolerance
    return Verdict.FAILED if is_late or is_early else Verdict.MET


def assess(
    profile: Profile,
    requirement: Requirement,
    points: int,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> tuple[RequirementRow, ...]:
    """Share of the days that the passport and the stated availability cover.

    One stated bound of the availability leaves the other open; none at all is unknown. Being
    unavailable by more than the tolerance excludes as well.
    """
    passport, availability = shares(points, parameters)
    asked = season(requirement, parameters)
    return (
        _passport_row(profile, asked, passport, parameters),
        _availability_row(profile, requirement, asked, availability, parameters),
    )


def _passport_row(
    profile: Profile, asked: Season, points: int, parameters: Parameters
) -> RequirementRow:
    until = date.fromordinal(asked.passport_until)
    wanted = Sentence(N_("Passport valid until {date}"), {"date": until})
    if profile.passport_valid_until is None:
        has = Sentence(N_("Passport not stated"))
        gain, status, known = Gain(0, points), UNKNOWN, "unknown"
    else:
        valid = date.fromordinal(profile.passport_valid_until)
        has = Sentence(N_("Passport valid until {date}"), {"date": valid})
        days = asked.passport_until - asked.start + 1
        covered = min(max(profile.passport_valid_until - asked.start + 1, 0), days)
        gain = Gain(points * covered // days, points * covered // days)
        status = MET if covered == days else PARTLY if covered else NOT_MET
        known = "stated"
    return scored_row(NAME, wanted, has, status, known, gain, points, parameters)


def _availability_row(
    profile: Profile, requirement: Requirement, asked: Season, points: int, parameters: Parameters
) -> RequirementRow:
    wanted = Sentence(
        N_("Available {start} – {end}"),
        {"start": date.fromordinal(asked.start), "end": date.fromordinal(asked.end)},
    )
    verdict = availability_verdict(profile, requirement, parameters)
    if verdict is Verdict.UNKNOWN:
        gain, status, known = Gain(0, points), UNKNOWN, "unknown"
    else:
        days = asked.end - asked.start + 1
        first = max(profile.available_from or 0, asked.start)
        last = min(profile.available_to or ALWAYS, asked.end)
        covered = max(last - first + 1, 0)
        gain = Gain(points * covered // days, points * covered // days)
        is_failed = verdict is Verdict.FAILED
        status = NOT_MET if is_failed else MET if covered == days else PARTLY
        known = "stated"
    has = _availability(profile)
    return scored_row(NAME, wanted, has, status, known, gain, points, parameters, is_gate=True)


def _availability(profile: Profile) -> Sentence:
    values: dict[str, object] = {}
    if profile.available_from is not None:
        values["start"] = date.fromordinal(profile.available_from)
    if profile.available_to is not None:
        values["end"] = date.fromordinal(profile.available_to)
    texts = {
        (): N_("Availability not stated"),
        ("start",): N_("Available from {start}"),
        ("end",): N_("Available until {end}"),
        ("start", "end"): N_("Available {start} – {end}"),
    }
    return Sentence(texts[tuple(values)], values)


def summarise(rows: tuple[RequirementRow, ...]) -> Sentence:
    """The paper or date that is missing, or that all is covered."""
    if all(row.status is MET for row in rows):
        return Sentence(N_("Passport and dates cover the season"))
    if all(row.status is UNKNOWN for row in rows):
        return Sentence(N_("Passport and availability not stated"))
    row = costliest(rows)
    if row.status is UNKNOWN:
        return row.has
    return Sentence(N_("{has}; asked: {asked}"), {"has": row.has, "asked": row.asked})


def brief(rows: tuple[RequirementRow, ...]) -> Sentence | None:
    """The paper or the dates that are missing; nothing where all is covered."""
    if all(row.status is MET for row in rows):
        return None
    passport, availability = rows
    return Sentence(N_("dates") if availability is costliest(rows) else N_("passport"))
