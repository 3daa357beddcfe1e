"""The search of the register: when it was, what changed since, and how far it is now."""

from __future__ import annotations

import streamlit as st

from domain.records.duplicates import SearchState
from domain.records.officer import Officer
from services.duplicates import duplicate_search
from ui import messages
from ui.language import _, moment, number

EVERY_SECONDS = 2


def panel(officer: Officer) -> None:
    """One line and a button; a bar that moves by itself while a search runs."""
    state = duplicate_search.search_state(by=officer)
    if state.latest is not None and state.latest.is_alive:
        st.fragment(_running, run_every=EVERY_SECONDS)(officer)
        return
    words, action = st.columns([4, 1], vertical_alignment="center")
    with words:
        st.markdown(_last(state))
    with action:
        waits = state.changed_since > 0
        if st.button(
            _("Search now"),
            key="duplicates.search",
            type="primary" if waits else "secondary",
            help=_("New and changed files are compared with everybody. It runs beside your work."),
            width="stretch",
        ):
            with messages.refusals():
                duplicate_search.start_search(by=officer)
                st.rerun()


def _running(officer: Officer) -> None:
    state = duplicate_search.search_state(by=officer)
    latest = state.latest
    if latest is None or not latest.is_alive:
        st.rerun()
    else:
        st.progress(latest.share, text=_("Comparing the files of the register…"))


def _last(state: SearchState) -> str:
    latest = state.latest
    if latest is None:
        text = _("Nobody has searched yet. Files in the register: {count}")
        return text.format(count=number(state.changed_since))
    if latest.finished_at is None:
        return _("The last search was interrupted: search again, nothing is lost.")
    parts = [
        _("Last search: {moment}").format(moment=moment(latest.finished_at)),
        _("files compared: {count}").format(count=number(latest.people)),
        _("changed since: {count}").format(count=number(state.changed_since)),
    ]
    return " · ".join(parts)
