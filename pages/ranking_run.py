"""How a ranking was made: its inputs, what was shown, changed by hand, sent and decided."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking_log import RunStory
from services.rankings import log
from ui import layout, messages
from ui.language import _
from ui.navigation import page_link, query_id, visit
from ui.ranking_log import story as parts


def render(officer: Officer) -> None:
    """Facts and actions on top; then what went in, what was shown, and what came of it."""
    run_id = query_id("run")
    layout.header(
        _("How a ranking was made"),
        stage=_("Ranking {number}").format(number=run_id) if run_id else None,
    )
    page_link("ranking_log", _("All rankings"), icon="⬅️")
    if run_id is None:
        messages.empty(_("Choose a ranking in the log, and its story opens here."))
        return
    with messages.refusals():
        story = _story(run_id, officer)
        with st.container(border=True):
            parts.facts(story)
            parts.actions(story, officer)
        left, right = st.columns(2, gap="medium")
        with left:
            parts.asked(story)
        with right:
            parts.gates(story)
            parts.shown(story)
        parts.by_hand(story)
        parts.outcome(story)
        parts.fingerprints(story)


def _story(run_id: int, officer: Officer) -> RunStory:
    """Read once for each visit: a click on the page tells nothing new of the past."""
    kept: dict[tuple[int, int], RunStory] = st.session_state.setdefault("ranking_run.story", {})
    key = (visit(), run_id)
    if key not in kept:
        kept.clear()
        kept[key] = log.get_story(run_id=run_id, by=officer)
    return kept[key]
