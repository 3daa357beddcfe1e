"""What is compared: one vacancy, all open ones, a period's decisions; kept for the visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from domain.records.fairness import FairnessPanel
from domain.records.officer import Officer
from domain.texts import N_
from services import clock
from services.fairness.panel import get_vacancy_fairness
from services.fairness.together import get_decided_fairness, get_open_fairness
from services.permissions import Permission, can
from ui import forms
from ui.language import _, language
from ui.navigation import keep_query, query, visit
from ui.ranking import choice

SCOPE, KEPT, CHOSEN = "fairness.scope", "fairness.panels", "fairness.vacancy"
VACANCY, OPEN, DECIDED = "vacancy", "open", "decided"
TITLES = {
    VACANCY: N_("One vacancy"),
    OPEN: N_("All open vacancies"),
    DECIDED: N_("Decisions of a period"),
}
YEAR = timedelta(365)


def choose(officer: Officer) -> FairnessPanel | None:
    """The panel of what the officer chooses; None, with a sentence, where there is nothing."""
    scope = _scope(officer)
    if scope == VACANCY:
        vacancy = choice.choose_vacancy(officer, CHOSEN)
        if vacancy is None:
            return None
        number = vacancy.number
        return _kept(number, lambda: get_vacancy_fairness(vacancy_number=number, by=officer))
    keep_query(vacancy=None)
    if scope == OPEN:
        return _kept(OPEN, lambda: get_open_fairness(by=officer))
    today = clock.today()
    with st.container(horizontal=True):
        since = forms.date_input(_("from"), today - YEAR, key="fairness.since", width=150)
        until = forms.date_input(_("to"), today, key="fairness.until", width=150)
    first, last = since or today - YEAR, until or today
    return _kept(
        f"{first}–{last}", lambda: get_decided_fairness(since=first, until=last, by=officer)
    )


def _scope(officer: Officer) -> str:
    """Recruiters see the vacancies; managers all of them together as well."""
    if not can(officer, Permission.STATISTICS_READ):
        return VACANCY
    # The browser keeps the words of a choice: in another language it is another widget.
    key = f"{SCOPE}.{language()}"
    if key not in st.session_state:
        asked = query("scope")
        wanted = asked if asked in TITLES else VACANCY if query("vacancy") else OPEN
        st.session_state[key] = wanted
    chosen = st.segmented_control(
        _("Compare groups in"),
        list(TITLES),
        format_func=lambda name: _(TITLES[name]),
        key=key,
        required=True,
    )
    keep_query(scope=chosen)
    return str(chosen)


def open_vacancy(number: str) -> None:
    """Called by a button: go on with this vacancy alone."""
    st.session_state[f"{SCOPE}.{language()}"] = VACANCY
    st.session_state[f"{CHOSEN}.{language()}"] = number


def _kept(about: str, read: Callable[[], FairnessPanel]) -> FairnessPanel:
    """Read once for a visit of the screen: what is read is logged, and takes its time."""
    kept: dict[tuple[int, str], FairnessPanel] = st.session_state.setdefault(KEPT, {})
    key = (visit(), about)
    if key not in kept:
        for old in [name for name in kept if name[0] != visit()]:
            del kept[old]
        with st.spinner(_("Groups are counted…")):
            kept[key] = read()
    return kept[key]
