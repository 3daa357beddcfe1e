"""S15: one vacancy in Georgia: who fits and why, who was recommended, what came of it.

`?vacancy=LOC-2026-0001` names it.
"""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.local_vacancies.vacancies import get_local_vacancy
from ui import layout, messages, navigation
from ui.language import _, number
from ui.local_vacancies import detail, people, referrals, taking_in
from ui.messages import plain


def render(officer: Officer) -> None:
    """What is asked above; the ranking, the recommendations, and changing it in tabs."""
    chosen = navigation.query("vacancy")
    navigation.page_link("local_vacancies", _("All vacancies in Georgia"), icon="↩️")
    if chosen is None:
        layout.header(_("Vacancy in Georgia"), _("S15 · Return assistance"))
        messages.empty(_("Choose a vacancy in the list first."))
        return
    with messages.refusals():
        vacancy = get_local_vacancy(number=chosen, by=officer)
        layout.header(
            plain(f"{vacancy.title} · {vacancy.employer}"),
            _("S15 · Vacancy in Georgia {number}").format(number=vacancy.number),
        )
        detail.draw(vacancy, officer)
        tabs = st.tabs(
            [
                _("Who fits"),
                _("Recommended ({count})").format(count=number(vacancy.referred)),
                _("Change the vacancy"),
            ]
        )
        with tabs[0]:
            people.draw(vacancy, officer)
        with tabs[1]:
            referrals.draw(vacancy, officer)
        with tabs[2]:
            taking_in.change(vacancy, officer)
