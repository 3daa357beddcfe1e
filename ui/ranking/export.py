"""The ranked list as a file: exactly what the filter shows, logged."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import CandidateFilter, RankingSummary
from domain.texts import N_, Term
from services.exports import ExportFormat, export_rows
from services.permissions import Permission, can
from services.rankings import ranking
from services.texts import render, term, translate
from ui import marks
from ui.language import _, language, number
from ui.ranking.people import ANY_GATE, Shown

HEADINGS = (
    "#",
    N_("File"),
    N_("Person"),
    N_("Score"),
    N_("Range"),
    N_("Strongest reasons"),
    N_("Open questions"),
    N_("Status"),
    N_("Region"),
)
MOST = 5_000
"""People in a file: their reasons take a second for each thousand, and nobody reads more."""
EXCLUDED_HEADINGS = (N_("File"), N_("Person"), N_("Region"), N_("Excluded because"))


def export_button(ranked: RankingSummary, shown: Shown, officer: Officer) -> None:
    """Runs later, in a bare thread: it carries officer and language, and the service checks."""
    may = can(officer, Permission.LISTS_EXPORT)
    own = language()
    st.download_button(
        _("Export"),
        data=lambda: _exported(ranked, shown, officer, own),
        file_name=f"{_name(ranked, shown)}.csv",
        mime="text/csv",
        disabled=not may,
        help=_(
            "The list as shown, with this filter, the first {count} people; the export is logged."
        ).format(count=number(MOST)),
    )


def _name(ranked: RankingSummary, shown: Shown) -> str:
    return f"ranking-{ranked.vacancy_number}" + ("-excluded" if shown.gate else "")


def _exported(ranked: RankingSummary, shown: Shown, officer: Officer, own: str) -> bytes:
    headings: tuple[str, ...] = EXCLUDED_HEADINGS if shown.gate else HEADINGS
    if shown.gate:
        rows = _excluded(ranked, shown, officer, own)
    else:
        rows = _ranked(ranked, shown.chosen, officer, own)
    return export_rows(
        name=_name(ranked, shown),
        headings=[translate(heading, own) for heading in headings],
        rows=rows,
        form=ExportFormat.CSV,
        by=officer,
    ).content


def _ranked(
    ranked: RankingSummary, chosen: CandidateFilter, officer: Officer, own: str
) -> list[tuple[object, ...]]:
    page = ranking.list_candidates(run_id=ranked.run_id, chosen=chosen, limit=MOST, by=officer)
    return [
        (
            row.rank,
            row.external_id,
            row.name(own),
            round(row.score, 1),
            f"{row.low:.1f}–{row.high:.1f}",
            " · ".join(marks.signed(x.status, render(x.sentence, own)) for x in row.reasons),
            len(row.flags) or "",
            term(Term("CandidacyStatus", row.status.value), own) if row.status else "",
            term(Term("region", row.region), own) if row.region else "",
        )
        for row in page.rows
    ]


def _excluded(
    ranked: RankingSummary, shown: Shown, officer: Officer, own: str
) -> list[tuple[object, ...]]:
    rows, _total = ranking.list_excluded(
        run_id=ranked.run_id,
        gate=None if shown.gate == ANY_GATE else shown.gate,
        text=shown.chosen.text,
        limit=MOST,
        by=officer,
    )
    return [
        (
            row.external_id,
            row.name(own),
            term(Term("region", row.region), own) if row.region else "",
            " · ".join(render(sentence, own) for sentence in row.sentences),
        )
        for row in rows
    ]
