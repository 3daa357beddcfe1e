"""The dated parameters in `services/parameters/`: which entry is in force on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

FOLDER = Path(__file__).parent / "parameters"

Entry = Mapping[str, Any]
Limits = TypeVar("Limits")


@cache
def stored_rules(name: str) -> Any:
    """What the file `<name>.yaml` holds: a list of dated entries, or one for each parameter."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def in_force(entries: Sequence[Entry], day: date) -> Entry:
    """The last entry that had begun on that day; before the first one, the first."""
    by_day = sorted(entries, key=lambda entry: entry["valid_from"])
    return [*by_day[:1], *(entry for entry in by_day if entry["valid_from"] <= day)][-1]


def limits_in_force(kind: type[Limits], name: str, day: date) -> Limits:
    """The entry of `<name>.yaml` in force on that day, as a dataclass of whole numbers."""
    entry = in_force(stored_rules(name), day)
    return kind(**{item.name: int(entry[item.name]) for item in fields(kind)})  # type: ignore[arg-type]
