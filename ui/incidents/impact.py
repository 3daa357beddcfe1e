"""The register of impact assessments, and the form of a new edition."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from domain.enums import AssessmentGround, AssessmentStatus, RemainingRisk
from domain.records.incidents import Assessment, AssessmentForm
from domain.records.officer import Officer
from services import clock
from services.incidents import impact
from services.permissions import Permission, can
from services.refusals import refusal
from ui import forms, layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, say
from ui.messages import plain

STATUS = {
    AssessmentStatus.DRAFT: ("◐", "partly"),
    AssessmentStatus.APPROVED: ("✓", "met"),
    AssessmentStatus.REPLACED: ("–", "quiet"),
}
RISK = {
    RemainingRisk.LOW: ("✓", "met"),
    RemainingRisk.MEDIUM: ("◐", "partly"),
    RemainingRisk.HIGH: ("✕", "not_met"),
}
FIELDS = ("processing", "ground", "description", "necessity", "risks", "measures", "risk", "review")


def draw(officer: Officer) -> None:
    """One fold for each edition, the drafts' button that brings them into force, the form."""
    kept = impact.list_assessments(by=officer)
    if not kept:
        messages.empty(
            _(
                "No assessment is written yet. Begin with the ranking: it profiles people, and "
                "what it says weighs in a decision about them."
            )
        )
    for one in kept:
        _edition(one, officer)
    if can(officer, Permission.IMPACT_EDIT):
        with st.expander(_("Write an assessment"), expanded=not kept):
            _new(officer)


def _edition(one: Assessment, officer: Officer) -> None:
    form = one.form
    title = _("{processing}, edition {edition}").format(
        processing=plain(form.processing), edition=one.edition
    )
    with st.container(border=True):
        layout.part(title)
        sign, tone = STATUS[one.status]
        risk_sign, risk_tone = RISK[form.remaining_risk]
        left = _("remaining risk: {risk}").format(risk=label(form.remaining_risk))
        shown = [
            marks.tag(f"{sign} {label(one.status)}", tone),
            marks.tag(f"{risk_sign} {left}", risk_tone),
        ]
        if one.status is AssessmentStatus.APPROVED and form.review_on <= clock.today():
            shown.append(marks.tag(_("▽ review is due"), "short"))
        marks.show(*shown)
        with st.expander(_("Read it")):
            writer = one.writer_ka if language() == "ka" else one.writer_en
            layout.facts(
                {
                    _("Why it is needed"): label(form.ground),
                    _("What is done with data"): form.description,
                    _("Why no less would do"): form.necessity,
                    _("Risks to people"): form.risks,
                    _("Measures against them"): form.measures,
                    _("Review on"): day(form.review_on),
                    _("Written"): f"{day(clock.day_of(one.written_at))}, {writer or ''}",
                }
            )
        if one.status is AssessmentStatus.DRAFT and can(officer, Permission.IMPACT_EDIT):
            why = refusal(impact.check_can_approve, one, officer)
            if guarded_button(
                _("Bring into force"), say(why) if why else None, key=f"impact.approve.{one.id}"
            ):
                with messages.refusals():
                    impact.approve_assessment(assessment_id=one.id, by=officer)
                    messages.success(_("The assessment is in force."))
                    st.rerun()


def _new(officer: Officer) -> None:
    key = "impact.new"
    labels = {
        "processing": _("Processing"),
        "description": _("What is done with data"),
        "necessity": _("Why no less would do"),
        "risks": _("Risks to people"),
        "measures": _("Measures against them"),
        "review_on": _("Review on"),
    }
    processing = st.text_input(labels["processing"], key=f"{key}.processing", max_chars=200)
    ground = forms.choose_member(_("Why it is needed"), AssessmentGround, key=f"{key}.ground")
    texts = {
        name: st.text_area(labels[name], key=f"{key}.{name}", max_chars=impact.LONGEST_TEXT)
        for name in ("description", "necessity", "risks", "measures")
    }
    risk = forms.choose_member(_("Remaining risk"), RemainingRisk, key=f"{key}.risk")
    today = clock.today()
    review = forms.date_input(
        labels["review_on"], today + timedelta(days=365), key=f"{key}.review", earliest=today
    )
    missing = ground is None or risk is None or review is None
    why = _("Choose why it is needed, the remaining risk and the day of the review.")
    if (
        guarded_button(
            _("Keep the draft"), why if missing else None, key=f"{key}.save", type="primary"
        )
        and ground is not None
        and risk is not None
        and review is not None
    ):
        with messages.refusals(labels):
            form = AssessmentForm(
                processing=processing, ground=ground, remaining_risk=risk, review_on=review, **texts
            )
            impact.write_assessment(form=form, by=officer)
            for field in FIELDS:
                st.session_state.pop(f"{key}.{field}", None)
            messages.success(_("The draft is kept; read it once more and bring it into force."))
            st.rerun()
