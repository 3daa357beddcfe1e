"""The dated numbers of privacy: clocks of requests, periods of retention."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True, slots=True)
class PrivacyRules:
    """One entry of `services/parameters/privacy.yaml`; days, working days and months."""

    valid_from: date
    answer_working_days: int
    extension_working_days: int
    link_days: int
    inactive_months: int
    after_stay_months: int
    most_a_run: int
    warn_working_days: int


def rules_on(day: date) -> PrivacyRules:
    """The entry in force on that day."""
    entry = in_force(stored_rules("privacy"), day)
    return PrivacyRules(**{item.name: entry[item.name] for item in fields(PrivacyRules)})
