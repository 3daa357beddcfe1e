"""The chosen line of the list: what is missing, and the way to the CV."""

from __future__ import annotations

import streamlit as st

from domain.records.cvs import CvShortfall, CvSummary
from ui import layout, marks
from ui.cvs.words import lacking_text, status_tag
from ui.language import _, label, language, say
from ui.messages import plain
from ui.navigation import page_link


def draw(one: CvSummary) -> None:
    """Name, state, what is missing, the vacancies it is wanted for."""
    with st.container(border=True):
        st.markdown(f"**{plain(one.name(language()))}**")
        marks.show(status_tag(one.status))
        st.caption(plain(say(one.next_step)))
        lacking(one.shortfalls)
        page_link("cv", _("Open the CV"), icon="📝", jobseeker=one.external_id)
        layout.part(_("Wanted for"))
        for wanted in one.candidacies:
            title = wanted.title_ka if language() == "ka" and wanted.title_ka else wanted.title
            st.caption(
                plain(f"{wanted.vacancy_number} · {title}") + f" · {plain(label(wanted.status))}"
            )


def lacking(shortfalls: tuple[CvShortfall, ...]) -> None:
    """Everything missing, what hinders first; nothing where nothing is."""
    if not shortfalls:
        return
    st.markdown("\n".join(f"- {plain(lacking_text(one))}" for one in shortfalls))
