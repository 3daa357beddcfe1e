"""The ranked list as a file: exactly what the filter shows, logged."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import CandidateFilter, RankingSummary
from domain.texts import N_, Term
from services import ranking
from services.exports import ExportFormat, export_rows
from services.permissions import Permission, can
from services.texts import render, term, translate
from ui.language import _, language

HEADINGS = (
    "#",
    N_("File"),
    N_("Person"),
    N_("Score"),
    N_("Range"),
    N_("Strongest reasons"),
    N_("Region"),
)


def export_button(ranked: RankingSummary, chosen: CandidateFilter, officer: Officer) -> None:
    """Runs later, in a bare thread: it carries officer and language, and the service checks."""
    may = can(officer, Permission.LISTS_EXPORT)
    own = language()
    st.download_button(
        _("Export"),
        data=lambda: _exported(ranked, chosen, officer, own),
        file_name=f"ranking-{ranked.vacancy_number}.csv",
        mime="text/csv",
        disabled=not may,
        help=_("The list as shown, with this filter; the export is logged."),
    )


def _exported(ranked: RankingSummary, chosen: CandidateFilter, officer: Officer, own: str) -> bytes:
    page = ranking.list_candidates(
        run_id=ranked.run_id, chosen=chosen, limit=ranked.ranked or 1, by=officer
    )
    rows = [
        (
            row.rank,
            row.external_id,
            row.name(own),
            round(row.score, 1),
            f"{row.low:.1f}–{row.high:.1f}",
            " · ".join(render(reason.sentence, own) for reason in row.reasons),
            term(Term("region", row.region), own) if row.region else "",
        )
        for row in page.rows
    ]
    return export_rows(
        name=f"ranking-{ranked.vacancy_number}",
        headings=[translate(heading, own) for heading in HEADINGS],
        rows=rows,
        form=ExportFormat.CSV,
        by=officer,
    ).content
