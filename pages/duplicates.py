"""Duplicates: search the register for people with two files, and go through the pairs (S07)."""

from __future__ import annotations

from dataclasses import replace

from domain.records.officer import Officer
from services.duplicates import duplicate_search
from ui import layout
from ui.duplicates import listing, searching
from ui.language import _
from ui.navigation import open_page
from ui.tables import clear_selection, table

_TABLE = "duplicates.table"


def render(officer: Officer) -> None:
    """The search on top, the pairs below; a click on a line puts both files side by side."""
    layout.header(
        _("Duplicates"),
        _("S07 · Registration, identification, primary selection"),
        _("Pairs of files that may be of one person. Nothing is merged by itself."),
    )
    searching.panel(officer)
    query = replace(listing.filters(), limit=listing.PAGE_SIZE)
    total = duplicate_search.list_pairs(query=replace(query, limit=0), by=officer).total
    offset = listing.page_offset(query, total) if total else 0
    page = duplicate_search.list_pairs(query=replace(query, offset=offset), by=officer)
    was_searched = duplicate_search.search_state(by=officer).latest is not None
    chosen = table(
        page.rows,
        listing.columns(),
        key=_TABLE,
        selection="single",
        row_id=listing.pair_id,
        empty=listing.nothing(query, was_searched),
        alt=_("Duplicates"),
    )
    if chosen:
        clear_selection(_TABLE)
        one, other = chosen[0]
        open_page("duplicate_pair", one=one, other=other)
