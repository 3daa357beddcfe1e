"""The register of incidents, and the form with which anybody adds to it."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from domain.enums import IncidentKind, IncidentStatus, NotificationClock
from domain.records.incidents import IncidentSummary, ReportForm
from domain.records.officer import Officer
from services import clock
from services.incidents import register
from services.permissions import Permission, can
from ui import forms, layout, marks, messages
from ui.buttons import guarded_button
from ui.incidents import words
from ui.language import _, label, moment, say
from ui.navigation import open_page
from ui.tables import Column, table

FIELDS = ("kind", "title", "what", "day", "time")


def draw(officer: Officer) -> None:
    """The whole register for those who act on it; for others what they reported themselves."""
    if can(officer, Permission.INCIDENTS_READ):
        _register(officer)
        with st.expander(_("Register an incident")):
            _report(officer)
        return
    _report(officer)
    layout.section(_("What you reported"))
    _table(register.list_own_reports(by=officer), opens=False)


def _register(officer: Officer) -> None:
    everything = register.list_incidents(by=officer)
    marks.counters(
        {
            _("over 72 hours"): sum(1 for x in everything if x.clock is NotificationClock.OVERDUE),
            _("clocks running"): sum(
                1
                for x in everything
                if x.clock in (NotificationClock.RUNNING, NotificationClock.URGENT)
            ),
            _("not assessed yet"): sum(
                1
                for x in everything
                if x.is_breach is None and x.status is not IncidentStatus.CLOSED
            ),
            _("closed"): sum(1 for x in everything if x.status is IncidentStatus.CLOSED),
        }
    )
    with layout.filters(1):
        closed_too = st.toggle(_("Closed ones too"), key="incidents.closed")
    rows = [x for x in everything if closed_too or x.status is not IncidentStatus.CLOSED]
    chosen = _table(rows, opens=True)
    if chosen:
        open_page("incident", incident=chosen)


def _table(rows: list[IncidentSummary] | tuple[IncidentSummary, ...], *, opens: bool) -> str | None:
    chosen = table(
        list(rows),
        [
            Column(_("Number"), "number", pinned=True),
            Column(_("Clock"), words.clock_text),
            Column(_("Status"), words.status_text),
            Column(_("What happened"), lambda one: say(one.title), width="large"),
            Column(_("Touches"), lambda one: label(one.kind)),
            Column(_("Personal data"), words.breach_text),
            Column(_("Times"), "times"),
            Column(_("Identified"), lambda one: moment(one.identified_at)),
        ],
        key="incidents.table",
        selection="single" if opens else None,
        row_id="number",
        empty=_("No incident is open. Whoever notices something registers it here at once."),
        alt=_("Incidents, those whose clock presses first; select one to open it"),
    )
    return str(chosen[0]) if chosen else None


def _report(officer: Officer) -> None:
    st.caption(
        _(
            "A lost laptop, a list sent to the wrong address, a screen that shows too much, a "
            "system that stands still: register it at once, also when you are not sure. The data "
            "protection officer decides what follows; from the moment it was noticed 72 hours run."
        )
    )
    key, now = "incident.new", clock.now().astimezone(clock.TBILISI)
    kind = forms.choose_member(_("Touches"), IncidentKind, key=f"{key}.kind")
    title = st.text_input(_("What happened, in one line"), key=f"{key}.title", max_chars=200)
    what = st.text_area(
        _("What you saw, and what you have done"), key=f"{key}.what", max_chars=4000
    )
    with st.container(horizontal=True):
        noticed = forms.date_input(_("Noticed on"), now.date(), key=f"{key}.day", latest=now.date())
        at = st.time_input(_("at"), now.time().replace(second=0), key=f"{key}.time", step=300)
    why = _("Choose what it touches and when it was noticed.") if not (kind and noticed) else None
    is_asked = guarded_button(_("Register the incident"), why, key=f"{key}.save", type="primary")
    if is_asked and kind and noticed:
        found = datetime.combine(noticed, at, clock.TBILISI).astimezone(UTC)
        labels = {
            "title": _("What happened, in one line"),
            "what": _("What you saw, and what you have done"),
            "identified_at": _("Noticed on"),
        }
        with messages.refusals(labels):
            form = ReportForm(kind, title, what, found)
            number = register.report_incident(form=form, by=officer)
            for field in FIELDS:
                st.session_state.pop(f"{key}.{field}", None)
            messages.success(
                _("Registered as {number}; the data protection officer is told.").format(
                    number=number
                )
            )
            st.rerun()
