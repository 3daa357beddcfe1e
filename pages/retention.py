"""Retention: whose period is over, legal holds, and the register of what was depersonalised."""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout
from ui.language import _
from ui.privacy import retention


def render(officer: Officer) -> None:
    """What the next run does, what holds data back, and what went."""
    layout.header(
        _("Retention and depersonalisation"),
        _("Personal data"),
        _(
            "Data are kept only as long as they are needed. What says who somebody was then goes; "
            "what statistics count stays."
        ),
    )
    retention.preview(officer)
    retention.holds(officer)
    retention.register(officer)
