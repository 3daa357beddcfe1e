"""Sending the shortlist to a planned session of the commission."""

from __future__ import annotations

import streamlit as st

from domain.enums import SessionStatus
from domain.records.commission import SessionSummary
from domain.records.officer import Officer
from domain.records.ranking import RankingSummary, ShortlistPlan
from domain.records.vacancy import VacancyRecord
from services import commission, shortlists
from ui import messages
from ui.language import _, moment, number, say
from ui.navigation import page_link
from ui.ranking import opened


def send_button(
    vacancy: VacancyRecord, ranked: RankingSummary, plan: ShortlistPlan, officer: Officer
) -> None:
    """A button that says why it can't be pressed, or the form behind it."""
    refusal = messages.refusal_of(lambda: shortlists.check_can_send(vacancy, plan, officer))
    if refusal:
        st.button(_("Send shortlist…"), disabled=True, help=say(refusal))
        return
    with st.popover(_("Send shortlist…")):
        sessions = commission.list_sessions(by=officer)
        planned = tuple(s for s in sessions if s.status is SessionStatus.PLANNED)
        if not planned:
            st.markdown(_("No commission session is planned. Plan one first."))
            page_link("sessions", _("Plan a session"))
            return
        _send_form(ranked, plan, planned, officer)


def _send_form(
    ranked: RankingSummary,
    plan: ShortlistPlan,
    planned: tuple[SessionSummary, ...],
    officer: Officer,
) -> None:
    by_number = {sitting.number: sitting for sitting in planned}
    with st.form("ranking.send", border=False):
        number_chosen = st.selectbox(
            _("Commission session"),
            list(by_number),
            format_func=lambda x: f"{x} · {moment(by_number[x].planned_at)}",
        )
        message = st.text_area(_("Message to the commission"), max_chars=1000)
        st.caption(
            _(
                "{count} people go to the commission without name, photo, sex, age or address, "
                "and are held for this vacancy from now on."
            ).format(count=number(len(plan.preselected)))
        )
        if not st.form_submit_button(_("Send to the commission"), type="primary"):
            return
    with messages.refusals():
        sent = shortlists.send_shortlist(
            run_id=ranked.run_id, session_number=number_chosen, message=message, by=officer
        )
        opened.forget()
        messages.success(
            _("{count} candidates and {reserves} reserves are on the agenda of {session}.").format(
                count=number(sent.candidates),
                reserves=number(sent.reserves),
                session=sent.session_number,
            )
        )
        st.rerun()
