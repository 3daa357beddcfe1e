"""Who looked at a person's data: by day, officer, organisation and role.

`?jobseeker=JS-2026-00001` says whose.
"""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout
from ui.language import _
from ui.navigation import query
from ui.privacy import accesses


def render(officer: Officer) -> None:
    """The file's number, then the readings."""
    layout.header(
        _("Who looked at the data"),
        _("Personal data"),
        _(
            "Out of the audit log, which nobody can change. The person may have this list; on the "
            "paper officers are named by organisation and role."
        ),
    )
    accesses.draw(query("jobseeker"), officer)
