"""One incident: how its clock stands, what is known, what happened to it."""

from __future__ import annotations

import streamlit as st

from domain.records.incidents import IncidentEvent, IncidentRecord
from domain.records.officer import Officer
from services.permissions import Permission, can
from ui import layout, marks
from ui.incidents import words
from ui.language import _, label, language, moment, say
from ui.messages import plain


def head(record: IncidentRecord) -> None:
    """State and clock in one row, and what to do next in a sentence."""
    one = record.summary
    marks.show(words.clock_chip(one), words.status_chip(one), marks.tag(label(one.kind)))
    st.markdown(plain(say(one.title)))


def known(record: IncidentRecord) -> None:
    """The facts of the register."""
    one = record.summary
    layout.section(_("What is known"))
    owner = one.owner_ka if language() == "ka" else one.owner_en
    layout.facts(
        {
            _("Identified"): moment(one.identified_at),
            _("72 hours end"): moment(one.notify_until),
            _("Happened"): _("{times} ×, last on {moment}").format(
                times=one.times, moment=moment(one.last_at)
            ),
            _("Personal data reached"): words.breach_text(one),
            _("Harm"): label(one.harm) if one.harm else _("no data"),
            _("Why so"): record.harm_reason or _("no data"),
            _("Circumstances"): record.form.circumstances or _("no data"),
            _("Works on it"): owner or _("nobody yet"),
            _("People named"): str(record.people_named),
            _("People told"): str(record.people_told),
            _("Lesson"): record.lesson or _("no data"),
        }
    )


def story(record: IncidentRecord, officer: Officer) -> None:
    """Every step, the newest first; where in the software something failed, for those who act."""
    layout.section(_("Story"))
    for event in record.events:
        _line(event, officer)


def _line(event: IncidentEvent, officer: Officer) -> None:
    name = event.name_ka if language() == "ka" else event.name_en
    who = name or _("the system")
    said = " · ".join(filter(None, (say(event.sentence) if event.sentence else "", event.note)))
    st.markdown(
        f"**{plain(label(event.step))}** · {plain(moment(event.happened_at))} · {plain(who)}"
    )
    if said:
        st.text(said)
    if event.trace and can(officer, Permission.INCIDENTS_HANDLE):
        with st.expander(_("Where in the software")):
            st.caption(_("Files, lines and functions; no values, no personal data."))
            st.code(event.trace, language=None)
