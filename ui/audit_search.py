"""The search of the audit log: filters, and pages from the newest event back."""

from __future__ import annotations

import streamlit as st

from domain.records.audit import AuditPage, AuditQuery
from domain.records.officer import Officer
from services import audit_log
from ui import forms, layout
from ui.audit_words import ACTIONS, ENTITIES, action_name, entity_name
from ui.language import _, language, number

ROWS = 100
_BACK = "audit_log.back"
"""The way back: before which events the pages began, of which search."""


def filters(officer: Officer) -> AuditQuery:
    """What the reader asks for."""
    actors = {actor.id: actor for actor in audit_log.list_actors(by=officer)}
    own = language()
    with layout.filters(7):
        actor = st.selectbox(
            _("Officer"),
            list(actors),
            index=None,
            format_func=lambda key: f"{actors[key].name(own)} · {actors[key].username}",
            placeholder=_("all"),
            key="audit_log.officer",
            width=230,
        )
        action = st.selectbox(
            _("Action"),
            sorted(ACTIONS, key=lambda code: action_name(code, own)),
            index=None,
            format_func=lambda code: action_name(code, own),
            placeholder=_("all"),
            key="audit_log.action",
            width=200,
        )
        entity = st.selectbox(
            _("Concerning"),
            sorted(ENTITIES, key=lambda code: entity_name(code, own)),
            index=None,
            format_func=lambda code: entity_name(code, own),
            placeholder=_("all"),
            key="audit_log.entity",
            width=200,
        )
        thing = st.text_input(
            _("Number"), key="audit_log.thing", placeholder=_("as in the list"), width=120
        )
        person = st.text_input(
            _("Person"), key="audit_log.person", placeholder=_("number of the file"), width=160
        )
        since = forms.date_input(_("from"), key="audit_log.since", width=140)
        until = forms.date_input(_("to"), key="audit_log.until", width=140)
    return AuditQuery(actor, action, entity, thing.strip(), person.strip(), since, until)


def page_of(wanted: AuditQuery, officer: Officer) -> AuditPage:
    """The page the reader has turned to; another search begins with the newest."""
    asked, back = st.session_state.get(_BACK, (wanted, []))
    if asked != wanted:
        back = []
    st.session_state[_BACK] = (wanted, back)
    before = back[-1] if back else None
    return audit_log.find_events(wanted=wanted, before=before, limit=ROWS, by=officer)


def turn(wanted: AuditQuery, shown: AuditPage) -> None:
    """How many there are, and the way to earlier and later ones."""
    _asked, back = st.session_state[_BACK]
    found = _("Events found: {count}") if shown.is_counted else _("Events found: over {count}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(found.format(count=number(shown.total)))
        if back and st.button(_("← later"), key="audit_log.later"):
            st.session_state[_BACK] = (wanted, back[:-1])
            st.rerun()
        if shown.has_more and st.button(_("earlier →"), key="audit_log.earlier"):
            st.session_state[_BACK] = (wanted, [*back, shown.rows[-1].seq])
            st.rerun()
