"""S12: one stay abroad, from the plan to the return. `?deployment=DEP-2026-0001`."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.deployments.register import read_deployment
from ui import layout
from ui.abroad import actions, contacts, contract, days, one, seen
from ui.language import _, language
from ui.messages import plain
from ui.monitoring import ledger
from ui.navigation import open_page, query


def render(officer: Officer) -> None:
    """Who and how it stands, what can be recorded, then the parts of the file."""
    number = query("deployment")
    if number is None:
        open_page("abroad")
    stay = seen.as_seen(read_deployment(number=number, by=officer))
    layout.header(plain(stay.name(language())), plain(f"S12 · {stay.number}"))
    one.head(stay)
    one.warnings(stay)
    actions.draw(stay, officer)
    overview, terms, places, counted, promises = st.tabs(
        [
            _("Overview"),
            _("Contract"),
            _("Workplace and contacts"),
            _("Days abroad"),
            _("Promise ledger"),
        ]
    )
    with overview:
        left, right = layout.list_and_detail()
        with left:
            one.history(stay)
        with right:
            one.facts(stay)
    with terms:
        contract.draw(stay, officer)
    with places:
        contacts.draw(stay, officer)
    with counted:
        days.draw(stay, officer)
    with promises:
        ledger.draw_of_stay(stay.number, officer)
