"""The limits of attached files, from `services/parameters/attachments.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from services.dated_rules import in_force, stored_rules


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
    child_memory_bytes: int
    child_seconds: int
    jpg_quality: int


def limits_on(day: date) -> Limits:
    """The limits in force on that day."""
    found = in_force(stored_rules("attachments"), day)
    return Limits(**{item.name: int(found[item.name]) for item in fields(Limits)})
