"""The processing register on the screen: one card for each purpose."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.privacy import Processing
from domain.texts import N_
from services.privacy import processing
from ui import layout, marks
from ui.language import _, language, number
from ui.messages import plain

CLASSES = {
    "ordinary": (N_("no personal data"), "quiet", "○"),
    "confidential": (N_("confidential"), "partly", "◐"),
    "personal": (N_("personal data"), "accent", "●"),
    "special": (N_("special categories"), "not_met", "■"),
}


def draw(officer: Officer) -> None:
    """Every purpose, those with the most sensitive data first."""
    found = processing.list_processings(by=officer)
    st.caption(
        _("In force since {day}. Purposes: {count}, tables: {tables}.").format(
            day=processing.register_version(),
            count=number(len(found)),
            tables=number(sum(len(one.tables) for one in found)),
        )
    )
    order = list(CLASSES)
    for one in sorted(found, key=lambda one: -order.index(one.data_class)):
        _card(one)


def _card(one: Processing) -> None:
    text, tone, sign = CLASSES[one.data_class]
    reader = language()
    with st.container(border=True):
        layout.part(plain(one.title[reader]))
        marks.show(
            marks.tag(f"{sign} {_(text)}", tone),
            marks.tag(_("{count} personal columns").format(count=number(one.personal))),
        )
        layout.facts(
            {
                _("What for"): one.purpose[reader],
                _("Legal basis"): one.basis[reader],
                _("Whose data"): one.people[reader],
                _("Who gets it"): one.recipients[reader],
                _("How long"): one.retention[reader],
                _("How it is protected"): one.measures[reader],
            }
        )
        with st.expander(_("Tables ({count})").format(count=number(len(one.tables)))):
            st.caption(plain(", ".join(one.tables)))
