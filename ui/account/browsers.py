"""The own signed-in browsers."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.officers import sessions
from ui import browsers, layout, messages, session
from ui.language import _


def show(officer: Officer) -> None:
    """Each with a button that signs it out."""
    layout.section(
        _("Signed-in browsers"), _("If you don't know one, sign it out and change your password.")
    )
    current = session.session_id()
    found = sessions.list_own_sessions(current=current, by=officer)
    ended = browsers.table_of(found, "account.browsers")
    with messages.refusals():
        if ended:
            sessions.end_own_session(session_id=ended, by=officer)
            messages.success(_("The browser is signed out."))
            st.rerun()
        if len(found) > 1 and st.button(_("Sign out everywhere else")):
            sessions.end_other_sessions(current=current, by=officer)
            messages.success(_("Every other browser is signed out."))
            st.rerun()
