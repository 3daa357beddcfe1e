"""S13: check-ins of people abroad: who was asked, who answered, what is other than promised.

`?check_in=ID` opens one, with the promise ledger of the whole stay.
"""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout, messages
from ui.language import _
from ui.monitoring import check_in_list, one_check_in


def render(officer: Officer) -> None:
    """The list on the left; the ledger of the chosen person's stay on the right."""
    layout.header(
        _("Check-ins"),
        _("S13 · Monitoring of working conditions"),
        _(
            "People abroad are asked on days 3, 14 and 30 after the arrival and then every month. "
            "What they tell is held against their contract."
        ),
    )
    left, right = layout.list_and_detail()
    with left:
        chosen = check_in_list.choose(officer)
    with right:
        if chosen is None:
            messages.empty(_("Choose a check-in to see what was promised and what was told."))
        else:
            one_check_in.draw(chosen, officer)
