"""Orientation: sessions before departure, planned here, one opened with a click (stage S11)."""

from __future__ import annotations

from domain.records.officer import Officer
from services.preparation.sessions import list_orientations
from ui import layout
from ui.language import _
from ui.navigation import open_page
from ui.preparation import orientations, planning
from ui.tables import clear_selection


def render(officer: Officer) -> None:
    """The sessions on the left, planning another one on the right."""
    layout.header(
        _("Orientation"),
        _("S11 · Pre-departure orientation and visa documents"),
        _(
            "Everybody who departs was at a session, passed its quiz and has the certificate. "
            "Plan a session, invite people, mark who came."
        ),
    )
    found = list_orientations(by=officer)
    left, right = layout.list_and_detail()
    with left:
        number = orientations.choose(found)
    with right:
        planned = planning.draw(officer)
    if number is not None or planned is not None:
        clear_selection(orientations.TABLE)
        open_page("orientation", session=number or planned)
