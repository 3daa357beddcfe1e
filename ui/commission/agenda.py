"""The left column: the agenda with the state of each item."""

from __future__ import annotations

import streamlit as st

from domain.records.commission import AgendaItem, AgendaState, SessionRecord
from ui import marks, messages, navigation
from ui.commission.desk import vacancy_title
from ui.language import _, number, term_name
from ui.messages import plain

TONES = {
    AgendaState.WAITING: ("·", "quiet"),
    AgendaState.TO_DECLARE: ("!", "accent"),
    AgendaState.TO_VOTE: ("!", "accent"),
    AgendaState.VOTED: ("✓", "met"),
    AgendaState.RECUSED: ("–", "quiet"),
    AgendaState.DECIDED: ("✓", "met"),
}


def state_text(state: AgendaState) -> str:
    """Where an item stands, in words."""
    return {
        AgendaState.WAITING: _("waiting"),
        AgendaState.TO_DECLARE: _("declare first"),
        AgendaState.TO_VOTE: _("your vote is missing"),
        AgendaState.VOTED: _("you have voted"),
        AgendaState.RECUSED: _("you are recused"),
        AgendaState.DECIDED: _("decided"),
    }[state]


def show(record: SessionRecord, chosen: AgendaItem | None) -> None:
    """A button for each item; the open one is marked."""
    st.subheader(_("Agenda"), anchor=False)
    if not record.items:
        messages.empty(
            _("Nothing is on the agenda yet. Shortlists appear here when a recruiter sends them.")
        )
    with st.container(key="commission_agenda", gap="small"):
        for item in record.items:
            _line(item, is_open=chosen is not None and item.shortlist_id == chosen.shortlist_id)


def _line(item: AgendaItem, *, is_open: bool) -> None:
    title = f"{item.order}. {plain(vacancy_title(item))} · {term_name('country', item.country)}"
    if st.button(
        title,
        key=f"commission.item.{item.shortlist_id}",
        type="secondary" if is_open else "tertiary",
        width="stretch",
    ):
        navigation.keep_query(item=item.shortlist_id)
        st.rerun()
    sign, tone = TONES[item.state]
    tags = [marks.tag(f"{sign} {state_text(item.state)}", tone), marks.tag(progress(item))]
    if item.is_secret:
        tags.append(marks.tag(_("◼ secret ballot"), "accent"))
    marks.show(*tags)


def progress(item: AgendaItem) -> str:
    """How many votes were cast of those expected; the candidates while nobody can vote."""
    if item.decided_at or not item.votes_expected:
        return _("{count} candidates").format(count=number(item.candidates))
    return _("{votes} of {expected} votes").format(
        votes=number(item.votes), expected=number(item.votes_expected)
    )
