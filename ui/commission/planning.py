"""Planning a session: day, place, chair and members, under the rules of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import streamlit as st

from domain.records.commission import PossibleMember
from domain.records.officer import Officer
from services import clock, commission
from services.commission.rules import rules_on
from ui import forms, messages
from ui.commission.desk import person_text
from ui.language import _


@dataclass(frozen=True)
class Plan:
    """What stands in the form."""

    day: date | None
    hour: time
    place: str
    chair_id: int | None
    members: list[int]


def plan(officer: Officer) -> None:
    """The form, folded; a planned session is offered to be opened."""
    people = {one.officer_id: one for one in commission.list_possible_members(by=officer)}
    with st.expander(_("Plan a session")), st.form("sessions.plan", border=False):
        wanted = _inputs(people, officer)
        can_plan = any(one.may_chair for one in people.values())
        if not st.form_submit_button(_("Plan the session"), type="primary", disabled=not can_plan):
            return
    if wanted.day is None or wanted.chair_id is None:
        st.error(_("Give the day and the chair of the session."))
        return
    with messages.refusals():
        planned = commission.plan_session(
            planned_at=datetime.combine(wanted.day, wanted.hour, clock.TBILISI),
            place=wanted.place,
            member_ids=wanted.members,
            chair_id=wanted.chair_id,
            by=officer,
        )
        messages.success(
            _("Session {number} is planned. Recruiters can send shortlists to it.").format(
                number=planned.number
            ),
            _("Open the session"),
            "commission",
            session=planned.number,
        )
        st.rerun()


def _inputs(people: dict[int, PossibleMember], officer: Officer) -> Plan:
    names = {one: person_text(people[one]) for one in people}
    chairs = [one for one in people if people[one].may_chair]
    if not chairs:
        st.info(_("Nobody has the role of a commission chair. An administrator gives it."))
    today = clock.today()
    left, right = st.columns(2)
    with left:
        day = forms.date_input(
            _("Day"), today + timedelta(days=1), key="sessions.day", earliest=today
        )
    hour = right.time_input(_("Time"), time(10, 0), key="sessions.time", step=900)
    place = st.text_input(_("Place or link"), key="sessions.place", max_chars=200)
    chair_id = st.selectbox(
        _("Chair"),
        chairs,
        index=chairs.index(officer.id) if officer.id in chairs else 0 if chairs else None,
        format_func=names.__getitem__,
        key="sessions.chair",
    )
    members = st.multiselect(
        _("Members"),
        list(people),
        default=list(people),
        format_func=names.__getitem__,
        key="sessions.members",
        placeholder=_("choose or type"),
        select_all=False,
    )
    rules = rules_on(today)
    st.caption(
        _(
            "To open, {kinds} kinds of organisation and more than {share} of the members "
            "must be present."
        ).format(kinds=rules.kinds_min, share=rules.quorum_more_than)
    )
    return Plan(day, hour, place, chair_id, members)
