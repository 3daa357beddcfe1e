"""S09: one person's consents, reached from the file or from the sending board.

`?jobseeker=JS-2026-00001` says whose.
"""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout, messages
from ui.consents import panel
from ui.jobseeker import opened
from ui.language import _
from ui.messages import plain
from ui.navigation import page_link, query


def render(officer: Officer) -> None:
    """Who it is, and the consents."""
    external_id = query("jobseeker")
    if external_id is None:
        messages.empty(_("Open a person's file: the consents are in its own tab."))
        page_link("jobseekers", _("All job-seekers"), icon="🧑‍🌾")
        return
    file = opened.record(external_id, officer)
    names = (file.form.first_name_ka, file.form.last_name_ka)
    shown = " ".join(part for part in names if part) or file.external_id
    layout.header(
        _("Consents"),
        _("S09 · English CVs and sending"),
        plain(f"{shown} · {file.external_id}"),
    )
    page_link("jobseeker", _("The person's file"), icon="🧑‍🌾", jobseeker=external_id)
    panel.draw(external_id, officer)
