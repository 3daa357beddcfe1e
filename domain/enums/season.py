"""Plans of a season and what keeps places empty."""

from __future__ import annotations

from enum import StrEnum


class PlanLayer(StrEnum):
    """What a season plan takes a person for; positions come first."""

    POSITION = "position"
    CANDIDATE = "candidate"
    RESERVE = "reserve"


class PlacedBecause(StrEnum):
    """Why a season plan puts a person here and not where they fit best."""

    BEST = "best"
    TAKEN = "taken"
    NEEDED = "needed"


class GapKind(StrEnum):
    """What a course can give."""

    LANGUAGE = "language"
    LICENCE = "licence"
    SKILL = "skill"


class PlannedState(StrEnum):
    """Whether somebody can still be taken as a season plan has it."""

    FREE = "free"
    CHANGED = "changed"
    HERE = "here"
    ELSEWHERE = "elsewhere"
    GONE = "gone"
