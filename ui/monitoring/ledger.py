"""The promise ledger of one stay: a row for each check-in, a column for each promise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from domain.enums import CheckInStatus, PromiseTerm
from domain.records.monitoring import LedgerRow, PromiseComparison
from domain.records.officer import Officer
from services.monitoring.ledger import ledger_of, stay_id
from services.permissions import Permission, can
from ui import tables
from ui.language import _, label, moment, say
from ui.monitoring import words
from ui.navigation import page_link


def draw_of_stay(number: str, officer: Officer) -> None:
    """The ledger as a part of another screen, for whoever may see it."""
    if can(officer, Permission.MONITORING_READ):
        draw(stay_id(number=number, by=officer), officer)
    else:
        st.caption(_("The promise ledger is for recruiters, managers and monitoring officers."))


def draw(deployment_id: int, officer: Officer) -> None:
    """Promised and told, check-in by check-in; beneath, the newest answer in sentences."""
    rows = ledger_of(deployment_id=deployment_id, by=officer)
    st.caption(
        _(
            "Each row is a check-in; ✓ the promise is kept, ◐ a small difference, ✕ not kept, "
            "? not known on one side, which is no difference."
        )
    )
    tables.table(
        rows,
        [
            tables.Column(_("Asked on"), "due_on", "date"),
            tables.Column(_("Status"), lambda row: words.signed(words.CHECK_IN, row.status)),
            *(tables.Column(label(term), partial(_sign, term=term)) for term in PromiseTerm),
            tables.Column(_("Case"), lambda row: row.case or ""),
        ],
        key=f"monitoring.ledger.{deployment_id}",
        row_id="check_in_id",
        empty=_("No check-in yet: the first one is on the third day after the arrival."),
        alt=_("Check-ins of this stay with each promise, the newest first"),
    )
    newest = next((row for row in rows if row.status is CheckInStatus.ANSWERED), None)
    if newest is not None:
        st.markdown("**" + _("Told on {moment}").format(moment=moment(newest.answered_at)) + "**")
        lines(newest.comparisons)
        if newest.case:
            page_link("case", newest.case, icon="📕", case=newest.case)


def _sign(row: LedgerRow, *, term: PromiseTerm) -> str:
    return words.promise(next((one for one in row.comparisons if one.term is term), None))


def lines(comparisons: Sequence[PromiseComparison]) -> None:
    """Each promise with its sentence."""
    for one in comparisons:
        chip = words.chip(words.VERDICT, one.verdict)
        st.html(f"<p>{chip} <b>{escape(label(one.term))}</b> · {escape(say(one.sentence))}</p>")
