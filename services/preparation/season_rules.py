"""How long each step before departure takes: dated planning values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.dated_rules import in_force, stored_rules

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Durations:
    """Calendar days."""

    valid_from: date
    ranking_days: int
    commission_days: int
    cv_days: int
    choice_days: int
    confirmation_days: int
    orientation_days: int
    permit_days: Mapping[str, int]
    departure_days: int
    arrival_days: int
    tight_days: int
    reference: str

    def permit(self, country: str) -> int:
        """From the confirmation to the visa or permit in hand."""
        return self.permit_days.get(country, self.permit_days[OTHER])


def durations_on(day: date) -> Durations:
    """The planning values in force on that day."""
    entry = in_force(stored_rules("season_calendar"), day)
    return Durations(**entry)
