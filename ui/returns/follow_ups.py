"""How the person is after 3, 6 and 12 months: what is due, and what was written down."""

from __future__ import annotations

import streamlit as st

from domain.enums import FollowUpOutcome
from domain.records.officer import Officer
from domain.records.returns import FollowUp, ReturnDetail
from services.permissions import Permission, can
from services.returns.follow_ups import record_follow_up
from ui import forms, layout, messages
from ui.buttons import guarded_button
from ui.language import _, day, label
from ui.messages import plain
from ui.returns.listing import about

KEY = "returnee.follow_up"


def of_person(detail: ReturnDetail, officer: Officer) -> None:
    """Every question of this return, the open ones with the form."""
    with st.container(border=True):
        layout.part(_("How the person is later"))
        if not detail.follow_ups:
            st.caption(_("Asked three, six and twelve months after the return."))
        for task in detail.follow_ups:
            if task.done_at is not None:
                note = f" · {task.note}" if task.note else ""
                st.markdown(plain(f"✓ {about(task)}: {label(task.outcome)}{note}"))
            else:
                _open(task, officer)


def _open(task: FollowUp, officer: Officer) -> None:
    st.markdown("**" + plain(f"◐ {about(task)}") + "**")
    st.caption(
        _("Due since {day}: call and write down how the person is.").format(day=day(task.due_on))
    )
    if not can(officer, Permission.RETURNS_EDIT):
        return
    outcome = forms.choose_member(
        _("How the person is"), FollowUpOutcome, key=f"{KEY}.{task.id}.outcome"
    )
    note = st.text_input(_("In a few words"), key=f"{KEY}.{task.id}.note", max_chars=300)
    why_not = None if outcome else _("Choose how the person is.")
    if guarded_button(_("Write it down"), why_not, key=f"{KEY}.{task.id}.save") and outcome:
        with messages.refusals():
            record_follow_up(follow_up_id=task.id, outcome=outcome, note=note, by=officer)
            messages.success(_("Written down."))
            st.rerun()
