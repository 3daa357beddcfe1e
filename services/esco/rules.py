"""Limits and rules of the import, from `services/parameters/esco.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from services.dated_rules import FOLDER, stored_rules

FILE = FOLDER / "esco.yaml"


@dataclass(frozen=True, slots=True)
class EscoRules:
    """Sizes in bytes; shares from 0 to 1."""

    archive_bytes: int
    unzipped_bytes: int
    unzipped_ratio: int
    unzipped_ratio_from_bytes: int
    parts: int
    cell_characters: int
    rows: int
    essential_share: float
    group_links: int
    group_share: float


@cache
def rules() -> EscoRules:
    """The rules in force, read once."""
    stored = stored_rules("esco")
    return EscoRules(**{item.name: stored[item.name] for item in fields(EscoRules)})
