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
from ui import conflict, forms, messages
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
    one = record.summary

    def inputs(given: BreachForm, key: str) -> BreachForm | None:
        form = _edited(given, key, officer)
        asked = guarded_button(
            _("Keep the description"), why, key=f"{key}.describe", width="stretch"
        )
        return form if asked else None

    def act(form: BreachForm, version: int) -> None:
        handling.describe_breach(number=one.number, form=form, version=version, by=officer)

    with messages.refusals():
        if conflict.edit(
            f"incident.{one.number}.form",
            record.form,
            one.version,
            draw=inputs,
            act=act,
            labels=labels(),
        ):
            done(_("The description is kept."), lambda: None)


def labels() -> dict[str, str]:
    """What the fields are called."""
    return {
        "began_at": _("Began"),
        "ended_at": _("Ended"),
        "circumstances": _("Circumstances"),
        "breach_types": _("What happened to the data"),
        "data_categories": _("Categories of data"),
        "data_volume": _("Volume of data"),
        "people_categories": _("Categories of people"),
        "people_count": _("Number of people"),
        "consequences": _("Likely consequences"),
        "measures": _("Measures taken or planned"),
        "tell_people": _("Are the people concerned told?"),
        "tell_people_on": _("On which day"),
        "tell_people_reason": _("Why not"),
        "contact": _("Contact: data protection officer"),
    }


def _edited(form: BreachForm, key: str, officer: Officer) -> BreachForm:
    named = labels()
    began = _moment(named["began_at"], form.began_at, f"{key}.began")
    ended = _moment(named["ended_at"], form.ended_at, f"{key}.ended")
    circumstances = _text(named["circumstances"], form.circumstances, f"{key}.circumstances")
    types = _several(named["breach_types"], BreachType, form.breach_types, f"{key}.types")
    data = _several(named["data_categories"], BreachedData, form.data_categories, f"{key}.data")
    volume = st.text_input(
        named["data_volume"], form.data_volume or "", key=f"{key}.volume", max_chars=300
    )
    whom = _several(
        named["people_categories"], BreachedPeople, form.people_categories, f"{key}.whom"
    )
    count = st.number_input(
        named["people_count"],
        min_value=0,
        value=form.people_count,
        step=1,
        key=f"{key}.count",
        placeholder=_("not known yet"),
    )
    consequences = _text(named["consequences"], form.consequences, f"{key}.consequences")
    measures = _text(named["measures"], form.measures, f"{key}.measures")
    tell = forms.choose_member(
        named["tell_people"], TellPeople, key=f"{key}.told", value=form.tell_people
    )
    on, why = form.tell_people_on, form.tell_people_reason
    if tell is TellPeople.YES:
        on = forms.date_input(named["tell_people_on"], on, key=f"{key}.told.on")
    elif tell is TellPeople.NO:
        why = _text(named["tell_people_reason"], why, f"{key}.told.why")
    contact = _text(
        named["contact"],
        form.contact or notifying.suggested_contact(by=officer),
        f"{key}.contact",
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
        key=key,
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
