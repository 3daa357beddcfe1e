"""What is shown to the administrator once, to be handed over: a password, an invitation."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st

from domain.records.account import Invitation
from ui.language import _, moment
from ui.messages import plain

_PASSWORD = "officers.handed_over"  # noqa: S105 - a key of the session's state
_INVITATION = "officers.invitation"


def keep_password(username: str, password: str) -> None:
    """Show it when the screen is drawn anew."""
    st.session_state[_PASSWORD] = (username, password)
    st.rerun()


def keep_invitation(made: Invitation) -> None:
    """Show it when the screen is drawn anew."""
    st.session_state[_INVITATION] = made
    st.rerun()


def show() -> None:
    """What was just made, this once."""
    if _PASSWORD in st.session_state:
        username, password = st.session_state.pop(_PASSWORD)
        with st.container(border=True):
            st.markdown(
                _(
                    "First-day password of **{name}**: hand it over now, it is not shown again."
                ).format(name=plain(username))
            )
            st.code(password, language=None)
            st.caption(_("It must be changed at the first sign-in."))
    if _INVITATION in st.session_state:
        _show_invitation(st.session_state.pop(_INVITATION))


def _whole(address: str) -> str:
    """Where no public address is set, the one this screen was opened by stands before it."""
    return urljoin(st.context.url or "", address)


def _show_invitation(made: Invitation) -> None:
    with st.container(border=True):
        st.markdown(
            _("Invitation of **{name}**: hand the link over now, it is not shown again.").format(
                name=plain(made.username)
            )
        )
        st.code(_whole(made.address), language=None, wrap_lines=True)
        known = _("It works once, until {until}. The officer chooses the password behind it.")
        st.caption(known.format(until=moment(made.expires_at)))
        if made.is_mailed:
            st.caption(_("It was also sent to the officer's e-mail address."))
