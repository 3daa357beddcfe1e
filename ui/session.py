"""Who sits at this browser, and what their session holds."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.officers import sign_in

OWNER = "session.owner"


def session_id() -> str | None:
    """The sign-in session that the gate let in; never taken from `st.session_state`."""
    value = st.user.get("sid")
    return str(value) if value else None


def current_officer() -> Officer | None:
    """The officer, looked up in the database anew; None after sign-out, disabling or idling.

    Widget callbacks run before the router's own check: they call this too.
    """
    return sign_in.officer_of(session_id())


def forget(keep: tuple[str, ...] = ()) -> None:
    """Empty the session's state, but for the keys to keep."""
    for name in [name for name in st.session_state if name not in keep]:
        del st.session_state[name]


def claim(officer: Officer) -> None:
    """Forget everything in the session if it was another officer's, or another role's."""
    owner = f"{officer.id}:{officer.role.value}"
    if st.session_state.get(OWNER, owner) != owner:
        forget()
    st.session_state[OWNER] = owner
