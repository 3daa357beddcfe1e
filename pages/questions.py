"""Questions worth asking: unknown facts that decide who is shortlisted, and the calls (S07).

`?question=7` opens a task; `?vacancy=` and `?jobseeker=` narrow the list.
"""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout
from ui.language import _
from ui.navigation import query_id
from ui.questions import listing, task


def render(officer: Officer) -> None:
    """The task in hand, my open ones, then what is worth asking."""
    layout.header(
        _("Questions worth asking"),
        _("S07 · Registration, identification, primary selection"),
        _("What nobody has stated, and would change who is shortlisted: ask the first ones first."),
    )
    opened = query_id("question")
    if opened is not None:
        task.draw(opened, officer)
        return
    listing.asked(officer)
    listing.worth_asking(officer)
    listing.earlier(officer)
