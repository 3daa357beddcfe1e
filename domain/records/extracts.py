"""A session's decisions as anybody may read them: no person, and no number that tells of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ExtractSummary:
    """A line of the public list."""

    session_number: str
    held_on: date
    published_on: date
    withdrawn_on: date | None
