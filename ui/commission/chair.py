"""What the chair of an item does: start its count; and the agenda's order."""

from __future__ import annotations

import streamlit as st

from domain.enums import SessionStatus
from domain.records.commission import AgendaItem, SessionRecord
from domain.records.officer import Officer
from services import commission
from ui import messages
from ui.buttons import guarded_button
from ui.commission import secret
from ui.commission.counting import COUNTING
from ui.language import _, say
from ui.messages import plain


def item_controls(record: SessionRecord, item: AgendaItem, officer: Officer) -> None:
    """Start the count of an item, or give it another place, or another session."""
    if record.status in (SessionStatus.CLOSED, SessionStatus.CANCELLED) or item.decided_at:
        return
    if record.status is not SessionStatus.PLANNED and item.acting_chair_id == officer.id:
        refusal = say(item.close_refusal) if item.close_refusal else None
        text, follows = secret.count_text(item)
        with st.container(border=True):
            st.markdown("**" + _("Chair of this item") + "**")
            st.caption(plain(refusal or follows))
            if guarded_button(text, refusal, key="commission.count", width="stretch"):
                with messages.refusals():
                    secret.end_before_count(item, officer)
                    st.session_state[COUNTING] = item.shortlist_id
                    st.rerun()
    if record.agenda_refusal is None:
        _move(record, item, officer)
        if not item.votes:
            _postpone(record, item, officer)


def _move(record: SessionRecord, item: AgendaItem, officer: Officer) -> None:
    """Put the item at another place of the agenda: the chair or the secretary."""
    if len(record.items) < 2:
        return
    places = list(range(1, len(record.items) + 1))
    before = [one.shortlist_id for one in record.items].index(item.shortlist_id)
    with st.expander(_("Place on the agenda")):
        place = st.selectbox(
            _("Place"), places, index=before, key=f"commission.place.{item.shortlist_id}"
        )
        if st.button(_("Move"), key="commission.move", width="stretch"):
            with messages.refusals():
                commission.move_item(shortlist_id=item.shortlist_id, to_place=place, by=officer)
                messages.success(_("The agenda has its new order."))
                st.rerun()


def _postpone(record: SessionRecord, item: AgendaItem, officer: Officer) -> None:
    sessions = [
        one.number
        for one in commission.list_sessions(by=officer)
        if one.status is SessionStatus.PLANNED and one.number != record.number
    ]
    with st.expander(_("Postpone this item")):
        if not sessions:
            st.caption(_("No other session is planned. Plan one first."))
            return
        target = st.selectbox(_("To session"), sessions, key="commission.postpone_to")
        if st.button(_("Postpone"), key="commission.postpone", width="stretch"):
            with messages.refusals():
                commission.postpone_item(
                    shortlist_id=item.shortlist_id, to_number=target, by=officer
                )
                messages.success(_("The item is on the agenda of {number}.").format(number=target))
                st.rerun()
