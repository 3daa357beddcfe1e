"""Entering a commission as its order founds it."""

from __future__ import annotations

import streamlit as st

from domain.records.commissions import CommissionForm
from domain.records.officer import Officer
from services import clock, commission
from services.permissions import Permission, can
from ui import forms, messages
from ui.language import _


def form(officer: Officer) -> None:
    """The form, folded, for managers and administrators; others read who changes the register."""
    if not can(officer, Permission.COMMISSIONS_FOUND):
        st.caption(_("A manager or an administrator changes the register."))
        return
    with st.expander(_("Found a commission")), st.form("commissions.found", border=False):
        wanted = _inputs()
        st.caption(
            _(
                "It gets the rules that new commissions have; change them with an entry of its own "
                "once the order fixes others. Seats are given next."
            )
        )
        if not st.form_submit_button(_("Enter in the register"), type="primary"):
            return
    with messages.refusals():
        made = commission.found_commission(form=wanted, by=officer)
        messages.success(
            _("The commission is in the register. Give its seats now."),
            _("Open the commission"),
            "commissions",
            commission=made.code,
        )
        st.rerun()


def _inputs() -> CommissionForm:
    name_ka = st.text_input(
        _("The commission's name in Georgian"), key="commissions.name_ka", max_chars=200
    )
    name_en = st.text_input(
        _("The commission's name in English"), key="commissions.name_en", max_chars=200
    )
    left, middle, right = st.columns(3)
    code = left.text_input(
        _("Code"),
        key="commissions.code",
        max_chars=40,
        help=_("Small Latin letters, digits, hyphens; it stays."),
    )
    number = middle.text_input(_("Number of the order"), key="commissions.order", max_chars=60)
    with right:
        ordered_on = forms.date_input(_("Date of the order"), key="commissions.ordered_on")
    scope = st.text_area(
        _("What it decides, as the order says"), key="commissions.scope", max_chars=1000, height=90
    )
    left, right = st.columns(2)
    with left:
        term_from = forms.date_input(
            _("First day of the term"), clock.today(), key="commissions.from"
        )
    with right:
        term_until = forms.date_input(
            _("Last day (empty: without an end)"), key="commissions.until"
        )
    return CommissionForm(
        code.strip(), name_ka, name_en, number, ordered_on, scope, term_from, term_until
    )
