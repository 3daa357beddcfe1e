"""Recording that somebody does not want this work any more."""

from __future__ import annotations

import streamlit as st

from domain.enums import CandidacyStatus as C
from domain.records.officer import Officer
from domain.records.sending import BoardPerson, SendingBoard
from domain.transitions import CANDIDACY
from services.permissions import Permission, can
from services.sending.leaving import withdraw_candidacy
from ui import messages
from ui.buttons import guarded_button
from ui.language import _, label
from ui.sending.people import shown_name


def draw(board: SendingBoard, officer: Officer) -> None:
    """Who, in their words; the next in line follows at once."""
    people = {one.candidacy_id: one for one in board.people if C.WITHDRAWN in CANDIDACY[one.status]}
    if not people or not can(officer, Permission.PACKAGES_SEND):
        return
    with st.expander(_("Somebody does not want this work any more")):
        st.caption(
            _(
                "The CV leaves the employer's page, the person is free for others, and the next in "
                "line moves up. It can't be undone here."
            )
        )
        chosen = st.selectbox(
            _("Person"),
            list(people),
            index=None,
            format_func=lambda candidacy_id: _shown(people[candidacy_id]),
            key=f"sending.leaving.{board.vacancy_number}",
            placeholder=_("Choose"),
        )
        reason = st.text_area(
            _("What the person says"), key="sending.leaving.reason", max_chars=500, height=80
        )
        why_not = None if chosen else _("Choose the person first.")
        if why_not is None and not reason.strip():
            why_not = _("Write what the person says: the reason is kept.")
        if guarded_button(_("Record"), why_not, key="sending.leaving.record", type="primary"):
            assert chosen is not None
            with messages.refusals():
                following = withdraw_candidacy(candidacy_id=chosen, reason=reason, by=officer)
                done = _("Recorded. The next in line has moved up: see who is to be sent.")
                if following is None:
                    done = _("Recorded. Nobody moves up: the reserve is empty or not needed.")
                messages.success(done)
                st.rerun()


def _shown(one: BoardPerson) -> str:
    return f"{shown_name(one)} · {label(one.status)}"
