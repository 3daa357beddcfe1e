"""The two files that stand side by side: read once a visit, so that each look is audited once."""

from __future__ import annotations

import streamlit as st

from domain.records.duplicates import TwoFiles
from domain.records.officer import Officer
from services import merging
from ui import navigation

KEY = "duplicate_pair.opened"


def pair(one: str, other: str, officer: Officer) -> TwoFiles:
    """Both files, from this visit of the screen."""
    asked = (one, other, navigation.visit())
    kept = st.session_state.get(KEY)
    if kept and kept[0] == asked:
        files: TwoFiles = kept[1]
        return files
    files = merging.get_two_files(one=one, other=other, by=officer)
    st.session_state[KEY] = (asked, files)
    return files


def forget() -> None:
    """Read both files anew: something was changed."""
    for name in [str(name) for name in st.session_state]:
        if name.startswith("duplicate_pair."):
            del st.session_state[name]
