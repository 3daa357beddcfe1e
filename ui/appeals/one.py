"""One appeal: what it says, how it came, who hears it, what came of it, and the next step."""

from __future__ import annotations

import streamlit as st

from domain.enums import AppealStatus
from domain.records.appeals import AppealRecord, Hearer
from domain.records.officer import Officer
from services import appeals
from services.permissions import Permission, can
from ui import layout, marks, messages
from ui.appeals import scheduling
from ui.appeals.listing import days_left
from ui.buttons import guarded_button
from ui.language import _, day, label, language, moment, say
from ui.messages import plain
from ui.navigation import page_link

TONES = {
    AppealStatus.RECEIVED: ("◐", "partly"),
    AppealStatus.ADMITTED: ("◐", "partly"),
    AppealStatus.REFUSED_LATE: ("▽", "short"),
    AppealStatus.SCHEDULED: ("→", "accent"),
    AppealStatus.UPHELD: ("✓", "met"),
    AppealStatus.DISMISSED: ("✕", "not_met"),
    AppealStatus.WITHDRAWN: ("–", "quiet"),
}


def draw(appeal: AppealRecord, officer: Officer) -> None:
    """The appeal in a frame, its steps beneath."""
    with st.container(border=True):
        st.markdown(f"**{plain(appeal.number)}**")
        sign, tone = TONES[appeal.status]
        marks.show(marks.tag(f"{sign} {label(appeal.status)}", tone))
        st.caption(next_step(appeal))
        title = appeal.title_ka if language() == "ka" and appeal.title_ka else appeal.title
        layout.facts(
            {
                _("Vacancy"): f"{title} · {appeal.vacancy_number}",
                _("First decision"): f"{day(appeal.decided_on)} · {appeal.session_number}",
                _("Received"): f"{day(appeal.received_on)} · {label(appeal.channel)}",
                _("Last day to appeal"): day(appeal.last_day),
                _("Hear by"): _hear_by(appeal),
            }
        )
        if appeal.late_reason:
            st.markdown(_("Heard although late: {reason}").format(reason=plain(appeal.late_reason)))
        st.markdown("**" + _("What it says") + "**")
        st.markdown(plain(appeal.text))
        if appeal.hearing_session:
            st.markdown("**" + _("Who hears it") + "**")
            st.caption(f"{appeal.hearing_session} · {moment(appeal.hearing_at)}")
            st.markdown(hearer_names(appeal.hearers))
        if appeal.external_id:
            page_link("jobseeker", _("The person's file"), jobseeker=appeal.external_id)
        if appeal.hearing_session:
            page_link(
                "commission",
                _("The session"),
                session=appeal.hearing_session,
                item=appeal.hearing_id,
            )
    _steps(appeal, officer)


def _hear_by(appeal: AppealRecord) -> str:
    if appeal.days_left is None:
        return day(appeal.hear_by)
    return f"{day(appeal.hear_by)} · {days_left(appeal.days_left)}"


def hearer_names(hearers: tuple[Hearer, ...]) -> str:
    """The members who may hear an appeal, with the kinds of their organisations."""
    return plain(
        "; ".join(f"{one.name(language())} ({label(one.organisation_kind)})" for one in hearers)
    )


def next_step(appeal: AppealRecord) -> str:
    """What comes next, in a sentence."""
    return {
        AppealStatus.RECEIVED: _("It is checked whether the appeal came in time."),
        AppealStatus.ADMITTED: _(
            "Put it on the agenda of a session whose members took no part in the first vote."
        ),
        AppealStatus.REFUSED_LATE: _(
            "It came after the last day and is not heard, unless a manager admits it with a reason."
        ),
        AppealStatus.SCHEDULED: _("The other panel decides on it in the session named below."),
        AppealStatus.UPHELD: _(
            "The other panel approved the person: a place if one is free, else the reserve list."
        ),
        AppealStatus.DISMISSED: _(
            "The other panel came to the same decision. The person may turn to a court."
        ),
        AppealStatus.WITHDRAWN: _("The person took it back; the first decision stands."),
    }[appeal.status]


def _steps(appeal: AppealRecord, officer: Officer) -> None:
    if appeal.status is AppealStatus.ADMITTED and can(officer, Permission.SESSIONS_PLAN):
        scheduling.draw(appeal, officer)
    if appeal.status is AppealStatus.REFUSED_LATE:
        _admit(appeal, officer)
    if appeal.withdraw_refusal is None:
        _withdraw(appeal, officer)


def _admit(appeal: AppealRecord, officer: Officer) -> None:
    refusal = say(appeal.admit_refusal) if appeal.admit_refusal else None
    with st.container(border=True):
        st.markdown("**" + _("Hear it although it came late") + "**")
        reason = st.text_area(
            _("Reason, which everybody reads"),
            key=f"appeals.late.{appeal.number}",
            max_chars=1000,
            height=80,
            disabled=refusal is not None,
        )
        if refusal:
            st.caption(plain(refusal))
        if guarded_button(
            _("Admit the late appeal"), refusal, key="appeals.admit", width="stretch"
        ):
            with messages.refusals():
                appeals.admit_late_appeal(number=appeal.number, reason=reason, by=officer)
                messages.success(_("The appeal waits for a hearing now."))
                st.rerun()


def _withdraw(appeal: AppealRecord, officer: Officer) -> None:
    with st.expander(_("The person takes the appeal back")):
        reason = st.text_area(
            _("Why, in the person's words"),
            key=f"appeals.back.{appeal.number}",
            max_chars=1000,
            height=80,
        )
        if st.button(_("Note that it is taken back"), key="appeals.withdraw", width="stretch"):
            with messages.refusals():
                appeals.withdraw_appeal(number=appeal.number, reason=reason, by=officer)
                messages.success(_("The appeal is taken back; the first decision stands."))
                st.rerun()
