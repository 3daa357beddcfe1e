"""The policy of ranking as dated parameters: each value has a unit, a reason and a reference.

Built-in versions are files in `matching/parameters/`, one each; others are made and approved on
screen and come as documents of the same shape. An old version is never edited, a new one gets a
later `valid_from`; a run keeps the values it was made with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from domain.exceptions import LabourMigrationError, NotFound
from domain.texts import N_, Term
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
WEIGHTS = tuple(name for name in VALUE_NAMES if name.startswith("weight_"))
_SHARES = {"weight_*": WEIGHTS, "readiness_*": ("readiness_passport", "readiness_availability")}
_FALLING = (
    (
        "occupation_same_minor_group",
        "occupation_same_sub_major_group",
        "occupation_same_major_group",
    ),
    ("skill_related", "skill_same_broader_group"),
)
"""The credit of the wider match can't be more than that of the closer one."""
MOST = {
    "unknown_credit": 1,
    "language_step": 1,
    "skill_optional_weight": 1,
    "licence_preferred_weight": 1,
    "skill_rarity_base": 10,
    "passport_margin_days": 3660,
    "availability_tolerance_days": 366,
    "season_days_if_open": 3660,
    "candidates_per_position": 100,
    "improvements_shown": 20,
}
"""Beyond these a value makes no sense; shares and credits are bound by their sums and order."""
_AT_LEAST_ONE = ("season_days_if_open", "candidates_per_position")


Document = Mapping[str, Any]
"""A version as it is written: the head, and `values` with value, unit, reason and reference."""


def load(version: str) -> Parameters:
    """One built-in version by its name, such as "2026-01"."""
    for parameters in all_versions():
        if parameters.version == version:
            return parameters
    raise no_version(version)


def no_version(version: str) -> NotFound:
    """What to raise for a name that no version has."""
    return NotFound(N_("There are no ranking parameters of version {version}"), version=version)


def parameters_at(day: date) -> Parameters:
    """The built-in version in force on a day: the last one that had begun."""
    return last_begun(all_versions(), day)


def last_begun(versions: Sequence[Parameters], day: date) -> Parameters:
    """The one that counts on a day; of those that begin on one day, the last in the list."""
    begun = [parameters for parameters in versions if parameters.valid_from <= day]
    if not begun:
        raise NotFound(N_("No ranking parameters are in force on {day}"), day=day)
    return sorted(begun, key=lambda parameters: parameters.valid_from)[-1]


def all_versions() -> tuple[Parameters, ...]:
    """Every built-in version, by the day it came into force."""
    return tuple(parameters for parameters, _ in _built_in())


def document(version: str) -> Document:
    """A built-in version as it is written, with the reasons of its values."""
    for parameters, written in _built_in():
        if parameters.version == version:
            return written
    raise no_version(version)


@cache
def _built_in() -> tuple[tuple[Parameters, Document], ...]:
    found = [(read(path), _written(path)) for path in sorted(FOLDER.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda each: each[0].valid_from))


def read(path: Path) -> Parameters:
    """Read and check one file."""
    parameters = parse(_written(path))
    if parameters.version != path.stem:
        raise _wrong("version", N_("{key}: the version differs from the file's name"))
    return parameters


def _written(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ParametersInvalid(N_("{file} is not valid YAML"), file=path.name) from error
    if not isinstance(found, dict):
        raise ParametersInvalid(N_("{file} is not valid YAML"), file=path.name)
    return found


def to_plain(parameters: Parameters) -> dict[str, Any]:
    """The values by content, in JSON's own types: what a stored run keeps."""
    return {**asdict(parameters), "valid_from": parameters.valid_from.isoformat()}


def from_plain(stored: Mapping[str, Any]) -> Parameters:
    """The parameters that `to_plain` stored."""
    return Parameters(**{**stored, "valid_from": date.fromisoformat(stored["valid_from"])})


def parse(document: Document) -> Parameters:
    """Check a document and turn its decimals into whole thousandths."""
    for problem in _problems_of_head(document):
        raise problem
    entries = document["values"]
    values = {key: _value(key, entries.get(key)) for key in VALUE_NAMES}
    parameters = Parameters(
        str(document["version"]),
        document["valid_from"],
        str(document["reason"]).strip(),
        str(document["reference"]).strip(),
        **values,
    )
    for problem in _problems_of_sense(values):
        raise problem
    return parameters


def find_problems(document: Document) -> list[ParametersInvalid]:
    """Everything that is wrong with a document; an empty list means that it can be used."""
    found = list(_problems_of_head(document))
    entries = document.get("values") or {}
    right: dict[str, int] = {}
    for key in VALUE_NAMES if isinstance(entries, dict) else ():
        try:
            right[key] = _value(key, entries.get(key))
        except ParametersInvalid as problem:
            found.append(problem)
    return found + list(_problems_of_sense(right))


def _problems_of_head(document: Document) -> Iterator[ParametersInvalid]:
    for key in document:
        if key not in (*_HEAD, "values"):
            yield _wrong(key, N_("{key}: there is no such parameter"))
    for key in _HEAD:
        if not str(document.get(key) or "").strip():
            yield _wrong(key, N_("{key}: is missing"))
    if document.get("valid_from") and not isinstance(document["valid_from"], date):
        yield _wrong("valid_from", N_("{key}: is not a date such as 2026-01-01"))
    entries = document.get("values")
    if not isinstance(entries, dict):
        yield _wrong("values", N_("{key}: is missing"))
        return
    for key in entries:
        if key not in VALUE_NAMES:
            yield _wrong(key, N_("{key}: there is no such parameter"))


def scale(key: str) -> int:
    """By what a written value is multiplied: days and numbers are whole, shares thousandths."""
    return 1 if key in _WHOLE else THOUSAND


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
        scaled = Decimal(str(entry["value"])) * scale(key)
    except InvalidOperation:
        raise _wrong(key, N_("{key}: is not a number")) from None
    if not scaled.is_finite() or scaled != scaled.to_integral_value() or scaled < 0:
        raise _wrong(key, N_("{key}: has to be a positive number with up to three decimals"))
    return int(scaled)


def _problems_of_sense(values: Mapping[str, int]) -> Iterator[ParametersInvalid]:
    """What is wrong with the values together; a missing value is passed over."""
    for name, keys in _SHARES.items():
        if values.keys() >= set(keys) and sum(values[key] for key in keys) != THOUSAND:
            yield _wrong(name, N_("{key}: the weights do not add up to 1"))
    for keys in _FALLING:
        credits = [THOUSAND, *(values[key] for key in keys if key in values), 0]
        if credits != sorted(credits, reverse=True):
            yield _wrong(keys[0], N_("{key}: a closer match has to give at least as much"))
    for key, most in MOST.items():
        if values.get(key, 0) > most * scale(key):
            yield _wrong(key, N_("{key}: can't be more than {most}"), most=most)
    for key in _AT_LEAST_ONE:
        if values.get(key, 1) < 1:
            yield _wrong(key, N_("{key}: has to be at least 1"))


def _wrong(key: str, message: str, **values: object) -> ParametersInvalid:
    return ParametersInvalid(message, key=Term("parameter", key), **values)
