"""Requests about one's own data: what presses, and taking a new one in.

`?jobseeker=JS-2026-00001` begins a request for that file.
"""

from __future__ import annotations

from domain.records.officer import Officer
from services.permissions import Permission, can
from ui import layout
from ui.language import _
from ui.navigation import query
from ui.privacy import listing, registering


def render(officer: Officer) -> None:
    """What is open on top; the form beneath."""
    layout.header(
        _("Requests about personal data"),
        _("Personal data"),
        _(
            "Anybody in the register may ask what is kept about them, have it corrected, blocked "
            "or erased, and have a human look at a ranking. The law's clock runs from the "
            "first day."
        ),
    )
    if can(officer, Permission.RANKINGS_AUDIT):
        listing.reviews(officer)
    listing.draw(officer)
    registering.draw(query("jobseeker"), officer)
