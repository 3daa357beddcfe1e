"""The file that stands open: read once a visit, so that each opening is audited once."""

from __future__ import annotations

import streamlit as st

from domain.records.jobseeker import JobseekerRecord
from domain.records.officer import Officer
from services.jobseekers import registration
from ui import navigation

KEY = "jobseeker.opened"


def record(external_id: str, officer: Officer) -> JobseekerRecord:
    """The file, from this visit of the screen; a new visit reads (and audits) anew."""
    kept = st.session_state.get(KEY)
    if kept and kept[0] == (external_id, navigation.visit()):
        file: JobseekerRecord = kept[1]
        return file
    file = registration.get_jobseeker(external_id=external_id, by=officer)
    forget_edits()
    keep(file)
    return file


def keep(file: JobseekerRecord) -> None:
    """Show this version from now on: it was just saved, or somebody else's was taken over."""
    st.session_state[KEY] = ((file.external_id, navigation.visit()), file)


def forget_edits() -> None:
    """Nothing is being edited, and no personal number shown."""
    for name in [str(name) for name in st.session_state]:
        if name.startswith(("jobseeker.edit.", "jobseeker.shown")):
            del st.session_state[name]
