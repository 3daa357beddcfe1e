"""The people of a session: marked when they come, chosen one by one afterwards."""

from __future__ import annotations

import streamlit as st

from domain.enums import Attendance, OrientationStatus
from domain.records.officer import Officer
from domain.records.preparation import OrientationPlace, OrientationRecord
from services.preparation.orientations import mark_attendance
from ui import layout, messages
from ui.buttons import guarded_button
from ui.language import _, label, language, number, say
from ui.messages import plain
from ui.preparation.words import ATTENDANCE, signed
from ui.tables import Column, table

TABLE = "orientation.people"


def draw(session: OrientationRecord, officer: Officer) -> OrientationPlace | None:
    """The list of people, the marking of attendance; who is chosen."""
    layout.section(_("People"))
    chosen = table(
        session.places,
        [
            Column(_("Person"), name_of, pinned=True),
            Column(_("Vacancy"), "vacancy_number"),
            Column(
                _("Attendance"),
                lambda one: signed(ATTENDANCE[one.attendance], label(one.attendance)),
            ),
            Column(_("Quiz"), quiz_told),
            Column(_("Certificate"), _certificate),
        ],
        key=f"{TABLE}.{session.summary.number}",
        selection="single",
        row_id="candidacy_id",
        empty=_("Nobody is invited yet. Choose people above and invite them."),
        alt=_("People of this session; select one for the quiz and the certificate"),
    )
    if session.summary.status is OrientationStatus.PLANNED and session.places:
        _mark(session, officer)
    return next((one for one in session.places if chosen and one.candidacy_id == chosen[0]), None)


def name_of(one: OrientationPlace) -> str:
    """The person's name in the reader's script."""
    return one.name_ka if language() == "ka" else one.name_lat


def quiz_told(one: OrientationPlace) -> str:
    """The best go at the quiz."""
    best = one.best
    if best is None:
        return "–"
    sign = "✓" if best.is_passed else "✕"
    return f"{sign} {number(best.right_count)} / {number(best.question_count)}"


def _certificate(one: OrientationPlace) -> str:
    return f"✓ {one.certificate.number}" if one.certificate else "–"


def _mark(session: OrientationRecord, officer: Officer) -> None:
    invited = {
        one.candidacy_id: one for one in session.places if one.attendance is Attendance.INVITED
    }
    why_not = say(session.attendance_refusal) if session.attendance_refusal else None
    with st.container(border=True):
        layout.part(_("Who was there"))
        there = st.multiselect(
            _("Everybody who is not named here was not there"),
            list(invited),
            default=list(invited) if why_not is None else [],
            format_func=lambda one: name_of(invited[one]),
            key=f"orientation.there.{session.summary.number}.{len(invited)}.{why_not is None}",
            placeholder=_("nobody"),
            disabled=why_not is not None,
            select_all=False,
        )
        if why_not:
            st.caption(plain(why_not))
        if guarded_button(
            _("Save the attendance"), why_not, key="orientation.mark", width="stretch"
        ):
            with messages.refusals():
                mark_attendance(number=session.summary.number, attended=there, by=officer)
                messages.success(_("The attendance stands. Now enter the answers of the quiz."))
                st.rerun()
