"""Season calendar: the last day of each step before the first day of work (stages S06 to S11).

`?vacancy=NUMBER` opens one; without a vacancy any country and day can be tried.
"""

from __future__ import annotations

from domain.records.officer import Officer
from services.preparation.season_calendar import list_calendars
from ui import layout
from ui.language import _
from ui.season_calendar import listing, steps


def render(officer: Officer) -> None:
    """Vacancies on the left, the steps of the chosen one, or of a try, on the right."""
    layout.header(
        _("Season calendar"),
        _("S06–S11 · From the vacancy to departure"),
        _(
            "Counted back from the first day of work: until when each step must be done. What is "
            "too late says which first day of work could still be kept."
        ),
    )
    found = list_calendars(by=officer)
    left, right = layout.list_and_detail()
    with left:
        number = listing.choose(found)
    with right:
        if number is None:
            steps.try_out(officer)
        else:
            steps.of_vacancy(number, officer)
