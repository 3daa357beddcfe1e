"""What the fields of a file are called in the reader's language."""

from __future__ import annotations

from services.jobseekers.fields import FACTS
from ui.language import _


def field_name(field: str) -> str:
    """The name of a field, or of a fact that completeness counts."""
    return _(FACTS[field])
