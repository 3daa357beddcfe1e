"""Dissenting opinions on a decided item: those that were filed, and the form for one's own."""

from __future__ import annotations

import streamlit as st

from domain.records.commission import AgendaItem
from domain.records.officer import Officer
from services import commission
from services.permissions import Permission, can
from ui import messages
from ui.language import _, language, moment, say
from ui.messages import plain


def show(item: AgendaItem, officer: Officer) -> None:
    """What members who voted wrote against the decision; it goes into the minutes word by word."""
    found = commission.list_dissents(shortlist_id=item.shortlist_id, by=officer)
    may_write = can(officer, Permission.VOTES_CAST)
    if not found.filed and (found.refusal is not None or not may_write):
        return
    st.markdown("**" + _("Dissenting opinions") + "**")
    for one in found.filed:
        with st.container(border=True):
            st.markdown(plain(one.text))
            st.caption(plain(f"{one.name(language())} · {moment(one.filed_at)}"))
    if not may_write:
        return
    if found.refusal is not None:
        st.caption(plain(say(found.refusal)))
        return
    with st.expander(_("File a dissenting opinion")):
        st.caption(
            _("It goes into the minutes under your name and can't be changed or taken back.")
        )
        text = st.text_area(
            _("In what you differ, and why"),
            max_chars=4000,
            key=f"commission.dissent.{item.shortlist_id}",
        )
        if st.button(_("File the opinion"), key="commission.dissent.file", width="stretch"):
            with messages.refusals():
                commission.file_dissent(shortlist_id=item.shortlist_id, text=text, by=officer)
                messages.success(_("Your dissenting opinion is filed."))
                st.rerun()
