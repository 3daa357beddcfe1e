"""S12: the register of people abroad: who is where, how they are, whose time runs out."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.deployments.register import read_register
from ui import layout
from ui.abroad import register
from ui.language import _


def render(officer: Officer) -> None:
    """Figures, countries with their consulates, then the list."""
    layout.header(
        _("People abroad"),
        _("S12 · Register of people employed abroad"),
        _("Everybody with a stay abroad, from the confirmed choice to the return."),
    )
    figures = st.container()
    wanted = register.filters(register.countries(officer))
    found = read_register(wanted=wanted, by=officer)
    with figures:
        register.counts(found)
    register.people(found, officer)
    layout.section(_("By country"))
    register.by_country(found)
