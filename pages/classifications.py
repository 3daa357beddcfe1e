"""Classifications: which version of ESCO is in use, importing it, and what that changed."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.esco.importing import ATTRIBUTION, esco_state
from ui import layout
from ui.classifications import archives, report
from ui.language import _


def render(officer: Officer) -> None:
    """What is in use, the archives, the changes."""
    layout.header(
        _("Classifications"),
        subtitle=_("Skills and occupations from outside, which people and vacancies are coded by."),
    )
    state = esco_state(by=officer)
    report.in_use(state)
    if state.version is not None:
        st.caption(_(ATTRIBUTION))
    archives.choose(officer)
    report.changes(state)
