"""Correspondence: the register of letters, what waits for me in it, and new letters.

`?todo=distribute` shows what waits for that step.
"""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout
from ui.correspondence import divisions, entry, listing
from ui.language import _


def render(officer: Officer) -> None:
    """The list, below it a new letter, and the divisions."""
    layout.header(
        _("Correspondence"),
        subtitle=_(
            "Every letter has a number, a place and a deadline. Deadlines run in Georgian working "
            "days; what is late stands first in what waits for you."
        ),
    )
    listing.draw(officer)
    entry.new_letter(officer)
    divisions.draw(officer)
