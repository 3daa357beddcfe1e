"""S08: the register of commissions: founding orders, seats, rules in force and to come."""

from __future__ import annotations

import streamlit as st

from domain.exceptions import NotFound
from domain.records.commissions import CommissionSummary
from domain.records.officer import Officer
from services import commission
from ui import layout, messages, navigation
from ui.commission import founding, register, rules, seats
from ui.language import _, day, language
from ui.messages import plain
from ui.tables import Column, clear_selection, table

TABLE = "commissions.table"


def render(officer: Officer) -> None:
    """The register, or one commission of it."""
    code = navigation.query("commission")
    if code is None:
        _list(officer)
        return
    try:
        record = commission.get_commission(code=code, by=officer)
    except NotFound as nothing:
        layout.header(_("Commission"), _("S08 · Commission review of résumés"))
        messages.show(nothing)
        navigation.page_link("commissions", _("All commissions"), icon="↩️")
        return
    layout.header(plain(record.name(language())), _("S08 · Commission review of résumés"))
    navigation.page_link("commissions", _("All commissions"), icon="↩️")
    with messages.refusals():
        left, right = layout.list_and_detail()
        with left:
            seats.show(record, officer)
        with right:
            register.order(record)
            rules.show(record, officer)


def _list(officer: Officer) -> None:
    layout.header(
        _("Register of commissions"),
        _("S08 · Commission review of résumés"),
        _("Who decides on shortlists, by which order, and by which rules"),
    )
    known = commission.list_commissions(by=officer)
    chosen = table(
        known,
        [
            Column(_("Commission"), lambda one: one.name(language()), pinned=True),
            Column(_("Number of the order"), "order_number"),
            Column(_("Term"), lambda one: register.term(one.term_from, one.term_until)),
            Column(_("Seats today"), "seats", "number"),
            Column(
                _("Composition"),
                _composed,
                help=_("Whether a session of all who have a seat today could open by its rules."),
            ),
            Column(_("Sessions"), "sessions", "number"),
        ],
        key=TABLE,
        selection="single",
        row_id="code",
        empty=_("There is no commission yet. A manager or an administrator founds the first one."),
        alt=_("Commissions; select one to open it"),
    )
    if chosen:
        clear_selection(TABLE)
        navigation.open_page("commissions", commission=chosen[0])
    st.caption(_("As of {day}.").format(day=day(register.today())))
    founding.form(officer)


def _composed(one: CommissionSummary) -> str:
    return _("✓ complete") if one.is_composed else _("✕ incomplete")
