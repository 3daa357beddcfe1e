"""On an item that hears appeals: what the person says, and why the first panel refused."""

from __future__ import annotations

import streamlit as st

from domain.records.commission import AgendaItem
from domain.records.officer import Officer
from services import appeals
from ui.commission import desk
from ui.language import _, day, language
from ui.messages import plain


def show(item: AgendaItem, officer: Officer) -> None:
    """The appeals above the file; nothing on an ordinary item."""
    if not item.appeals:
        return
    for one in appeals.read_hearing(shortlist_id=item.shortlist_id, by=officer):
        with st.container(border=True):
            st.markdown(
                "**"
                + _("Appeal {number} of {candidate}").format(
                    number=one.number, candidate=desk.number_text(one.candidate)
                )
                + "**"
            )
            st.caption(
                _("Received on {day}; first decision: {session}, {decided}").format(
                    day=day(one.received_on),
                    session=one.session_number,
                    decided=day(one.decided_on),
                )
            )
            st.markdown(plain(one.text))
            if one.report_texts:
                st.markdown(
                    _("Reasons of the first decision: {reasons}").format(
                        reasons=plain(one.report_texts[language()])
                    )
                )
            if one.late_reason:
                st.caption(_("Heard although late: {reason}").format(reason=plain(one.late_reason)))
