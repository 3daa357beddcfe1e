"""A commission's order and term, as its register says them."""

from __future__ import annotations

from datetime import date

import streamlit as st

from domain.records.commissions import CommissionRecord
from services import clock
from ui import layout, marks, navigation
from ui.language import _, day, number, say
from ui.messages import plain


def today() -> date:
    """The day by which the register says who has a seat."""
    return clock.today()


def term(begins: date, ends: date | None) -> str:
    """From a day to a day, or without an end."""
    return f"{day(begins)} – {day(ends)}" if ends else _("from {day}").format(day=day(begins))


def order(record: CommissionRecord) -> None:
    """The founding order, its scope and term, and whether sessions can be held."""
    layout.section(_("Founding order"))
    known = record.order_number is not None
    layout.facts(
        {
            _("Number of the order"): record.order_number
            or _("not known: sessions were held before the register"),
            _("Date of the order"): day(record.ordered_on) if known else "",
            _("What it decides"): record.scope or "",
            _("Term"): term(record.term_from, record.term_until),
            _("Sessions"): number(record.sessions),
        }
    )
    sign, tone = ("✓", "met") if record.is_composed else ("✕", "not_met")
    marks.show(marks.tag(f"{sign} {say(record.composition)}", tone))
    if record.plan_refusal is not None:
        st.caption(plain(say(record.plan_refusal)))
    else:
        navigation.page_link("sessions", _("Plan a session"), icon="📅")
