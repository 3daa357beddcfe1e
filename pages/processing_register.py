"""The processing register: why data are kept, of whom, for how long, who gets them."""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout
from ui.language import _
from ui.privacy import register


def render(officer: Officer) -> None:
    """Every purpose with its tables."""
    layout.header(
        _("Processing register"),
        _("Personal data"),
        _(
            "Every table and every column of the database belongs to one of these purposes: a "
            "check of the system refuses one that does not."
        ),
    )
    register.draw(officer)
