"""The policy of finding a person registered twice, as dated parameters with reasons.

One file per version in `matching/parameters/duplicates/`. A search stores the version it used; an
old version is never edited, a new one gets a later `valid_from`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from domain.exceptions import NotFound
from domain.texts import N_
from matching.names import fold
from matching.parameters import ParametersInvalid

FOLDER = Path(__file__).parents[1] / "parameters" / "duplicates"


@dataclass(frozen=True, slots=True)
class DuplicateRules:
    """One version of the rules. Points are of 100; likeness and shares are from 0 to 1."""

    version: str
    valid_from: date
    reason: str
    """Why this version was made."""
    reference: str
    """The document that decided it."""
    given_names: Mapping[str, str]
    """Folded well-known given name → the folded name that it is a form of, often itself."""

    likely: float
    """Points from which an officer is asked to look."""
    same_number: float
    """At least so many points for the same personal number."""
    weight_name: float
    """Points for the same name."""
    weight_birth_date: float
    """Points for the same birth date."""
    weight_personal_number: float
    """Points for the same personal number."""
    same_phone: float
    """Points added for the same phone; another one takes none away."""
    unknown: float
    """Share of the points that an empty field gives."""
    birth_date_nearly: float
    """Share for day and month swapped or one digit wrong."""
    personal_number_nearly: float
    """Share for one digit wrong or two neighbours swapped."""
    name_similar: float
    """Likeness from which names are called similar."""
    name_part_least: float
    """A first name or a surname that is less alike is another one and counts nothing."""
    generation_years: float
    """Years from which two birth dates are of two generations, however alike they look."""

    def are_two_names(self, one: str, other: str) -> bool:
        """Whether both are well-known given names (folded) and not forms of the same one."""
        known = self.given_names
        return one in known and other in known and known[one] != known[other]


_HEAD = ("version", "valid_from", "reason", "reference", "given_names")
VALUE_NAMES = tuple(field.name for field in fields(DuplicateRules) if field.name not in _HEAD)
_SHARES = {
    "unknown",
    "birth_date_nearly",
    "personal_number_nearly",
    "name_similar",
    "name_part_least",
}


def duplicate_rules_at(day: date) -> DuplicateRules:
    """The version in force on a day: the last one that had begun."""
    begun = [rules for rules in all_duplicate_rules() if rules.valid_from <= day]
    if not begun:
        raise NotFound(N_("No rules for duplicates are in force on {day}"), day=day)
    return begun[-1]


@cache
def all_duplicate_rules() -> tuple[DuplicateRules, ...]:
    """Every version in the folder, by the day it came into force."""
    found = [parse_rules(document) for document in documents()]
    return tuple(sorted(found, key=lambda rules: rules.valid_from))


def documents() -> list[dict[str, Any]]:
    """The files as they are written, with unit, reason and reference of each value."""
    return [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
    ]


def parse_rules(document: Mapping[str, Any]) -> DuplicateRules:
    """Check a document; ParametersInvalid names the key that is wrong."""
    for key in (*_HEAD, "values"):
        if not document.get(key):
            raise _wrong(key, N_("{key}: is missing"))
    values = document["values"]
    for key in values:
        if key not in VALUE_NAMES:
            raise _wrong(key, N_("{key}: there is no such parameter"))
    numbers: dict[str, Any] = {key: _value(key, values.get(key)) for key in VALUE_NAMES}
    rules = DuplicateRules(
        version=str(document["version"]),
        valid_from=document["valid_from"],
        reason=str(document["reason"]),
        reference=str(document["reference"]),
        given_names=_given_names(**document["given_names"]),
        **numbers,
    )
    weights = (rules.weight_name, rules.weight_birth_date, rules.weight_personal_number)
    if round(sum(weights), 6) != 100:
        raise _wrong("weight_*", N_("{key}: the weights do not add up to 100"))
    return rules


def _given_names(
    *, reason: str, well_known: str, forms_of_one_name: list[str]
) -> Mapping[str, str]:
    found = {name: name for name in map(fold, well_known.split())}
    for line in forms_of_one_name:
        names = [fold(name) for name in line.split()]
        if strange := [name for name in names if name not in found]:
            raise _wrong("given_names", N_("{key}: “{name}” is not well known"), name=strange[0])
        found |= dict.fromkeys(names, names[0])
    return found


def _value(key: str, entry: Any) -> float:
    if not isinstance(entry, dict) or "value" not in entry:
        raise _wrong(key, N_("{key}: is missing"))
    for part in ("unit", "reason", "reference"):
        if not str(entry.get(part) or "").strip():
            raise _wrong(key, N_("{key}: its {part} is missing"), part=part)
    value = entry["value"]
    if not isinstance(value, int | float) or not 0 <= value <= (1 if key in _SHARES else 100):
        raise _wrong(key, N_("{key}: is out of range"))
    return float(value)


def _wrong(key: str, message: str, **values: object) -> ParametersInvalid:
    return ParametersInvalid(message, key=key, **values)
