"""One visit: its checklist to fill in, its findings, what was put right."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.enums import VisitStatus
from domain.records.monitoring import FindingForm, VisitFinding, VisitRecord
from domain.records.officer import Officer
from services import clock
from services.monitoring import visits
from services.permissions import Permission, can
from services.refusals import refusal
from ui import forms, layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, say
from ui.messages import plain
from ui.monitoring import words
from ui.navigation import page_link

TONES = {0: ("✓", "met"), 1: ("◐", "partly"), 2: ("◐", "partly"), 3: ("▽", "short")}
WORST = ("✕", "not_met")


def draw(visit: VisitRecord, officer: Officer) -> None:
    """The facts, then the findings, or the checklist while nothing is written down."""
    with st.container(border=True):
        st.markdown(f"**{plain(visit.number)}**")
        marks.show(words.chip(words.VISIT, visit.status))
        layout.facts(
            {
                _("Employer"): visit.employer,
                _("Workplace"): visit.workplace or _("no data"),
                _("Format"): label(visit.kind),
                _("Day"): day(visit.visited_on or visit.visit_on),
                _("Who visits"): visit.inspectors,
                _("Checklist in force since"): day(visit.checklist_from),
                _("Summary"): visit.summary or "",
            }
        )
        page_link(
            "employer_trust", _("The employer's trust file"), icon="🏢", employer=visit.employer_id
        )
    for finding in visit.findings:
        _finding(visit, finding, officer)
    if visit.status is VisitStatus.PLANNED and can(officer, Permission.VISITS_RECORD):
        _checklist(visit, officer)


def _finding(visit: VisitRecord, finding: VisitFinding, officer: Officer) -> None:
    sign, tone = TONES.get(finding.severity, WORST)
    chip = marks.tag(f"{sign} {finding.severity}", tone)
    st.html(f"<p>{chip} {escape(say(finding.question))}</p>")
    if not finding.severity:
        return
    told = [finding.note or "", finding.action or ""]
    if finding.corrected_at is not None:
        told.append(_("✓ put right"))
    elif finding.correct_until is not None:
        is_late = finding.correct_until < clock.today()
        text = _("✕ was to be put right by {day}") if is_late else _("to be put right by {day}")
        told.append(text.format(day=day(finding.correct_until)))
    st.caption(plain(" · ".join(part for part in told if part)))
    if finding.corrected_at is None and can(officer, Permission.VISITS_RECORD):
        key = f"visits.right.{visit.number}.{finding.line}"
        if st.button(_("It was put right"), key=key):
            with messages.refusals():
                visits.correct_finding(number=visit.number, line=finding.line, by=officer)
                messages.success(_("Noted: put right."))
                st.rerun()


def _checklist(visit: VisitRecord, officer: Officer) -> None:
    layout.section(_("What was found"))
    why = refusal(visits.check_can_carry_out, visit, officer)
    key = f"visits.found.{visit.number}"
    findings = []
    for code, question in visits.checklist_on(visit.checklist_from)[1]:
        severity = st.select_slider(say(question), [0, 1, 2, 3, 4], key=f"{key}.{code}")
        note = action = ""
        if severity:
            note = st.text_input(_("What was found"), key=f"{key}.{code}.note", max_chars=500)
            action = st.text_input(
                _("What the employer must do"), key=f"{key}.{code}.action", max_chars=500
            )
        findings.append(FindingForm(code, severity, note, action))
    on = forms.date_input(_("Day of the visit"), visit.visit_on, key=f"{key}.on")
    summary = st.text_area(_("Summary"), key=f"{key}.summary", max_chars=2000)
    if (
        guarded_button(
            _("Keep the findings"),
            say(why) if why else None,
            key=f"{key}.save",
            type="primary",
            width="stretch",
        )
        and on
    ):
        with messages.refusals():
            visits.carry_out_visit(
                number=visit.number, visited_on=on, summary=summary, findings=findings, by=officer
            )
            messages.success(_("The findings are kept; the last days run from the visit."))
            st.rerun()
