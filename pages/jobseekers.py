"""Job-seekers: search the register, filter it, open a file, register a person (stage S07)."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from domain.records.officer import Officer
from services.jobseekers import registration
from services.permissions import Permission, can
from ui import layout
from ui.jobseeker import listing
from ui.language import _, language
from ui.navigation import open_page
from ui.tables import clear_selection, table

_TABLE = "jobseekers.table"


def render(officer: Officer) -> None:
    """Search and filters on top, the list below; a click on a line opens the file."""
    layout.header(_("Job-seekers"), _("S07 · Registration, identification, primary selection"))
    text = _search_and_register(officer)
    query = replace(listing.filters(), text=text)
    total = registration.find_jobseekers(query=replace(query, limit=0), by=officer).total
    asked = listing.toolbar(query, total, officer) if total else query
    page = registration.find_jobseekers(query=asked, by=officer)
    chosen = table(
        page.rows,
        listing.columns(language()),
        key=_TABLE,
        selection="single",
        row_id="external_id",
        empty=listing.nobody(query),
        alt=_("Job-seekers"),
    )
    if chosen:
        clear_selection(_TABLE)
        open_page("jobseeker", jobseeker=chosen[0])


def _search_and_register(officer: Officer) -> str:
    search, register = st.columns([4, 1], vertical_alignment="bottom")
    with search:
        text = listing.search()
    with register:
        may = can(officer, Permission.JOBSEEKERS_EDIT)
        if st.button(_("Register a person"), type="primary", width="stretch", disabled=not may):
            open_page("jobseeker")
    return text
