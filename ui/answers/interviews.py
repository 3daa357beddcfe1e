"""Times for interviews: which are free, who chose one, taking one back, choosing for somebody."""

from __future__ import annotations

import streamlit as st

from domain.records.answers import AnswerSheet, SlotRecord
from domain.records.officer import Officer
from services import clock
from services.answers.interviews import CAN_TALK, choose_slot, withdraw_slot
from services.permissions import Permission, can
from ui import messages
from ui.answers.words import name_of
from ui.language import _, moment, number
from ui.tables import Column, table


def draw(sheet: AnswerSheet, officer: Officer) -> None:
    """All times of the vacancy; none were proposed: nothing is drawn."""
    if not sheet.slots:
        return
    numbers = {one.candidacy_id: one.position for one in sheet.people}
    with st.expander(_("Times for interviews ({count})").format(count=number(len(sheet.slots)))):
        table(
            sheet.slots,
            [
                Column(_("When (Tbilisi time)"), lambda one: moment(one.starts_at), pinned=True),
                Column(_("Where"), "place"),
                Column(_("Chosen by"), lambda one: _chosen(one, numbers)),
            ],
            key=f"answers.slots.{sheet.number}",
            alt=_("Times for interviews, with who chose them"),
        )
        free = [one for one in sheet.slots if one.candidacy_id is None]
        if free and can(officer, Permission.PACKAGES_SEND):
            _choose(sheet, free, officer)


def _chosen(one: SlotRecord, numbers: dict[int, int]) -> str:
    if one.candidacy_id is None:
        return _("free") if one.starts_at > clock.now() else _("nobody")
    return _("No {number}").format(number=numbers.get(one.candidacy_id, "–"))


def _choose(sheet: AnswerSheet, free: list[SlotRecord], officer: Officer) -> None:
    key = f"answers.slot.{sheet.number}"
    people = [one for one in sheet.people if one.status in CAN_TALK]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        times = {one.id: moment(one.starts_at) for one in free}
        slot = st.selectbox(
            _("Free time"), list(times), format_func=lambda known: times[known], key=f"{key}.time"
        )
        if people:
            names = {one.candidacy_id: f"{one.position}. {name_of(one)}" for one in people}
            who = st.selectbox(
                _("Candidate"),
                list(names),
                format_func=lambda known: names[known],
                key=f"{key}.who",
            )
            if st.button(_("Choose for the candidate"), key=f"{key}.choose"):
                with messages.refusals():
                    choose_slot(candidacy_id=who, slot_id=slot, by=officer)
                    messages.success(_("The time is chosen; the employer is told."))
                    st.rerun()
        if st.button(_("Take the time back"), key=f"{key}.withdraw"):
            with messages.refusals():
                withdraw_slot(slot_id=slot, by=officer)
                messages.success(_("The time is not offered any more."))
                st.rerun()
