"""Planning an orientation session."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import streamlit as st

from domain.enums import OrientationMode
from domain.records.officer import Officer
from domain.records.preparation import OrientationForm
from services import clock
from services.permissions import Permission, check_can
from services.preparation.orientations import plan_orientation
from services.preparation.rules import curriculum_on
from services.refusals import refusal
from ui import forms, layout, messages
from ui.language import _, number, say

BEGINS = time(10)
USUAL_WAIT = timedelta(7)


def draw(officer: Officer) -> str | None:
    """The form; the number of the session that was planned with it."""
    curriculum = curriculum_on(clock.today())
    denied = refusal(check_can, officer, Permission.PREPARATION_EDIT)
    with st.form("orientations.plan", border=True):
        layout.part(_("Plan an orientation session"))
        st.caption(
            _(
                "{hours} hours, {count} topics; the quiz is passed with {percent} % of the answers."
            ).format(
                hours=number(curriculum.hours),
                count=number(len(curriculum.topics)),
                percent=number(curriculum.pass_percent),
            )
        )
        first, second = st.columns(2)
        with first:
            on = forms.date_input(_("Day"), clock.today() + USUAL_WAIT, key="orientations.day")
        with second:
            begins = st.time_input(_("Begins at"), BEGINS, key="orientations.hour")
        mode = forms.choose_member(
            _("Format"), OrientationMode, key="orientations.mode", value=OrientationMode.ON_SITE
        )
        place = st.text_input(
            _("Address, or how to get in online"), key="orientations.place", max_chars=200
        )
        trainer = st.text_input(_("Trainer"), key="orientations.trainer", max_chars=100)
        country = forms.country(
            _("For one country only"),
            key="orientations.country",
            placeholder=_("every country"),
        )
        third, fourth = st.columns(2)
        with third:
            spoken = forms.spoken_language(_("Language"), key="orientations.language", value="ka")
        with fourth:
            seats = st.number_input(
                _("Seats in it"),
                1,
                curriculum.capacity_max,
                curriculum.capacity,
                key="orientations.seats",
            )
        sent = st.form_submit_button(
            _("Plan the orientation session"),
            type="primary",
            width="stretch",
            disabled=denied is not None,
            help=say(denied) if denied else None,
        )
    if not sent:
        return None
    form = OrientationForm(
        starts_at=datetime.combine(on, begins, clock.TBILISI) if on and begins else None,
        mode=mode or OrientationMode.ON_SITE,
        place=place,
        trainer=trainer,
        language=spoken or "ka",
        country=country,
        capacity=int(seats),
    )
    with messages.refusals():
        made = plan_orientation(form=form, by=officer)
        messages.success(_("The session is planned. Now invite people."))
        return made
    return None
