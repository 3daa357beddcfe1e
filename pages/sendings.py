"""S09: vacancies whose approved candidates are to be sent, are sent, or are answered about."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from ui import layout
from ui.language import _, language
from ui.sending import countries, listing


def render(officer: Officer) -> None:
    """The list, and where personal data may go."""
    layout.header(
        _("Sending to employers"),
        _("S09 · English CVs and sending"),
        _("Final CVs go to the employer in a package, with the person's consent, by a link."),
    )
    vacancies, places = st.tabs(
        [_("Vacancies"), _("Countries and permits")],
        key=f"sendings.tabs.{language()}",
        on_change="rerun",
    )
    if vacancies.open:
        with vacancies:
            listing.draw(officer)
    if places.open:
        with places:
            countries.draw(officer)
