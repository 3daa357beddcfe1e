"""Audit log: who did or read what, when, about whom; and the proof that nothing was changed."""

from __future__ import annotations

import streamlit as st

from domain.records.audit import AuditPage
from domain.records.officer import Officer
from services import audit_log
from ui import audit_anchors, layout, tables
from ui.audit import detail, export_buttons
from ui.audit_search import filters, page_of, turn
from ui.audit_words import action_name, entity_name
from ui.language import _, language, moment, number
from ui.tables import Column

_TABLE = "audit_log.list"


def render(officer: Officer) -> None:
    """Search, list, one event; the button that proves the chain."""
    layout.header(
        _("Audit log"),
        subtitle=_("Who did or read what, when, about whom. Reading it is logged as well."),
    )
    wanted = filters(officer)
    actions = st.container(horizontal=True, vertical_alignment="center")
    proof, place = st.container(), st.container()
    shown = page_of(wanted, officer)
    with actions:
        wants_proof = st.button(_("Verify the chain"), key="audit_log.verify", icon="🔗")
        audit_anchors.panel(officer)
        if shown.rows:
            export_buttons(wanted, officer)
    if wants_proof:
        with proof:
            _verify(officer)
    with place:
        turn(wanted, shown)
        _list_and_detail(shown, officer)


def _verify(officer: Officer) -> None:
    """The result stands here until the next click."""
    with st.spinner(_("Every event is computed again …")):
        report = audit_log.verify_audit(by=officer)
    if report.broken_seq is None:
        text = _("The chain is whole: {count} events, none changed, none missing.")
        held = _("Anchors outside it agrees with: {count}.").format(count=number(report.anchors))
        st.success(text.format(count=number(report.events)) + " " + held)
    else:
        problem = report.problem or "?"
        text = _(
            "The chain is broken at event {seq}: {problem}. {count} events before it are whole. "
            "Keep the database as it is and call the information-security manager."
        )
        st.error(
            text.format(
                seq=number(report.broken_seq),
                problem=_(problem),
                count=number(report.events),
            )
        )


def _list_and_detail(shown: AuditPage, officer: Officer) -> None:
    own = language()
    columns = [
        Column("№", "seq", kind="number", width=70),
        Column(_("When"), lambda row: moment(row.happened_at), width=130),
        Column(_("Who"), lambda row: row.actor(own) or _("the system"), width=170),
        Column(_("Action"), lambda row: action_name(row.action, own), width=170),
        Column(_("Concerning"), lambda row: entity_name(row.entity, own), width=175),
        Column(_("Number"), lambda row: row.entity_id or ""),
        Column(_("Person"), lambda row: row.subject or ""),
    ]
    left, right = st.columns([7, 3], gap="medium")
    with left:
        chosen = tables.table(
            shown.rows,
            columns,
            key=_TABLE,
            selection="single",
            row_id="seq",
            empty=_("No event matches. Take a filter away, or choose a longer period."),
            alt=_("Audit log"),
        )
    with right:
        if chosen:
            detail(audit_log.get_event(seq=chosen[0], by=officer))
        elif shown.rows:
            st.caption(_("Choose an event on the left to see what was before and after."))
