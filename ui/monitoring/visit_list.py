"""The list of visits, and the form that plans one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.enums import VisitKind
from domain.records.monitoring import VisitForm, VisitRecord
from domain.records.officer import Officer
from services import clock
from services.monitoring.visits import plan_visit
from services.permissions import Permission, can
from services.vacancies.employers import list_employers
from ui import forms, messages, navigation
from ui.language import _, label, term_name
from ui.monitoring import words
from ui.tables import Column, table


def choose(found: Sequence[VisitRecord]) -> VisitRecord | None:
    """Draw the list; the visit that is open."""
    opened = navigation.query("visit")
    chosen = table(
        found,
        [
            Column(_("Number"), "number", pinned=True),
            Column(_("Status"), lambda one: words.signed(words.VISIT, one.status)),
            Column(_("Day"), lambda one: one.visited_on or one.visit_on, "date"),
            Column(_("Employer"), "employer"),
            Column(_("Country"), lambda one: term_name("country", one.country)),
            Column(_("Format"), lambda one: label(one.kind)),
            Column(
                _("Worst"),
                lambda one: max((f.severity for f in one.findings), default=None),
                "number",
                help=_("Highest severity found, 0 to 4."),
            ),
            Column(_("To put right"), _waiting, "number"),
        ],
        key="visits.table",
        selection="single",
        row_id="number",
        selected=[opened] if opened else [],
        empty=_("No visit is planned yet. A monitoring officer plans one below."),
        alt=_("Visits, the newest first; select one to see its findings"),
    )
    navigation.keep_query(visit=chosen[0] if chosen else None)
    return next((one for one in found if chosen and one.number == chosen[0]), None)


def _waiting(one: VisitRecord) -> int:
    return sum(1 for finding in one.findings if finding.severity and not finding.corrected_at)


def plan(officer: Officer) -> None:
    """The form, folded; for monitoring officers."""
    if not can(officer, Permission.VISITS_RECORD):
        return
    employers = {one.id: one.name for one in list_employers(by=officer)}
    with st.expander(_("Plan a visit")), st.form("visits.plan", border=False):
        employer = st.selectbox(
            _("Employer"),
            list(employers),
            index=None,
            format_func=lambda one: employers[one],
            key="visits.plan.employer",
            placeholder=_("choose"),
        )
        kind = forms.choose_member(_("Format"), VisitKind, key="visits.plan.kind")
        on = forms.date_input(_("Day"), clock.today(), key="visits.plan.day")
        workplace = st.text_input(_("Workplace"), key="visits.plan.workplace", max_chars=200)
        who = st.text_input(_("Who visits"), key="visits.plan.who", max_chars=200)
        if not st.form_submit_button(_("Plan the visit"), type="primary"):
            return
        if employer is None or kind is None or on is None:
            st.warning(_("Choose the employer, how it is visited and the day."))
            return
        form = VisitForm(employer, kind, on, who, workplace)
        with messages.refusals():
            done = plan_visit(form=form, by=officer)
            messages.success(_("Visit {number} is planned.").format(number=done.number))
            navigation.keep_query(visit=done.number)
            st.rerun()
