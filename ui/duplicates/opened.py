"""The two files that stand side by side: read once a visit, so that each look is audited once."""

from __future__ import annotations

import streamlit as st

from domain.records.duplicates import TwoFiles
from domain.records.officer import Officer
from services.duplicates import merging
from services.jobseekers import registration
from ui import navigation

KEY = "duplicate_pair.opened"
SHOWN = "duplicate_pair.shown"


def pair(one: str, other: str, officer: Officer) -> TwoFiles:
    """Both files, from this visit of the screen."""
    asked = (one, other, navigation.visit())
    kept = st.session_state.get(KEY)
    if kept and kept[0] == asked:
        files: TwoFiles = kept[1]
        return files
    forget()
    files = merging.get_two_files(one=one, other=other, by=officer)
    st.session_state[KEY] = (asked, files)
    return files


def shows_numbers(files: TwoFiles) -> bool:
    """Whether the officer asked for the personal numbers of these files in full."""
    return bool(st.session_state.get(SHOWN) == _ids(files))


def show_numbers(files: TwoFiles, officer: Officer) -> None:
    """Show them from now on, and record on both files that the officer looked."""
    for external_id in _ids(files):
        registration.reveal_personal_number(external_id=external_id, by=officer)
    st.session_state[SHOWN] = _ids(files)


def _ids(files: TwoFiles) -> tuple[str, str]:
    return files.first.external_id, files.second.external_id


def forget() -> None:
    """Read both files anew: something was changed."""
    for name in [str(name) for name in st.session_state]:
        if name.startswith("duplicate_pair."):
            del st.session_state[name]
