"""The gate: what is still open, and the departure once nothing is."""

from __future__ import annotations

import streamlit as st

from domain.enums import CandidacyStatus, ObstaclePlace
from domain.records.officer import Officer
from domain.records.preparation import PreparationRecord
from services import clock
from services.preparation.departures import confirm_departure, record_no_show
from ui import forms, layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, say
from ui.messages import plain
from ui.navigation import page_link
from ui.preparation import session_person

DONE = (CandidacyStatus.DEPARTED, CandidacyStatus.WORKING, CandidacyStatus.RETURNED)


def draw(file: PreparationRecord, officer: Officer) -> None:
    """Obstacles by the part of the file that clears them, then the two ends."""
    if file.plan_refusal is not None and file.status in DONE:
        st.success(_("✓ Departed. What follows is in the register of people abroad."))
        return
    with st.container(border=True):
        layout.part(_("What stands before departure"))
        if not file.obstacles:
            marks.show(marks.tag(_("✓ nothing is open"), "met"))
            st.markdown(plain(say(file.next_step)))
        for place in ObstaclePlace:
            told = [one.sentence for one in file.obstacles if one.place is place]
            if told:
                marks.show(marks.tag(f"✕ {label(place)}", "not_met"))
                st.markdown("\n".join(f"- {plain(say(one))}" for one in told))
                if place is ObstaclePlace.ORIENTATION:
                    page_link("orientations", _("Find a session"), icon="🎓")
                if place is ObstaclePlace.CONTRACT and file.deployment_number:
                    page_link(
                        "deployment", _("Open the contract"), deployment=file.deployment_number
                    )
        _orientation(file, officer)
        _confirm(file, officer)
        _no_show(file, officer)


def _orientation(file: PreparationRecord, officer: Officer) -> None:
    if file.orientation is None or file.orientation_session is None:
        return
    if file.orientation.certificate is not None:
        session_person.certificate(file.orientation, file.orientation_session.number, officer)
    page_link(
        "orientation",
        _("Orientation {number}").format(number=file.orientation_session.number),
        session=file.orientation_session.number,
    )


def _confirm(file: PreparationRecord, officer: Officer) -> None:
    why_not = say(file.depart_refusal) if file.depart_refusal else None
    today = clock.today()
    planned = file.plan.departure_on
    if why_not is None and planned is not None and planned > today:
        text = _("Departs on {day}: confirm the departure on the day")
        st.caption(text.format(day=day(planned)))
    on = forms.date_input(
        _("Departed on"),
        min(planned, today) if planned else today,
        key=f"preparation.departed.{file.candidacy_id}",
        latest=today,
        disabled=why_not is not None,
    )
    if guarded_button(
        _("Confirm the departure"),
        why_not,
        key="preparation.confirm",
        type="primary",
        width="stretch",
    ):
        with messages.refusals():
            confirm_departure(candidacy_id=file.candidacy_id, on=on or today, by=officer)
            messages.success(
                _("The departure is confirmed. The stay abroad begins; next comes the arrival."),
                _("Open the stay"),
                "deployment",
                deployment=file.deployment_number,
            )
            st.rerun()


def _no_show(file: PreparationRecord, officer: Officer) -> None:
    if file.status is not CandidacyStatus.PERMIT_GRANTED:
        return
    why_not = say(file.no_show_refusal) if file.no_show_refusal else None
    with st.expander(_("The person did not depart")):
        reason = st.text_area(
            _("Why, in a sentence"),
            key=f"preparation.no_show.reason.{file.candidacy_id}",
            max_chars=500,
            height=80,
            disabled=why_not is not None,
        )
        if why_not:
            st.caption(plain(why_not))
        if guarded_button(
            _("Write down that the person did not depart"),
            why_not,
            key="preparation.no_show",
            width="stretch",
        ):
            with messages.refusals():
                record_no_show(candidacy_id=file.candidacy_id, reason=reason, by=officer)
                messages.success(_("It is written down; the planned stay is cancelled."))
                st.rerun()
