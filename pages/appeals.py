"""S08: appeals of candidates: what waits for a hearing, until when, and who hears it.

`?appeal=APP-2026-0001` opens one.
"""

from __future__ import annotations

from domain.records.officer import Officer
from services import appeals
from ui import layout, messages
from ui.appeals import listing, one
from ui.language import _


def render(officer: Officer) -> None:
    """The list on the left; the chosen appeal with what can be done on the right."""
    layout.header(
        _("Appeals"),
        _("S08 · Commission review of résumés"),
        _(
            "Whoever is not approved may appeal. Members who took no part in the first vote hear "
            "the appeal in another session."
        ),
    )
    found = appeals.list_appeals(by=officer)
    left, right = layout.list_and_detail()
    with left:
        chosen = listing.choose(found)
    with right:
        if chosen is not None:
            one.draw(chosen, officer)
        elif found:
            messages.empty(_("Choose an appeal to see what it says and what comes next."))
