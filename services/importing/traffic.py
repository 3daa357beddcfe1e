"""What one browser may send and keep, from `services/parameters/traffic.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent.parent / "parameters" / "traffic.yaml"


@dataclass(frozen=True)
class TrafficLimits:
    """Limits on what reaches the memory of a process; sizes in bytes."""

    files_per_window: int
    bytes_per_window: int
    bytes_per_officer: int
    bytes_of_all: int
    uploads_at_once_per_officer: int
    windows_per_officer: int


@cache
def traffic_limits() -> TrafficLimits:
    """The limits in force, read once."""
    stored = yaml.safe_load(FILE.read_text("utf-8"))
    return TrafficLimits(**{item.name: int(stored[item.name]) for item in fields(TrafficLimits)})
