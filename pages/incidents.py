"""The register of incidents: whoever notices something adds it; clocks that press stand first."""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout
from ui.incidents import listing
from ui.language import _


def render(officer: Officer) -> None:
    """Counts, the register, the form; for most officers the form alone."""
    layout.header(
        _("Incidents"),
        _("Personal data"),
        _(
            "Everything that went wrong with security, data or availability. A breach of personal "
            "data is notified within 72 hours from the moment it was noticed."
        ),
    )
    listing.draw(officer)
