"""S09: one person's English CV, its source beside it, its sign-offs and files.

`?jobseeker=JS-2026-00001`.
"""

from __future__ import annotations

import streamlit as st

from domain.records.cvs import CvRecord
from domain.records.officer import Officer
from services.cvs import reading
from services.permissions import Permission, can
from ui import layout, marks, messages
from ui.cvs import brief, files, names, side_by_side, signing, writing
from ui.cvs.words import status_tag
from ui.language import _, language
from ui.messages import plain
from ui.navigation import page_link, query


def render(officer: Officer) -> None:
    """Parts of the CV on the left; name and what is missing on the right."""
    page_link("cvs", _("All English CVs"), icon="↩️")
    external_id = query("jobseeker")
    if external_id is None:
        layout.header(_("English CV"), _("S09 · CVs in English and sending them"))
        messages.empty(_("Choose a person in the list of English CVs."))
        return
    record = reading.read_cv(external_id=external_id, by=officer)
    layout.header(
        plain(record.name(language())),
        _("S09 · CVs in English and sending them"),
        _("What is coded comes from the file; texts are written here in both languages."),
    )
    parts, side = layout.list_and_detail()
    with side:
        _side(record, officer)
    with parts:
        titles = [_("Both languages"), _("Write"), _("Sign-offs"), _("Files")]
        tabs = st.tabs(titles, key=f"cv.tabs.{language()}")
        with tabs[0]:
            side_by_side.draw(record)
        for tab, draw in zip(tabs[1:], (writing.draw, signing.draw, files.draw), strict=True):
            with tab:
                draw(record, officer)


def _side(record: CvRecord, officer: Officer) -> None:
    with st.container(border=True):
        marks.show(status_tag(record.status))
        signing.wish(record)
        if record.shortfalls:
            is_short = any(one.is_must for one in record.shortfalls)
            layout.part(_("What is missing") if is_short else _("What would make it better"))
            brief.lacking(record.shortfalls)
        else:
            st.caption(_("Nothing is missing."))
        page_link("jobseeker", _("The person's file"), jobseeker=record.external_id)
        if can(officer, Permission.PACKAGES_READ):
            for wanted in record.candidacies:
                board = f"{_('Sending board')} · {wanted.vacancy_number}"
                page_link("sending", board, icon="📦", vacancy=wanted.vacancy_number)
    names.draw(record, officer)
