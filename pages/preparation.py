"""Before departure: who prepares, and one person's file with every paper and obstacle (S11).

`?candidacy=17` opens one file.
"""

from __future__ import annotations

from domain.exceptions import NotFound
from domain.records.officer import Officer
from services.preparation.reading import get_preparation, list_preparations
from ui import layout, messages
from ui.language import _
from ui.navigation import open_page, page_link, query_id
from ui.preparation import departure, file_head, listing, papers, permit, plan
from ui.tables import clear_selection


def render(officer: Officer) -> None:
    """The list; or the file of the person in the address."""
    layout.header(
        _("Before departure"),
        _("S11 · Pre-departure orientation and visa documents"),
        _(
            "Orientation, papers and permit of everybody who confirmed. The departure is confirmed "
            "when nothing mandatory is open."
        ),
    )
    candidacy_id = query_id("candidacy")
    if candidacy_id is None:
        chosen = listing.draw(list_preparations(by=officer))
        if chosen is not None:
            clear_selection(listing.TABLE)
            open_page("preparation", candidacy=chosen)
        return
    page_link("preparation", _("Everybody before departure"), icon="↩️")
    try:
        file = get_preparation(candidacy_id=candidacy_id, by=officer)
    except NotFound as error:
        messages.show(error)
        return
    left, right = layout.list_and_detail()
    with left:
        file_head.draw(file)
        departure.draw(file, officer)
        papers.draw(file, officer)
    with right:
        plan.draw(file, officer)
        permit.draw(file, officer)
