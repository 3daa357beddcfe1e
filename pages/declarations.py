"""S08: conflict declarations: my own with receipts, a session's for its chair, the register."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services import commission
from services.permissions import Permission, can
from ui import layout, messages
from ui.commission import declaring, receipt, recusals
from ui.language import _, number
from ui.messages import plain

PAGE = 10


def render(officer: Officer) -> None:
    """My declarations first; then what the reader may read of others; the register last."""
    layout.header(_("Conflict declarations"), _("S08 · Commission review of résumés"))
    votes = can(officer, Permission.VOTES_CAST)
    reads_all = can(officer, Permission.DECLARATIONS_AUDIT) or can(
        officer, Permission.SESSIONS_CHAIR
    )
    titles = [_("My declarations")] if votes else []
    titles += [_("Declarations of a session")] if reads_all else []
    titles += [_("Register of recusals")]
    tabs = dict(zip(titles, st.tabs(titles), strict=True))
    for title, tab in tabs.items():
        with tab:
            if title == _("My declarations"):
                _mine(officer)
            elif title == _("Declarations of a session"):
                recusals.of_a_session(officer)
            else:
                recusals.register()


def _mine(officer: Officer) -> None:
    filed = commission.list_my_declarations(by=officer)
    if not filed:
        messages.empty(_("You have filed nothing yet. You declare in a session, on each item."))
        return
    st.caption(
        _("Filed: {count}. To amend one, open its item in the session.").format(
            count=number(len(filed))
        )
    )
    shown = st.session_state.get("declarations.shown", PAGE)
    for one in filed[:shown]:
        with st.container(border=True):
            place = _("Session {session}, agenda item {item}")
            st.caption(plain(place.format(session=one.session_number, item=number(one.item_order))))
            declaring.line(one)
            receipt.download(one)
    if len(filed) > shown and st.button(_("Show more")):
        st.session_state["declarations.shown"] = shown + PAGE
        st.rerun()
