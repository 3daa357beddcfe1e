"""All vacancies in Georgia, with figures and their definitions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.enums import LocalVacancyStatus
from domain.records.local_vacancies import LocalEmployerRecord, LocalVacancyRecord
from ui import marks, navigation
from ui.language import _, day, label, term_name
from ui.tables import Column, table

SIGNS = {
    LocalVacancyStatus.OPEN: "◐",
    LocalVacancyStatus.FILLED: "✓",
    LocalVacancyStatus.CLOSED: "–",
}


def figures(found: Sequence[LocalVacancyRecord], known: Sequence[LocalEmployerRecord]) -> None:
    """The counts above the list."""
    open_ones = [one for one in found if one.status is LocalVacancyStatus.OPEN]
    marks.counters(
        {
            _("employers"): len(known),
            _("open vacancies"): len(open_ones),
            _("free positions"): sum(max(one.positions - one.hired, 0) for one in open_ones),
            _("recommended"): sum(one.referred for one in found),
            _("wait for a reply"): sum(one.waiting for one in found),
            _("hired"): sum(one.hired for one in found),
        }
    )
    st.caption(
        _(
            "Recommended: people whose file went to an employer with their consent. Wait for a "
            "reply: ask the employer. Hired: the employer or the person said so."
        )
    )


def draw(found: Sequence[LocalVacancyRecord]) -> None:
    """The list; a line opens the vacancy."""
    chosen = table(
        found,
        [
            Column(_("Title"), "title", pinned=True, width="medium"),
            Column(_("Employer"), "employer", width="medium"),
            Column(_("Status"), lambda row: f"{SIGNS[row.status]} {label(row.status)}"),
            Column(_("Positions"), "positions", "number"),
            Column(_("Recommended"), "referred", "number"),
            Column(_("No reply yet"), "waiting", "number"),
            Column(_("Hired"), "hired", "number"),
            Column(_("Region"), lambda row: term_name("region", row.region)),
            Column(_("Start"), lambda row: day(row.starts_on)),
            Column(_("Number"), "number"),
        ],
        key="local_vacancies.table",
        selection="single",
        row_id="number",
        empty=_("No vacancy in Georgia yet. Take in the employer, then the vacancy, on the right."),
        alt=_("Vacancies in Georgia; select one to open it"),
    )
    if chosen:
        navigation.open_page("local_vacancy", vacancy=chosen[0])
