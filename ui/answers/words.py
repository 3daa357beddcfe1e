"""What people of a package are called on screen."""

from __future__ import annotations

from domain.records.answers import SheetPerson
from ui.language import language


def name_of(one: SheetPerson) -> str:
    """In the reader's script; the number where the file has no name."""
    names = (one.name_ka, one.name_lat) if language() == "ka" else (one.name_lat, one.name_ka)
    return next((name for name in names if name), one.external_id)
