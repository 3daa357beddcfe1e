"""S15: vacancies of employers in Georgia, for people who come home.

`?employers=1` shows the employers instead.
"""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.local_vacancies.employers import list_local_employers
from services.local_vacancies.vacancies import list_local_vacancies
from ui import layout
from ui.language import _
from ui.local_vacancies import employers, listing, taking_in


def render(officer: Officer) -> None:
    """The list of vacancies; beside it the employers and the form for a new vacancy."""
    layout.header(
        _("Vacancies in Georgia"),
        _("S15 · Return assistance"),
        _(
            "Work in Georgia for people who come home: ranked by the same rules as work abroad, "
            "without wish, season and agreement. Open a vacancy to see who fits."
        ),
    )
    found = list_local_vacancies(by=officer)
    known = list_local_employers(by=officer)
    listing.figures(found, known)
    left, right = layout.list_and_detail()
    with left:
        listing.draw(found)
    with right:
        tabs = st.tabs([_("New vacancy"), _("Employers in Georgia")])
        with tabs[0]:
            taking_in.new(known, officer)
        with tabs[1]:
            employers.draw(known, officer)
