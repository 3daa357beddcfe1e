"""Skills by occupation, read from the project's reference tables."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TABLES = Path(__file__).parent.parent / "db" / "reference"


@dataclass(frozen=True)
class Skills:
    """English labels of the skills that an ISCO-08 unit group needs or profits from."""

    essential: Mapping[str, tuple[str, ...]]
    optional: Mapping[str, tuple[str, ...]]
    ids: Mapping[str, str]
    """By English label."""


def read_skills() -> Skills:
    labels = {row["id"]: row["label_en"] for row in _rows("skills.csv")}
    sides: dict[str, dict[str, list[str]]] = {"essential": {}, "optional": {}}
    for row in _rows("skill_occupations.csv"):
        sides[row["relation"]].setdefault(row["isco"], []).append(labels[row["skill"]])
    essential, optional = (
        {isco: tuple(found) for isco, found in side.items()} for side in sides.values()
    )
    return Skills(essential, optional, {label: key for key, label in labels.items()})


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
