"""S09: English CVs of those whom the commission approved: whose is missing what.

`?jobseeker=JS-2026-00001` opens a line.
"""

from __future__ import annotations

from domain.records.officer import Officer
from services.cvs import reading
from ui import layout, messages
from ui.cvs import brief, listing
from ui.language import _


def render(officer: Officer) -> None:
    """The list on the left; what the chosen CV lacks on the right."""
    layout.header(
        _("English CVs"),
        _("S09 · CVs in English and sending them"),
        _("Everybody approved needs a CV signed off by translator and candidate to be sent."),
    )
    found = reading.list_cvs(by=officer)
    left, right = layout.list_and_detail()
    with left:
        chosen = listing.choose(found)
    with right:
        if chosen is not None:
            brief.draw(chosen)
        elif found:
            messages.empty(_("Choose a person to see what the CV lacks."))
