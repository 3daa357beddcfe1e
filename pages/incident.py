"""One incident: the clock of 72 hours, the wizard of what law asks for, the story.

`?incident=INC-2026-0001` says which.
"""

from __future__ import annotations

from domain.records.officer import Officer
from services.incidents.register import get_incident
from ui import layout, messages, navigation
from ui.incidents import one, steps
from ui.language import _
from ui.messages import plain


def render(officer: Officer) -> None:
    """The clock on top, what is known on the left, the steps on the right, the story beneath."""
    number = navigation.query("incident")
    if number is None:
        layout.header(_("Incident"), _("Personal data"))
        messages.empty(_("Choose an incident from the register."))
        navigation.page_link("incidents", _("Incidents"), icon="↩️")
        return
    record = get_incident(number=number, by=officer)
    navigation.page_link("incidents", _("Incidents"), icon="↩️")
    layout.header(
        _("Incident {number}").format(number=plain(record.summary.number)), _("Personal data")
    )
    one.head(record)
    left, right = layout.list_and_detail()
    with left:
        one.known(record)
        one.story(record, officer)
    with right:
        steps.draw(record, officer)
