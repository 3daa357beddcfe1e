"""The row of filters that all figures obey."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from domain.records.officer import Officer
from domain.records.statistics import StatisticsFilter
from domain.texts import N_
from services import clock, statistics
from ui import forms, layout
from ui.language import _

PERIODS = {
    "year": N_("last 12 months"),
    "quarter": N_("last 3 months"),
    "month": N_("last 30 days"),
    "calendar": N_("this calendar year"),
    "all": N_("from the beginning"),
    "own": N_("days of my choice"),
}
BEGINNING = date(2020, 1, 1)
"""The first of Georgia's bilateral schemes is of January 2020."""


def filters(
    officer: Officer, *, area: str = "dashboard", with_region: bool = True
) -> StatisticsFilter:
    """Period, scheme, country, region; empty = all. `area` begins the widgets' keys."""
    offered = statistics.filter_choices(by=officer)
    with layout.filters():
        period = st.selectbox(
            _("Period"),
            list(PERIODS),
            format_func=lambda name: _(PERIODS[name]),
            key=f"{area}.period",
            width=200,
        )
        since, until = _days(period)
        if period == "own":
            since = forms.date_input(_("from"), since, key=f"{area}.since", width=150) or since
            until = forms.date_input(_("to"), until, key=f"{area}.until", width=150) or until
        scheme = _choose(area, _("Scheme"), "scheme", offered)
        country = _choose(area, _("Country"), "country", offered)
        region = None
        if with_region:
            region = _choose(area, _("Region of Georgia"), "region", offered)
    return StatisticsFilter(since, until, scheme, country, region)


def _choose(area: str, title: str, kind: str, offered: Mapping[str, tuple[str, ...]]) -> str | None:
    key = f"{area}.{kind}"
    return forms.choose(title, offered[kind], kind, key=key, placeholder=_("all"), width=230)


def _days(period: str) -> tuple[date, date]:
    today = clock.today()
    begins = {
        "quarter": today - timedelta(91),
        "month": today - timedelta(29),
        "calendar": date(today.year, 1, 1),
        "all": BEGINNING,
    }
    return begins.get(period, today - timedelta(364)), today
