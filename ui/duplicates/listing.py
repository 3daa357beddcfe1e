"""The list of pairs: filters, columns, pages."""

from __future__ import annotations

import streamlit as st

from domain.enums import DuplicateStatus
from domain.records.duplicates import DuplicatePair, DuplicateQuery
from ui import forms, layout
from ui.language import _, label, language, number, say
from ui.tables import Column

PAGE_SIZE = 25


def filters() -> DuplicateQuery:
    """Search, region and what became of the pair."""
    with layout.filters(3):
        text = st.text_input(
            _("Search"),
            key="duplicates.text",
            placeholder=_("name in either script or file number"),
            persist_state="session",
            width=320,
        )
        region = forms.region(
            _("Region"),
            key="duplicates.region",
            placeholder=_("all"),
            persist_state="session",
            width=240,
        )
        status = st.segmented_control(
            _("What became of the pair"),
            list(DuplicateStatus),
            default=DuplicateStatus.OPEN,
            format_func=label,
            key="duplicates.status",
            required=True,
        )
    return DuplicateQuery(text=text, region=region, status=status or DuplicateStatus.OPEN)


def page_offset(query: DuplicateQuery, total: int) -> int:
    """Where the shown page begins."""
    pages = max(1, -(-total // PAGE_SIZE))
    st.caption(_("Pairs: {count}, the most certain first").format(count=number(total)))
    page = st.pagination(pages, key=f"duplicates.page.{hash(query)}") if pages > 1 else 1
    return (page - 1) * PAGE_SIZE


def pair_id(pair: DuplicatePair) -> tuple[str, str]:
    """What a chosen line opens."""
    return pair.first.external_id, pair.second.external_id


def columns() -> list[Column]:
    """What an officer would choose by."""
    lang = language()
    return [
        Column(_("Likeness"), "score", kind="score", width="small", help=_("0 to 100")),
        Column(_("First file"), lambda p: p.first.name(lang)),
        Column(_("Second file"), lambda p: p.second.name(lang)),
        Column(_("Birth date"), lambda p: p.first.birth_date or p.second.birth_date, kind="date"),
        Column(_("Why"), lambda p: _reasons(p), width=420),
        Column(_("File numbers"), lambda p: f"{p.first.external_id} · {p.second.external_id}"),
    ]


def _reasons(pair: DuplicatePair) -> str:
    return " · ".join(say(reason) for reason in pair.reasons)


def nothing(query: DuplicateQuery, was_searched: bool) -> str:
    """What an empty list says."""
    if query.text or query.region:
        return _("No pair fits these filters: take one away.")
    if query.status is DuplicateStatus.MERGED:
        return _("No pair of files has been merged yet.")
    if query.status is DuplicateStatus.DIFFERENT:
        return _("No pair was found to be of different people yet.")
    if not was_searched:
        return _("Search the register: the pairs that may be one person stand here then.")
    return _("Nobody seems to be registered twice. After new registrations, search again.")
