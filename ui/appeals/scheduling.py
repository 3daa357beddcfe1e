"""Choosing the session that hears an appeal: who of its members may, or why it can't."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import streamlit as st

from domain.records.appeals import AppealRecord, HearingOption
from domain.records.officer import Officer
from services import appeals, clock
from ui import forms, messages
from ui.buttons import guarded_button
from ui.language import _, label, language, moment, say
from ui.messages import plain


def draw(appeal: AppealRecord, officer: Officer) -> None:
    """The planned sessions; the button says why a session is not possible."""
    options = appeals.list_hearing_options(number=appeal.number, by=officer)
    with st.container(border=True):
        st.markdown("**" + _("Put it on an agenda") + "**")
        if not options:
            messages.empty(_("No session is planned. Plan one without those of the first vote."))
            _plan(appeal, officer)
            return
        by_number = {one.session_number: one for one in options}
        possible = [one.session_number for one in options if one.refusal is None]
        names = {
            number: f"{number} · {moment(one.planned_at)}" for number, one in by_number.items()
        }
        chosen = st.selectbox(
            _("Session"),
            list(by_number),
            index=list(by_number).index(possible[0]) if possible else 0,
            format_func=names.__getitem__,
            key=f"appeals.session.{appeal.number}",
        )
        _panel(by_number[chosen])
        _button(appeal, by_number[chosen], officer)
        _plan(appeal, officer)


def _panel(option: HearingOption) -> None:
    names = "; ".join(
        f"{one.name(language())} ({label(one.organisation_kind)})" for one in option.hearers
    )
    st.caption(
        plain(_("May hear it there: {names}").format(names=names))
        if names
        else _("Nobody in this session may hear it: all took part in the first vote.")
    )


def _button(appeal: AppealRecord, option: HearingOption, officer: Officer) -> None:
    refusal = say(option.refusal) if option.refusal else None
    if refusal:
        st.caption(plain(refusal))
    if guarded_button(
        _("Put on this agenda"), refusal, key="appeals.schedule", type="primary", width="stretch"
    ):
        with messages.refusals():
            appeals.schedule_appeal(
                number=appeal.number, session_number=option.session_number, by=officer
            )
            messages.success(
                _("The appeal is on the agenda of {session}.").format(session=option.session_number)
            )
            st.rerun()


def _plan(appeal: AppealRecord, officer: Officer) -> None:
    """A session of the same commission, with deputies and substitutes in the others' places."""
    with st.expander(_("Plan a session without those of the first vote")):
        st.caption(_("Deputies and substitutes of the commission sit in their places."))
        today = clock.today()
        day = forms.date_input(
            _("Day"), today + timedelta(days=1), key="appeals.plan.day", earliest=today
        )
        hour = st.time_input(_("Time"), time(10, 0), key="appeals.plan.time", step=900)
        place = st.text_input(_("Place"), key="appeals.plan.place", max_chars=200)
        if st.button(_("Plan the session"), key="appeals.plan.save", width="stretch"):
            if day is None:
                st.error(_("Give the day of the session."))
                return
            with messages.refusals():
                planned = appeals.plan_hearing_session(
                    number=appeal.number,
                    planned_at=datetime.combine(day, hour, clock.TBILISI),
                    place=place,
                    by=officer,
                )
                messages.success(
                    _("Session {number} is planned: put the appeal on its agenda.").format(
                        number=planned.number
                    )
                )
                st.rerun()
