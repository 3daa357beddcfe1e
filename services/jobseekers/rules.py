"""The dated rules of registration, from `parameters/registration.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True)
class RegistrationRules:
    """What holds on one day."""

    age_min: int
    age_max: int


def rules_on(day: date) -> RegistrationRules:
    """The rules in force on that day; before the first entry, the first one."""
    return RegistrationRules(
        **{
            name: in_force(entries, day)["value"]
            for name, entries in stored_rules("registration").items()
        }
    )
