"""What the chair does: open the session, start a count, postpone an item, close the session."""

from __future__ import annotations

import streamlit as st

from domain.enums import SessionStatus
from domain.records.commission import AgendaItem, SessionRecord
from domain.records.officer import Officer
from services import commission
from ui import messages
from ui.commission import secret
from ui.commission.counting import COUNTING
from ui.language import _, say
from ui.messages import plain


def session_controls(record: SessionRecord, officer: Officer) -> None:
    """Open or close the session; a button that can't be used says why."""
    if not record.i_am_chair or record.status is SessionStatus.CLOSED:
        return
    if record.status is SessionStatus.PLANNED:
        text, refusal, act = _("Open the session"), record.open_refusal, commission.open_session
        done = _("The session is open: members can vote.")
        follows = _("Members can vote from then on; the members can't be changed any more.")
    else:
        text, refusal, act = _("Close the session"), record.close_refusal, commission.close_session
        done = _("The session is closed and its decisions are recorded.")
        follows = _("Nothing can be changed after that.")
    with st.container(border=True):
        st.markdown("**" + _("Chair") + "**")
        st.caption(plain(say(refusal)) if refusal else follows)
        if st.button(
            text,
            key="commission.session",
            type="primary",
            width="stretch",
            disabled=refusal is not None,
            help=say(refusal) if refusal else None,
        ):
            with messages.refusals():
                act(number=record.number, by=officer)
                messages.success(done)
                st.rerun()


def item_controls(record: SessionRecord, item: AgendaItem, officer: Officer) -> None:
    """Start the count of an item, or postpone it."""
    if record.status is not SessionStatus.OPEN or item.decided_at:
        return
    if item.acting_chair_id == officer.id:
        refusal = say(item.close_refusal) if item.close_refusal else None
        text, follows = secret.count_text(item)
        with st.container(border=True):
            st.markdown("**" + _("Chair of this item") + "**")
            st.caption(plain(refusal or follows))
            if st.button(
                text,
                key="commission.count",
                width="stretch",
                disabled=refusal is not None,
                help=refusal,
            ):
                with messages.refusals():
                    secret.end_before_count(item, officer)
                    st.session_state[COUNTING] = item.shortlist_id
                    st.rerun()
    if record.i_am_chair and not item.votes:
        _postpone(record, item, officer)


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
