"""S09 to S15: what the system told job-seekers, employers and officers, and what did not get out.

`?message=7` opens one; `?state=failed` shows those of one state.
"""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout, messages
from ui.language import _
from ui.notifications import listing, one


def render(officer: Officer) -> None:
    """The outbox on the left; the chosen message with what can be done on the right."""
    layout.header(
        _("Messages"),
        _("S09–S15 · From the English CV to the return"),
        _(
            "Each message is written with the change it tells of and sent within a minute. What "
            "could not be sent is tried again, then waits here for you."
        ),
    )
    listing.setup_notice()
    left, right = layout.list_and_detail()
    with left:
        chosen = listing.choose(officer)
    with right:
        if chosen is not None:
            one.draw(chosen, officer)
        else:
            messages.empty(_("Choose a message to read it, send it again or cancel it."))
