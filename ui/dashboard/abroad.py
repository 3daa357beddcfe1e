"""Who is abroad and how they are, in one row of figures, each with the way to its list."""

from __future__ import annotations

import streamlit as st

from domain.enums import CheckInStatus
from domain.records.deployments import DeploymentFilter
from domain.records.officer import Officer
from services import clock
from services.deployments.register import read_register
from services.monitoring.cases import list_cases
from services.monitoring.ledger import list_check_ins
from services.permissions import Permission, can
from ui import layout, marks
from ui.language import _, day
from ui.navigation import page_link


def block(officer: Officer) -> None:
    """Draws nothing for whoever may read neither the register nor the monitoring."""
    values: dict[str, int | None] = {}
    pages = {}
    if can(officer, Permission.DEPLOYMENTS_READ):
        countries = read_register(wanted=DeploymentFilter(), by=officer).by_country
        values[_("abroad now")] = sum(one.abroad for one in countries)
        values[_("contact lost")] = sum(one.lost_contact for one in countries)
        values[_("past the agreed end")] = sum(one.late for one in countries)
        pages["abroad"] = (_("People abroad"), "🌍")
    if can(officer, Permission.MONITORING_READ):
        missed = list_check_ins(statuses=(CheckInStatus.MISSED,), by=officer)
        cases = list_cases(open_only=True, by=officer)
        waiting = [case for case in cases if case.started_at is None]
        values[_("check-ins missed")] = len(missed)
        values[_("open cases")] = len(cases)
        values[_("cases not begun in time")] = sum(
            case.act_until <= clock.now() for case in waiting
        )
        pages |= {"check_ins": (_("Check-ins"), "📱"), "cases": (_("Cases abroad"), "📕")}
    if not values:
        return
    with st.container(border=True):
        layout.part(_("People abroad and how they are"))
        marks.counters(values)
        st.caption(
            _(
                "As of {day}, whatever the filters below. Not begun in time: the clock of the case "
                "ran out and nobody works on it yet."
            ).format(day=day(clock.today()))
        )
        with st.container(horizontal=True):
            for name, (text, icon) in pages.items():
                page_link(name, text, icon=icon)
