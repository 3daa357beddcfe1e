"""One line where groups of people come less far in this ranking; the panel is a click away."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import RankingSummary
from services.fairness.panel import QUICK, get_ranking_alert
from ui.language import _, say
from ui.navigation import page_link


def line(ranked: RankingSummary, officer: Officer) -> None:
    """The gravest alert with its way to the panel; of very many people the way alone."""
    alert = get_ranking_alert(run_id=ranked.run_id, by=officer)
    if alert is None and ranked.pool <= QUICK:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="ranking_fairness"):
        if alert is not None:
            text = _("Below four fifths: {finding}").format(finding=say(alert))
            st.html(f'<span class="chip not_met">✕ {escape(text)}</span>')
        page_link("fairness", _("Fairness"), scope="vacancy", vacancy=ranked.vacancy_number)
