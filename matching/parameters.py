"""The policy of ranking as dated parameters: each value has a unit, a reason and a reference.

One file per version in `matching/parameters/`. A run stores the version it used; an old version is
never edited, a new one gets a later `valid_from`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from domain.exceptions import LabourMigrationError, NotFound
from domain.texts import N_
from matching.points import THOUSAND

FOLDER = Path(__file__).parent / "parameters"


class ParametersInvalid(LabourMigrationError):
    """The file of parameters can't be used as it is; the sentence names the key."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """One version of the policy. Weights and credits are whole thousandths."""

    version: str
    valid_from: date
    reason: str
    """Why this version was made."""
    reference: str
    """The document that decided it."""

    weight_occupation: int
    """Share of the score for having worked in the vacancy's occupation."""
    weight_skills: int
    """Share of the score for the asked skills."""
    weight_languages: int
    """Share of the score for the asked language levels."""
    weight_experience: int
    """Share of the score for the asked years in the vacancy's occupations."""
    weight_readiness: int
    """Share of the score for documents and dates that cover the season."""
    occupation_same_minor_group: int
    """Credit when the first three digits of the ISCO-08 code agree."""
    occupation_same_sub_major_group: int
    """Credit when the first two digits agree."""
    occupation_same_major_group: int
    """Credit when the first digit agrees."""
    skill_related: int
    """Credit for a skill of the same ESCO level-3 group, or a likely one."""
    skill_same_broader_group: int
    """Credit for a skill of the same ESCO level-2 group."""
    skill_optional_weight: int
    """Weight of an optional skill; an essential one weighs 1."""
    licence_preferred_weight: int
    """Weight, among the skills, of a licence that is preferred and not required."""
    skill_rarity_base: int
    """Added to ln((unit groups + 1) / (unit groups it is essential to + 1))."""
    language_step: int
    """Credit lost for each CEFR level below the asked one."""
    unknown_credit: int
    """Share of a requirement's points that counts while the fact is unknown."""
    readiness_passport: int
    """Part of readiness for a passport that covers the season and the margin after it."""
    readiness_availability: int
    """Part of readiness for being available through the season."""
    passport_margin_days: int
    """Days a passport has to be valid after the end of the work."""
    availability_tolerance_days: int
    """Days that availability may begin late or end early without excluding."""
    season_days_if_open: int
    """Length of the season when the vacancy names only its start or only its end."""
    candidates_per_position: int
    """Candidates sent to the employer for each position."""
    improvements_shown: int
    """How many changes are shown that would raise a person's score."""

    @property
    def weights(self) -> Mapping[str, int]:
        """Thousandths of the score by criterion, when the vacancy asks for all of them."""
        return {
            "occupation": self.weight_occupation,
            "skills": self.weight_skills,
            "languages": self.weight_languages,
            "experience": self.weight_experience,
            "readiness": self.weight_readiness,
        }


_HEAD = ("version", "valid_from", "reason", "reference")
_WHOLE = {
    "passport_margin_days",
    "availability_tolerance_days",
    "season_days_if_open",
    "candidates_per_position",
    "improvements_shown",
}
VALUE_NAMES = tuple(field.name for field in fields(Parameters) if field.name not in _HEAD)


def load(version: str) -> Parameters:
    """One version by its name, such as "2026-01"."""
    for parameters in all_versions():
        if parameters.version == version:
            return parameters
    raise NotFound(N_("There are no ranking parameters of version {version}"), version=version)


def parameters_at(day: date) -> Parameters:
    """The version in force on a day: the last one that had begun."""
    begun = [parameters for parameters in all_versions() if parameters.valid_from <= day]
    if not begun:
        raise NotFound(N_("No ranking parameters are in force on {day}"), day=day)
    return begun[-1]


@cache
def all_versions() -> tuple[Parameters, ...]:
    """Every version in the folder, by the day it came into force."""
    found = [read(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda parameters: parameters.valid_from))


def read(path: Path) -> Parameters:
    """Read and check one file."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ParametersInvalid(N_("{file} is not valid YAML"), file=path.name) from error
    if not isinstance(document, dict):
        raise ParametersInvalid(N_("{file} is not valid YAML"), file=path.name)
    parameters = parse(document)
    if parameters.version != path.stem:
        raise _wrong("version", N_("{key}: the version differs from the file's name"))
    return parameters


def parse(document: Mapping[str, Any]) -> Parameters:
    """Check a document and turn its decimals into whole thousandths."""
    for key in document:
        if key not in (*_HEAD, "values"):
            raise _wrong(key, N_("{key}: there is no such parameter"))
    for key in _HEAD:
        if not document.get(key):
            raise _wrong(key, N_("{key}: is missing"))
    if not isinstance(document["valid_from"], date):
        raise _wrong("valid_from", N_("{key}: is not a date such as 2026-01-01"))
    entries = document.get("values")
    if not isinstance(entries, dict):
        raise _wrong("values", N_("{key}: is missing"))
    for key in entries:
        if key not in VALUE_NAMES:
            raise _wrong(key, N_("{key}: there is no such parameter"))
    values = {key: _value(key, entries.get(key)) for key in VALUE_NAMES}
    parameters = Parameters(
        str(document["version"]),
        document["valid_from"],
        str(document["reason"]).strip(),
        str(document["reference"]).strip(),
        **values,
    )
    _check_sense(parameters)
    return parameters


def _value(key: str, entry: object) -> int:
    if not isinstance(entry, dict) or "value" not in entry:
        raise _wrong(key, N_("{key}: is missing"))
    for part in ("unit", "reason", "reference"):
        if not str(entry.get(part) or "").strip():
            raise _wrong(key, N_("{key}: its {part} is missing"), part=part)
    unknown = set(entry) - {"value", "unit", "reason", "reference"}
    if unknown:
        raise _wrong(f"{key}.{min(unknown)}", N_("{key}: there is no such parameter"))
    try:
        scaled = Decimal(str(entry["value"])) * (1 if key in _WHOLE else THOUSAND)
    except InvalidOperation:
        raise _wrong(key, N_("{key}: is not a number")) from None
    if scaled != scaled.to_integral_value() or scaled < 0:
        raise _wrong(key, N_("{key}: has to be a positive number with up to three decimals"))
    return int(scaled)


def _check_sense(parameters: Parameters) -> None:
    if sum(parameters.weights.values()) != THOUSAND:
        raise _wrong("weight_*", N_("{key}: the weights do not add up to 1"))
    if parameters.readiness_passport + parameters.readiness_availability != THOUSAND:
        raise _wrong("readiness_*", N_("{key}: the weights do not add up to 1"))
    for falling in (
        ("occupation_same_minor_group", "occupation_same_sub_major_group",
         "occupation_same_major_group"),
        ("skill_related", "skill_same_broader_group"),
    ):  # fmt: skip
        credits = [THOUSAND, *(getattr(parameters, key) for key in falling), 0]
        if credits != sorted(credits, reverse=True):
            raise _wrong(falling[0], N_("{key}: a closer match has to give at least as much"))
    for key in ("unknown_credit", "language_step"):
        if getattr(parameters, key) > THOUSAND:
            raise _wrong(key, N_("{key}: can't be more than 1"))
    for key in ("season_days_if_open", "candidates_per_position"):
        if getattr(parameters, key) < 1:
            raise _wrong(key, N_("{key}: has to be at least 1"))


def _wrong(key: str, message: str, **values: object) -> ParametersInvalid:
    return ParametersInvalid(message, key=key, **values)
