"""S13: what promises, cases, visits and surveys say of an employer, and its suspension.

`?employer=ID` says which.
"""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.monitoring.trust import trust_file
from services.vacancies.employers import list_employers
from ui import layout, messages, navigation
from ui.language import _
from ui.monitoring import suspending, trust


def render(officer: Officer) -> None:
    """Choose an employer; figures on the left, suspension on the right."""
    layout.header(
        _("Trust in employers"),
        _("S13 · Monitoring of working conditions"),
        _("Counts of what is known, each with what it means. There is no score: a person judges."),
    )
    names = {one.id: one.name for one in list_employers(by=officer)}
    opened = navigation.query_id("employer")
    chosen = st.selectbox(
        _("Employer"),
        list(names),
        index=list(names).index(opened) if opened in names else None,
        format_func=lambda one: names[one],
        key="employer_trust.employer",
        placeholder=_("choose"),
    )
    navigation.keep_query(employer=chosen)
    if chosen is None:
        messages.empty(_("Choose an employer to see its trust file."))
        return
    file = trust_file(employer_id=chosen, by=officer)
    left, right = layout.list_and_detail()
    with left:
        trust.draw(file)
    with right:
        suspending.draw(file, officer)
