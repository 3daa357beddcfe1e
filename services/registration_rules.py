"""The dated rules of registration, from `parameters/registration.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "parameters" / "registration.yaml"


@dataclass(frozen=True)
class RegistrationRules:
    """What holds on one day."""

    age_min: int
    age_max: int


def rules_on(day: date) -> RegistrationRules:
    """The rules in force on that day; before the first entry, the first one."""
    return RegistrationRules(
        **{name: _in_force(entries, day)["value"] for name, entries in _read().items()}
    )


@cache
def _read() -> dict[str, list[dict[str, Any]]]:
    content: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text("utf-8"))
    return content


def _in_force(entries: list[dict[str, Any]], day: date) -> dict[str, Any]:
    begun = [entry for entry in entries if entry["valid_from"] <= day]
    return max(begun or entries[:1], key=lambda entry: entry["valid_from"])
