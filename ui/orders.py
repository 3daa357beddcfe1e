"""The id of the action that an officer takes next, as a hidden field of every screen.

The browser sends back the id that it was shown. So a second click on a button, even one that left
the browser before the first one's answer arrived, and a click after the process died carry the id
of the first one, and the use case says that it is done already. A new id is drawn only with a
screen that was drawn whole after something had been changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException

from domain.records.officer import Officer
from services import requests

KEY = "request-id"
USED = "requests.used"
RENEW = "requests.renew"


@contextmanager
def taking_orders(officer: Officer) -> Iterator[None]:
    """What happens in the block belongs to the request whose id the browser sent."""
    if st.session_state.pop(RENEW, False):
        st.session_state[KEY] = requests.new_id()
    drawn = st.session_state.get(KEY) or requests.new_id()
    with requests.once(requests.own_id(drawn, officer)) as request:
        try:
            yield
        except RerunException as rerun:
            # By the code itself, after an action: what the screen does next is no repetition. A
            # rerun that the browser asked for may be the second of two clicks: it keeps the id.
            is_own = rerun.rerun_data.widget_states is None
            st.session_state[RENEW] = request.has_changed and is_own
            raise
        finally:
            if request.has_changed:
                st.session_state[USED] = drawn
    _draw(drawn)


def _draw(drawn: str) -> None:
    if st.session_state.get(USED) == drawn:
        drawn = st.session_state[KEY] = requests.new_id()
    with st.container(key="request"):
        if KEY in st.session_state:
            st.text_input(KEY, key=KEY, label_visibility="collapsed")
        else:
            # The first run of a session: after a lost connection the browser still has its id.
            st.text_input(KEY, drawn, key=KEY, label_visibility="collapsed")
