"""S13: cases and complaints of people abroad: what waits, by which clock, with whom."""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout
from ui.language import _
from ui.monitoring import case_list, new_case


def render(officer: Officer) -> None:
    """What waits on top; a complaint that came by telephone or letter is taken down beneath."""
    layout.header(
        _("Cases abroad"),
        _("S13 · Monitoring of working conditions"),
        _(
            "Life or freedom at risk: begin within 1 hour; high: 24 hours; normal: 5 working days "
            "of Georgia. What complaints say is read by monitoring officers only."
        ),
    )
    case_list.draw(officer)
    new_case.draw(officer)
