"""A person's whole story, one line each: from the registration to the return."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from domain.enums import RoadArea
from domain.records.jobseeker import JobseekerRecord
from domain.records.officer import Officer
from domain.records.road import TimelineEvent
from services import clock
from services.road.timeline import get_story
from ui.language import _, day, label, language, moment, number, say
from ui.messages import empty, plain
from ui.navigation import names as names_of_pages
from ui.navigation import page_link

FIRST = 40


def draw(file: JobseekerRecord, officer: Officer) -> None:
    """The latest first, by day; narrowed to parts of the road."""
    story = get_story(external_id=file.external_id, by=officer)
    if not story.events:
        empty(_("Nothing has happened yet. The story begins with the registration."))
        return
    there = {event.area for event in story.events}
    chosen = st.pills(
        _("Parts of the road"),
        [area for area in RoadArea if area in there],
        selection_mode="multi",
        format_func=label,
        key="jobseeker.story.areas",
    )
    events = [event for event in story.events if not chosen or event.area in chosen]
    st.caption(
        _(
            "Events: {count}, the latest first. Messages and answers are told without their text."
        ).format(count=number(len(events)))
    )
    _lines(events[:FIRST], story.names)
    if len(events) > FIRST:
        with st.expander(_("Show {count} more").format(count=number(len(events) - FIRST))):
            _lines(events[FIRST:], story.names)


def _lines(events: list[TimelineEvent], names: dict[int, tuple[str, str]]) -> None:
    for on, of_day in groupby(events, key=lambda event: clock.day_of(event.at)):
        with st.container(gap=None):
            st.markdown(f"**{plain(day(on))}**")
            for event in of_day:
                _line(event, names)


def _line(event: TimelineEvent, names: dict[int, tuple[str, str]]) -> None:
    hour = "" if event.is_day_only else moment(event.at).split()[-1]
    who = names.get(event.by or 0)
    said = plain(say(event.what))
    beside = [hour, who[0 if language() == "ka" else 1] if who else None, event.note]
    small = plain(" · ".join([label(event.area), *filter(None, beside)]))
    text = f"{said} · :gray[{small}]"
    if event.page and event.page in names_of_pages():
        page_link(event.page, text, **event.query)
    else:
        st.markdown(text)
