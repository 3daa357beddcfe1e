"""S12: extracts of the register of people abroad for other organisations, and their log."""

from __future__ import annotations

from domain.records.officer import Officer
from services.permissions import Permission, can
from ui import layout
from ui.abroad import sharing
from ui.language import _


def render(officer: Officer) -> None:
    """What was handed over; above it the form, for whoever may hand over."""
    layout.header(
        _("Extracts for organisations"),
        _("S12 · Register of people employed abroad"),
        _(
            "Each extract has a recipient, a legal basis and only the fields of the dated list. "
            "It is written down with its hash and who is in it."
        ),
    )
    if can(officer, Permission.DEPLOYMENTS_SHARE):
        layout.section(_("New extract"))
        sharing.ask(officer)
    layout.section(_("Handed over so far"))
    sharing.log(officer)
