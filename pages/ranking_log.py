"""Ranking log: every ranking with who, when, by which rules, and what came of it."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services import clock
from services.rankings import log, retention
from ui import layout, messages, navigation
from ui.language import _, number
from ui.ranking_log import listing
from ui.tables import clear_selection, table

TABLE = "ranking_log.table"


def render(officer: Officer) -> None:
    """Filters, the list, the file for an auditor; a chosen line opens its story."""
    layout.header(_("Ranking log"), subtitle=_kept())
    with messages.refusals():
        wanted = listing.filters(officer)
        above = st.container(horizontal=True, vertical_alignment="center")
        total = log.list_runs(wanted=wanted, limit=0, by=officer).total
        with above:
            offset = listing.page_offset(wanted, total)
            if total:
                listing.export(wanted, total, officer)
        shown = log.list_runs(wanted=wanted, offset=offset, limit=listing.PAGE, by=officer)
        chosen = table(
            shown.rows,
            listing.columns(),
            key=TABLE,
            selection="single",
            row_id="run_id",
            empty=_nothing(wanted == type(wanted)()),
            alt=_("Rankings, the latest first; select one to see how it was made"),
        )
        if shown.rows:
            st.caption(_("Tick a ranking to see how it was made."))
        if chosen:
            clear_selection(TABLE)
            navigation.open_page("ranking_run", run=chosen[0])


def _kept() -> str:
    rules = retention.rules_on(clock.today())
    return _(
        "Every ranking with who made it, by which rules, what was shown of it, changed by hand and "
        "decided. Kept for {months} months, behind a decision for {longer}."
    ).format(months=number(rules.run_months), longer=number(rules.decided_run_months))


def _nothing(is_unfiltered: bool) -> str:
    if is_unfiltered:
        return _("Nothing has been ranked yet. Each ranking of a vacancy appears here by itself.")
    return _("No ranking fits these filters: take one away, or choose a longer period.")
