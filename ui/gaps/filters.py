"""The filters on top of the gap board."""

from __future__ import annotations

import streamlit as st

from domain.enums import GapKind
from domain.records.gaps import GapFilter
from domain.records.officer import Officer
from services import gaps
from ui import forms, layout
from ui.language import _, label


def filters(officer: Officer) -> GapFilter:
    """Kind of course, country, region, and the days on which the work begins; empty = all."""
    offered = gaps.gap_choices(by=officer)
    with layout.filters():
        kinds = st.multiselect(
            _("Kind of course"),
            list(GapKind),
            format_func=label,
            key="gaps.kinds",
            placeholder=_("all"),
            select_all=False,
            width=260,
        )
        country = forms.choose(
            _("Country of the vacancy"),
            offered["country"],
            "country",
            key="gaps.country",
            placeholder=_("all"),
            width=220,
        )
        region = forms.choose(
            _("Region of the person"),
            offered["region"],
            "region",
            key="gaps.region",
            placeholder=_("all"),
            width=220,
        )
        since = forms.date_input(_("Work begins from"), None, key="gaps.since", width=150)
        until = forms.date_input(_("until"), None, key="gaps.until", width=150)
    return GapFilter(tuple(kinds), country, region, since, until)
