"""The stay that ends: who, where, until when, which reminders went out, what comes next."""

from __future__ import annotations

import streamlit as st

from domain.enums import DeploymentStatus, ReminderState
from domain.records.officer import Officer
from domain.records.returns import Reminder, ReturnDetail
from services.permissions import Permission, can
from ui import layout, marks
from ui.abroad.words import chip
from ui.language import _, day, label, moment, number, term_name
from ui.messages import plain
from ui.navigation import page_link
from ui.returns.listing import days_left, on_time, person_name


def draw(detail: ReturnDetail, officer: Officer) -> None:
    """The card of the stay with its links, and the reminders beneath."""
    stay = detail.stay
    with st.container(border=True):
        st.markdown(f"**{plain(person_name(stay.name_ka, stay.name_lat))}**")
        is_back = stay.status is DeploymentStatus.RETURNED
        marks.show(chip(stay.status))
        st.caption(next_step(detail))
        shown = {
            _("Stay"): stay.deployment,
            _("Country"): term_name("country", stay.country),
            _("Employer"): stay.employer or _("not stated"),
            _("Abroad since"): day(detail.stay_from),
            _("Planned return"): f"{day(stay.expected_on)} · {days_left(stay)}",
        }
        if is_back:
            shown[_("Planned return")] = day(stay.expected_on)
            shown[_("Returned")] = day(stay.returned_on)
            shown[_("On time")] = on_time(stay)
        layout.facts(shown)
        if can(officer, Permission.JOBSEEKERS_READ):
            page_link("jobseeker", _("The person's file"), jobseeker=stay.external_id)
        page_link("vacancy", _("The vacancy"), vacancy=detail.candidacy_vacancy)
        page_link("deployment", _("The stay abroad"), deployment=stay.deployment)
        for number_, status in detail.referrals:
            text = _("Vacancy in Georgia {number}: {status}").format(
                number=number_, status=term_name("ReferralStatus", status)
            )
            page_link("local_vacancy", text, vacancy=number_)
    if not is_back:
        _reminders(detail.reminders)


def next_step(detail: ReturnDetail) -> str:
    """What comes next, in a sentence."""
    stay = detail.stay
    if stay.status is DeploymentStatus.PLANNED:
        return _("The person has not departed yet.")
    if stay.status is DeploymentStatus.CANCELLED:
        return _("The departure was cancelled: there is no return.")
    if stay.status is not DeploymentStatus.RETURNED:
        if stay.expected_on is None:
            return _("No day of return is known: ask, and enter it with the stay abroad.")
        return _("When the person is back, record the return here.")
    if not detail.stay.is_recorded:
        return _("Back by the register. Write down why, and what help is asked for.")
    if detail.survey is None:
        return _("Ask how it was: the survey is not answered yet.")
    if not detail.gains:
        return _("Write into the file what was learned: the next ranking knows it then.")
    return _("Recommend the person to employers in Georgia, or note the wish for a next season.")


def _reminders(reminders: tuple[Reminder, ...]) -> None:
    with st.container(border=True):
        layout.part(_("Reminders to the worker"))
        if not reminders:
            st.caption(_("None: no day of return is known."))
        for one in reminders:
            before = _("{days} days before the return").format(days=number(one.days_before))
            if one.state is ReminderState.SENT:
                text = f"✓ {label(one.state)} · {moment(one.settled_at)}"
            elif one.state is ReminderState.PASSED:
                text = f"– {label(one.state)}"
            else:
                text = "◐ " + _("on {day}").format(day=day(one.due_on))
            st.markdown(plain(f"{before}: {text}"))
        st.caption(_("They go out by themselves; another planned day is reminded of anew."))
