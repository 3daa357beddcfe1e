"""S13: visits to workplaces abroad, their findings and what employers must put right.

`?visit=VISIT-2026-001` opens one.
"""

from __future__ import annotations

from domain.records.officer import Officer
from services.monitoring.visits import list_visits
from ui import layout, messages
from ui.language import _
from ui.monitoring import one_visit, visit_list


def render(officer: Officer) -> None:
    """The list on the left; the chosen visit with its findings on the right."""
    layout.header(
        _("Visits"),
        _("S13 · Monitoring of working conditions"),
        _(
            "A visit follows the checklist in force on its day. Severity 0 is all right, 4 means "
            "that life or freedom is at risk."
        ),
    )
    found = list_visits(by=officer)
    left, right = layout.list_and_detail()
    with left:
        chosen = visit_list.choose(found)
        visit_list.plan(officer)
    with right:
        if chosen is not None:
            one_visit.draw(chosen, officer)
        elif found:
            messages.empty(_("Choose a visit to see what was found."))
