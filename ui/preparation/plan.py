"""When a person goes and comes back, and whom to call in an emergency."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.preparation import DeparturePlan, PreparationRecord
from services.preparation.departures import plan_departure
from ui import forms, layout, messages
from ui.language import _, say


def draw(file: PreparationRecord, officer: Officer) -> None:
    """The form; days that follow from the vacancy stand in it to begin with."""
    why_not = say(file.plan_refusal) if file.plan_refusal else None
    key = f"preparation.plan.{file.candidacy_id}"
    with st.form(key, border=True):
        layout.part(_("Plan of departure"))
        if file.plan.departure_on is None and file.proposed.departure_on is not None:
            st.caption(_("Proposed from the vacancy's first day of work: change and save."))
        first, second = st.columns(2)
        with first:
            departs = forms.date_input(
                _("Departure"),
                file.proposed.departure_on,
                key=f"{key}.departure",
                disabled=why_not is not None,
            )
        with second:
            returns = forms.date_input(
                _("Return"),
                file.proposed.return_on,
                key=f"{key}.return",
                disabled=why_not is not None,
            )
        name = st.text_input(
            _("Whom to call in an emergency"),
            file.plan.emergency_name or "",
            key=f"{key}.name",
            max_chars=100,
            disabled=why_not is not None,
            help=_("Somebody in Georgia who agreed to be called; used in an emergency only."),
        )
        phone = st.text_input(
            _("Their phone"),
            file.plan.emergency_phone or "",
            key=f"{key}.phone",
            max_chars=30,
            disabled=why_not is not None,
        )
        sent = st.form_submit_button(
            _("Save the plan"), width="stretch", disabled=why_not is not None, help=why_not
        )
    if sent:
        with messages.refusals():
            plan = DeparturePlan(departs, returns, name, phone)
            plan_departure(candidacy_id=file.candidacy_id, plan=plan, by=officer)
            messages.success(_("The plan is saved; every paper has its day now."))
            st.rerun()
