"""S13: one case of a worker abroad: the clock, what was told, what was done, what came of it.

`?case=CASE-2026-0001` says which.
"""

from __future__ import annotations

from domain.records.officer import Officer
from services.monitoring.cases import get_case
from ui import layout, messages, navigation
from ui.language import _
from ui.messages import plain
from ui.monitoring import case_steps, one_case


def render(officer: Officer) -> None:
    """What is known on the left, the next steps on the right, the story beneath both."""
    number = navigation.query("case")
    if number is None:
        layout.header(_("Case"), _("S13 · Monitoring of working conditions"))
        messages.empty(_("Choose a case from the list."))
        navigation.page_link("cases", _("Cases abroad"), icon="↩️")
        return
    case = get_case(number=number, by=officer)
    layout.header(
        _("Case {number}").format(number=plain(case.summary.number)),
        _("S13 · Monitoring of working conditions"),
    )
    one_case.head(case)
    left, right = layout.list_and_detail()
    with left:
        one_case.told(case, officer)
    with right:
        case_steps.draw(case, officer)
    one_case.story(case)
