"""Backups: is there a good one, can it be restored, and how long would that take."""

from __future__ import annotations

import streamlit as st

from domain.records.backups import BackupState
from domain.records.officer import Officer
from services.backups import drills, making, reading
from services.refusals import refusal
from ui import layout, messages
from ui.backups import panels
from ui.buttons import guarded_button
from ui.language import _, say


def render(officer: Officer) -> None:
    """How it stands, what can be done, the rehearsal, the list."""
    layout.header(
        _("Backups"),
        subtitle=_(
            "Each backup is restored into a fresh database and compared before it counts. "
            "Restoring itself is done at the terminal, with the app stopped."
        ),
    )
    state = reading.backup_state(by=officer)
    panels.standing(state)
    _actions(officer)
    _last_drill(state)
    layout.section(_("All backups"))
    panels.runs(state)


def _actions(officer: Officer) -> None:
    why_not = refusal(making.check_can_back_up)
    with st.container(horizontal=True, vertical_alignment="center"):
        wants_backup = guarded_button(
            _("Back up now"), say(why_not) if why_not else None, key="backups.make", type="primary"
        )
        wants_drill = st.button(_("Rehearse restoring"), key="backups.drill", icon="🔁")
    if why_not:
        st.caption(messages.plain(say(why_not)))
    if wants_backup:
        with messages.refusals(), st.spinner(_("Saving, restoring aside and comparing …")):
            making.make_backup(by=officer)
            st.rerun()
    if wants_drill:
        with messages.refusals(), st.spinner(_("Restoring into a fresh database …")):
            drills.rehearse(by=officer)
            st.rerun()


def _last_drill(state: BackupState) -> None:
    panels.drill(state.drills[0] if state.drills else None, state.drill_days)
