"""The name as the passport prints it: suggested, compared by an officer, confirmed."""

from __future__ import annotations

import streamlit as st

from domain.records.cvs import CvRecord
from domain.records.officer import Officer
from services.cvs import writing
from ui import layout, marks, messages
from ui.language import _


def draw(record: CvRecord, officer: Officer) -> None:
    """The two names; confirming says that they were compared with the passport."""
    names = record.names
    with st.container(border=True):
        layout.part(_("Name as in the passport"))
        if names.is_confirmed:
            marks.show(marks.tag(f"✓ {names.given_names} {names.surname}", "met"))
        elif names.is_from_file:
            st.caption(_("Suggested from the Latin name in the file. Compare with the passport."))
        else:
            st.caption(
                _("The file has no Latin name: this is the national romanisation. Compare it.")
            )
        place = st.expander(_("Correct the name")) if names.is_confirmed else st.container()
        with place, st.form(f"cv.names.{record.external_id}", border=False):
            left, right = st.columns(2)
            given = left.text_input(
                _("Given names"), names.given_names, max_chars=60, key="cv.given"
            )
            last = right.text_input(_("Surname"), names.surname, max_chars=60, key="cv.surname")
            if st.form_submit_button(_("It is so in the passport"), width="stretch"):
                with messages.refusals():
                    writing.confirm_name(
                        external_id=record.external_id, given_names=given, surname=last, by=officer
                    )
                    messages.success(_("The name is confirmed."))
                    st.rerun()
