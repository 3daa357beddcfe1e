"""The dated limits of packages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services import clock
from services.dated_rules import limits_in_force
from services.policy.versions import parameters_at


@dataclass(frozen=True, slots=True)
class SendingLimits:
    """Days and lengths; days are calendar days in Georgia."""

    answer_days: int
    answer_days_max: int
    reading_days: int
    remind_days: int
    message_characters: int


def limits_on(day: date) -> SendingLimits:
    """The version in force on that day."""
    return limits_in_force(SendingLimits, "sending", day)


def places_of(positions: int) -> int:
    """How many may be with the employer at once, by the ranking rules in force today."""
    return positions * parameters_at(clock.today()).candidates_per_position
