"""What law asks to be told of a breach, field by field; what is not known yet stays empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from domain.enums import BreachedData, BreachedPeople, BreachType, TellPeople
from domain.records.incidents import BreachForm, IncidentRecord
from domain.records.officer import Officer
from domain.texts import N_
from services import clock
from services.incidents import handling, notifying
from ui import forms
from ui.buttons import guarded_button
from ui.language import _, label

ASSESS = N_("Were personal data reached?")
DESCRIBE = N_("What the authority has to know")
NOTIFY = N_("Notify the authority")
PEOPLE = N_("Tell the people concerned")
CONTAIN = N_("Notes, and containing it")
CLOSE = N_("Close it")

E = TypeVar("E", bound=StrEnum)
Done = Callable[[str, Callable[[], object]], None]


def draw(record: IncidentRecord, officer: Officer, why: str | None, done: Done) -> None:
    """The form of law: circumstances, data, people, measures, telling, contact."""
    st.caption(_("Leave empty what is not known yet: it may follow as a further part."))
    form, one = _edited(record, officer), record.summary
    if guarded_button(_("Keep the description"), why, key="incident.describe", width="stretch"):
        done(
            _("The description is kept."),
            lambda: handling.describe_breach(
                number=one.number, form=form, version=one.version, by=officer
            ),
        )


def _edited(record: IncidentRecord, officer: Officer) -> BreachForm:
    form = record.form
    began = _moment(_("Began"), form.began_at, "incident.began")
    ended = _moment(_("Ended"), form.ended_at, "incident.ended")
    circumstances = _text(_("Circumstances"), form.circumstances, "incident.circumstances")
    types = _several(_("What happened to the data"), BreachType, form.breach_types, "types")
    data = _several(_("Categories of data"), BreachedData, form.data_categories, "data")
    volume = st.text_input(
        _("Volume of data"), form.data_volume or "", key="incident.volume", max_chars=300
    )
    whom = _several(_("Categories of people"), BreachedPeople, form.people_categories, "whom")
    count = st.number_input(
        _("Number of people"),
        min_value=0,
        value=form.people_count,
        step=1,
        key="incident.count",
        placeholder=_("not known yet"),
    )
    consequences = _text(_("Likely consequences"), form.consequences, "incident.consequences")
    measures = _text(_("Measures taken or planned"), form.measures, "incident.measures")
    tell = forms.choose_member(
        _("Are the people concerned told?"), TellPeople, key="incident.told", value=form.tell_people
    )
    on, why = form.tell_people_on, form.tell_people_reason
    if tell is TellPeople.YES:
        on = forms.date_input(_("On which day"), on, key="incident.told.on")
    elif tell is TellPeople.NO:
        why = _text(_("Why not"), why, "incident.told.why")
    contact = _text(
        _("Contact: data protection officer"),
        form.contact or notifying.suggested_contact(by=officer),
        "incident.contact",
    )
    return BreachForm(
        began_at=began,
        ended_at=ended,
        circumstances=circumstances,
        breach_types=types,
        data_categories=data,
        data_volume=volume.strip() or None,
        people_categories=whom,
        people_count=count,
        consequences=consequences,
        measures=measures,
        tell_people=tell or TellPeople.UNDECIDED,
        tell_people_on=on if tell is TellPeople.YES else None,
        tell_people_reason=why if tell is TellPeople.NO else None,
        contact=contact,
    )


def _text(title: str, value: str | None, key: str) -> str | None:
    text = st.text_area(title, value or "", key=key, max_chars=8000, height=96)
    return text.strip() or None


def _several(title: str, kind: type[E], value: tuple[E, ...], key: str) -> tuple[E, ...]:
    members = list(kind)
    names = {member: label(member) for member in members}
    chosen = st.multiselect(
        title,
        members,
        default=list(value),
        format_func=lambda member: names[member],
        key=f"incident.{key}",
        placeholder=_("choose"),
        select_all=False,
    )
    return tuple(member for member in members if member in chosen)


def _moment(title: str, value: datetime | None, key: str) -> datetime | None:
    local = value.astimezone(clock.TBILISI) if value else None
    with st.container(horizontal=True):
        day: date | None = forms.date_input(
            title, local.date() if local else None, key=key, latest=clock.today()
        )
        at = st.time_input(_("at"), local.time() if local else time(9), key=f"{key}.time", step=300)
    return datetime.combine(day, at, clock.TBILISI).astimezone(UTC) if day else None
