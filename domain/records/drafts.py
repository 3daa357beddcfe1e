"""A long form that was begun and not sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in the fields when they were last saved."""

    form: str
    version: int | None
    """Of the record that was being edited."""
    begun_at: datetime
    saved_at: datetime
    values: Mapping[str, object]
