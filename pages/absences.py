"""Absences and substitutes: who acts for whom, from when until when."""

from __future__ import annotations

from domain.records.officer import Officer
from services.official_documents import absences as service
from services.permissions import Permission, can
from ui import layout, navigation
from ui.language import _
from ui.official_documents import absences


def render(officer: Officer) -> None:
    """What is recorded on the left, the form on the right."""
    layout.header(
        _("Absences and substitutes"),
        subtitle=_("Who is not there, and who endorses and signs for them meanwhile."),
    )
    if can(officer, Permission.DOCUMENTS_READ):
        navigation.page_link("documents", _("All documents"), icon="↩️")
    left, right = layout.list_and_detail()
    with left:
        absences.listing(service.list_absences(by=officer), officer)
    with right:
        absences.recording(officer)
