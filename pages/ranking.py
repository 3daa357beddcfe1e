"""Ranking, the heart: pick a vacancy, see who fits and why, preselect, send to the commission."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from ui import layout, messages
from ui.language import _
from ui.navigation import page_link
from ui.ranking import actions, choice, detail, fairness, people, summary


def render(officer: Officer) -> None:
    """Vacancy and counts on top; the list on the left, one person on the right, actions below."""
    layout.header(_("Ranking"), stage=_("S07 · Registration, identification, primary selection"))
    vacancy = choice.choose_vacancy(officer)
    if vacancy is None:
        return
    summary.draw_vacancy(vacancy)
    with messages.refusals():
        ranked = choice.rank(vacancy, officer)
        fairness.line(ranked, officer)
        gate = summary.choose_view(ranked)
        left, right = layout.list_and_detail()
        with left:
            shown = people.draw(ranked, gate, officer)
            actions.draw(vacancy, ranked, shown, officer)
            page_link("ranking_run", _("How this ranking was made"), icon="📜", run=ranked.run_id)
        with right, st.container(border=True, key="ranking_detail"):
            detail.draw(ranked, shown.opened, officer)
