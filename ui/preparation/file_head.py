"""Who departs where: the head of a departure file."""

from __future__ import annotations

import streamlit as st

from domain.records.preparation import PreparationRecord
from ui import layout, marks
from ui.language import _, day, label, language, term_name
from ui.messages import plain
from ui.navigation import page_link


def draw(file: PreparationRecord) -> None:
    """Name, vacancy, place, dates."""
    name, other = (
        (file.name_ka, file.name_lat) if language() == "ka" else (file.name_lat, file.name_ka)
    )
    title = file.vacancy_title_ka if language() == "ka" and file.vacancy_title_ka else None
    with st.container(border=True):
        st.markdown(f"**{plain(name)}**")
        st.caption(plain(other))
        marks.show(marks.tag(f"→ {label(file.status)}", "accent"))
        layout.facts(
            {
                _("Vacancy"): f"{file.vacancy_number} · {title or file.vacancy_title}",
                _("Employer"): file.employer or _("not stated"),
                _("Country"): term_name("country", file.country),
                _("Work"): f"{day(file.start_on)} – {day(file.end_on)}",
            }
        )
        with st.container(horizontal=True):
            page_link("jobseeker", _("The person's file"), jobseeker=file.external_id)
            page_link("vacancy", _("The vacancy"), vacancy=file.vacancy_number)
            page_link("season_calendar", _("Season calendar"), vacancy=file.vacancy_number)
            if file.deployment_number:
                page_link("deployment", _("The stay abroad"), deployment=file.deployment_number)
