"""All cases by urgency and clock; a click opens one."""

from __future__ import annotations

import streamlit as st

from domain.enums import CaseStatus
from domain.records.officer import Officer
from services import clock
from services.monitoring.cases import list_cases
from ui import layout, marks
from ui.language import _, label, term_name
from ui.monitoring import words
from ui.navigation import open_page
from ui.tables import Column, table


def draw(officer: Officer) -> None:
    """Counts, the filter, the table."""
    everything = list_cases(by=officer)
    waiting = [case for case in everything if case.started_at is None]
    late = [case for case in waiting if case.act_until <= clock.now()]
    marks.counters(
        {
            _("clock ran out"): len(late),
            _("wait for somebody"): len(waiting),
            _("being worked on"): sum(
                1 for case in everything if case.status in (CaseStatus.IN_WORK, CaseStatus.REFERRED)
            ),
            _("closed"): sum(1 for case in everything if case.status is CaseStatus.CLOSED),
        }
    )
    with layout.filters(2):
        closed_too = st.toggle(_("Closed ones too"), key="cases.closed")
        mine = st.toggle(_("Mine only"), key="cases.mine")
    rows = [
        case
        for case in everything
        if (closed_too or case.status is not CaseStatus.CLOSED)
        and (not mine or case.owner_id == officer.id)
    ]
    chosen = table(
        rows,
        [
            Column(_("Number"), "number", pinned=True),
            Column(_("Urgency"), lambda case: words.signed(words.URGENCY, case.urgency)),
            Column(_("Status"), lambda case: words.signed(words.CASE, case.status)),
            Column(_("Clock"), words.clock_text),
            Column(_("About"), lambda case: label(case.category)),
            Column(_("Owner"), words.owner),
            Column(_("Country"), lambda case: term_name("country", case.country)),
            Column(_("Employer"), lambda case: case.employer or _("no data")),
            Column(_("Came by"), lambda case: label(case.channel)),
        ],
        key="cases.table",
        selection="single",
        row_id="number",
        empty=_(
            "No case waits. A case opens by itself when a check-in tells otherwise than the "
            "contract, and when a complaint comes in."
        ),
        alt=_("Cases, the most urgent first; select one to open it"),
    )
    if chosen:
        open_page("case", case=chosen[0])
