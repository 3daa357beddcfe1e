"""Impact assessments: what a processing may do to people, and what is done against it."""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout
from ui.incidents import impact
from ui.language import _


def render(officer: Officer) -> None:
    """Those in force and drafts; the form of a new one."""
    layout.header(
        _("Impact assessments"),
        _("Personal data"),
        _(
            "Before a processing begins that may harm people much: decisions by machine or "
            "profiling, special categories of very many people, large systematic monitoring."
        ),
    )
    impact.draw(officer)
