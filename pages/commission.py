"""S08: a session of the commission. Agenda on the left, the blind file, my vote on the right."""

from __future__ import annotations

import streamlit as st

from domain.enums import SessionStatus
from domain.exceptions import NotFound
from domain.records.commission import AgendaItem, AgendaState, SessionRecord
from domain.records.officer import Officer
from services import commission
from ui import layout, messages, navigation
from ui.commission import (
    agenda,
    ballot,
    blindness,
    chair,
    comparing,
    counting,
    declaring,
    desk,
    dossier,
    hearing,
    members,
    notes,
    outcome,
    papers,
    secret,
    steps,
)
from ui.language import _, label, moment, number, say, term_name
from ui.messages import plain

CLOSED = SessionStatus.CLOSED
OVER = (CLOSED, SessionStatus.CANCELLED)


def render(officer: Officer) -> None:
    """Choose the session, then the item; read, vote, decide."""
    chosen = navigation.query("session")
    if chosen is None:
        layout.header(_("Commission session"), _("S08 · Commission review of résumés"))
        messages.empty(_("Choose a session from the list."))
        navigation.page_link("sessions", _("All sessions"), icon="↩️")
        return
    try:
        record = commission.get_session(number=chosen, by=officer)
    except NotFound as nothing:
        layout.header(_("Commission session"), _("S08 · Commission review of résumés"))
        messages.show(nothing)
        navigation.page_link("sessions", _("All sessions"), icon="↩️")
        return
    parts = [label(record.status), moment(record.planned_at), steps.heading(record)]
    layout.header(
        _("Session {number}").format(number=record.number),
        _("S08 · Commission review of résumés"),
        plain(" · ".join(part for part in parts if part)),
    )
    navigation.page_link("sessions", _("All sessions"), icon="↩️")
    steps.where(record)
    item = desk.open_item(record)
    members.live_strip(record, item)
    blindness.banner(record)
    is_wide = item is None or item.decided_at is not None or comparing.is_open(item.shortlist_id)
    with st.container(key="session_parts"):
        left, centre, *right = st.columns([5, 17] if is_wide else [5, 11, 6], gap="medium")
    with left:
        if record.my_answer is None:
            steps.invitation(record, officer)
        if record.i_am_member and not record.i_attend and record.status not in OVER:
            members.own_attendance(record, officer)
        agenda.show(record, item)
        steps.show(record, officer)
        with st.container(key="session_rest"):
            papers.show(record, officer)
            blindness.control(record, officer)
            members.show(record, officer)
            if record.my_answer is not None:
                steps.invitation(record, officer)
            steps.cancel(record, officer)
    if item is not None:
        _item(record, item, officer, centre, right[0] if right else centre)


def _item(
    record: SessionRecord, item: AgendaItem, officer: Officer, centre: object, right: object
) -> None:
    """The open item: gate, file and ballot, count, or what was decided."""
    with centre:  # type: ignore[attr-defined]
        _heading(item)
        if item.state is AgendaState.DECIDED:
            with messages.refusals():
                hearing.show(item, officer)
                outcome.show(item, officer)
            declaring.filed(item, officer)
            notes.after_the_decision(item, officer)
            return
        if item.state is AgendaState.RECUSED:
            messages.empty(say(item.closed_to_me) if item.closed_to_me else "–")
            declaring.filed(item, officer)
        elif not record.i_am_member:
            messages.empty(_("The file is open to the members of the session only."))
        elif record.status is CLOSED:
            messages.empty(_("The session closed without a decision on this item."))
        elif item.state is AgendaState.TO_DECLARE:
            declaring.declare_first(item, officer)
        elif counting.is_counting(item):
            counting.count_and_close(item, officer)
        else:
            hearing.show(item, officer)
            file = desk.read_file(item, officer, is_lifted=record.lifted is not None)
            candidate = dossier.show(item, file)
            declaring.filed(item, officer)
            with right:  # type: ignore[attr-defined]
                ballot.show(item, file, candidate, officer)
                notes.show(item, candidate, officer)
    with right:  # type: ignore[attr-defined]
        secret.choice(record, item, officer)
        chair.item_controls(record, item, officer)


def _heading(item: AgendaItem) -> None:
    title = f"{item.order}. {plain(desk.vacancy_title(item))}"
    st.subheader(f"{title} · {term_name('country', item.country)}", anchor=False)
    st.caption(
        _("{candidates} candidates for {places} places to send ({positions} positions)").format(
            candidates=number(item.candidates),
            places=number(item.places),
            positions=number(item.positions),
        )
    )
