"""Which version of a stay the officer began with: what others save meanwhile is noticed."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from domain.records.deployments import DeploymentRecord
from ui.navigation import visit


def as_seen(stay: DeploymentRecord) -> DeploymentRecord:
    """The stay with the version that was on the screen when this visit, or the last save, began."""
    key = _key(stay.number)
    known = st.session_state.get(key)
    if known is None or known[0] != visit():
        known = st.session_state[key] = (visit(), stay.version)
    st.session_state[f"{key}.newest"] = stay.version
    return replace(stay, version=known[1])


def newest(stay: DeploymentRecord) -> int:
    """The version that is saved now, whichever was seen."""
    return int(st.session_state.get(f"{_key(stay.number)}.newest", stay.version))


def begin_anew(number: str) -> None:
    """After a save, or once both versions are shown: go on from what is saved now."""
    st.session_state.pop(_key(number), None)


def _key(number: str) -> str:
    return f"deployment.seen.{number}"
