"""The limits of attached files, from `services/parameters/attachments.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.dated_rules import limits_in_force


@dataclass(frozen=True)
class Limits:
    """What an attached file may be at most; sizes in bytes."""

    file_bytes: int
    picture_pixels: int
    pdf_pages: int
    pdf_objects: int
    unzipped_bytes: int
    unzipped_ratio: int
    unzipped_ratio_from_bytes: int
    parts: int
    name_characters: int
    jpg_quality: int


def limits_on(day: date) -> Limits:
    """The limits in force on that day."""
    return limits_in_force(Limits, "attachments", day)
