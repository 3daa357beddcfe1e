"""The list of check-ins with its filter; what waits for an answer and what was missed on top."""

from __future__ import annotations

import streamlit as st

from domain.enums import CheckInStatus
from domain.records.monitoring import CheckInRecord
from domain.records.officer import Officer
from services.monitoring.ledger import list_check_ins
from ui import layout, marks, navigation
from ui.language import _, label, term_name
from ui.monitoring import words
from ui.tables import Column, table

S = CheckInStatus
FIRST = (S.ASKED, S.ANSWERED, S.MISSED)


def choose(officer: Officer) -> CheckInRecord | None:
    """Draw filter and list; the check-in that is open."""
    everything = list_check_ins(by=officer)
    marks.counters(
        {
            _("wait for an answer"): sum(1 for one in everything if one.status is S.ASKED),
            _("missed"): sum(1 for one in everything if one.status is S.MISSED),
            _("a promise not kept"): sum(1 for one in everything if one.broken),
            _("want a call"): sum(1 for one in everything if one.wants_call),
        }
    )
    with layout.filters():
        names = {status: label(status) for status in S}
        wanted = st.multiselect(
            _("Status"),
            list(S),
            default=list(FIRST),
            format_func=lambda status: names[status],
            key="check_ins.status",
            placeholder=_("choose"),
            select_all=False,
        )
    rows = [one for one in everything if one.status in wanted] if wanted else list(everything)
    opened = navigation.query_id("check_in")
    chosen = table(
        rows,
        [
            Column(_("Person"), "name", pinned=True),
            Column(_("Status"), lambda one: words.signed(words.CHECK_IN, one.status)),
            Column(_("Asked on"), "due_on", "date"),
            Column(_("Not kept"), lambda one: _told(one), help=_("Promises not kept.")),
            Column(_("Country"), lambda one: term_name("country", one.country)),
            Column(_("Employer"), lambda one: one.employer or _("no data")),
        ],
        key="check_ins.table",
        selection="single",
        selected=[opened] if opened else [],
        empty=_(
            "No check-in stands here. They are planned by themselves as soon as somebody's "
            "arrival is in the register of people abroad."
        ),
        alt=_("Check-ins, the newest first; select one to see its ledger"),
    )
    navigation.keep_query(check_in=chosen[0] if chosen else None)
    return next((one for one in everything if chosen and one.id == chosen[0]), None)


def _told(one: CheckInRecord) -> str:
    if one.answered_at is None:
        return "–"
    return f"✕ {one.broken}" if one.broken else "✓"
