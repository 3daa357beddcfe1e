"""The application for the visa or permit and the authority's answer."""

from __future__ import annotations

import streamlit as st

from domain.enums import PermitRefusal, PermitStatus
from domain.records.officer import Officer
from domain.records.preparation import PermitRecord, PreparationRecord
from services import clock
from services.preparation.permits import (
    Grant,
    grant_permit,
    refuse_permit,
    send_back_application,
    submit_application,
)
from ui import forms, layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, say
from ui.messages import plain
from ui.preparation.words import PERMIT


def draw(file: PreparationRecord, officer: Officer) -> None:
    """What is applied for, where it stands, and the next step."""
    rule = file.pack.permit
    with st.container(border=True):
        layout.part(_("Visa or permit"))
        if file.permit is not None:
            sign, tone = PERMIT[file.permit.status]
            marks.show(marks.tag(f"{sign} {label(file.permit.status)}", tone))
        no_data = _("no data")
        layout.facts(
            {
                _("What is needed"): rule.name(language()),
                _("Visa"): _visa(rule.is_visa_needed),
                _("Applied for by"): label(rule.applicant) if rule.applicant else no_data,
                _("Deciding authority"): rule.authority(language()) or no_data,
                _("Says who"): rule.source or label(rule.standing),
            }
        )
        if file.permit is not None:
            _standing(file.permit)
            _steps(file, file.permit, officer)


def _visa(needed: bool | None) -> str:
    if needed is None:
        return _("no data")
    return _("is needed") if needed else _("is not needed")


def _standing(permit: PermitRecord) -> None:
    rows = {
        _("Applied on"): day(permit.submitted_on) if permit.submitted_on else "",
        _("Reference number"): permit.reference_number or "",
        _("Answered on"): day(permit.decided_on) if permit.decided_on else "",
        _("Number of the permit"): permit.permit_number or "",
        _("Valid"): _valid(permit),
        _("Refused because"): label(permit.refusal) if permit.refusal else "",
        _("In the authority's words"): permit.refusal_text or "",
    }
    layout.facts({title: told for title, told in rows.items() if told})


def _valid(permit: PermitRecord) -> str:
    if permit.valid_from is None and permit.valid_until is None:
        return ""
    return f"{day(permit.valid_from)} – {day(permit.valid_until)}"


def _steps(file: PreparationRecord, permit: PermitRecord, officer: Officer) -> None:
    if permit.status is PermitStatus.PREPARING:
        _submit(file, permit, officer)
    elif permit.status is PermitStatus.SUBMITTED:
        _answer(file, permit, officer)


def _submit(file: PreparationRecord, permit: PermitRecord, officer: Officer) -> None:
    key = f"preparation.submit.{file.candidacy_id}"
    why_not = say(permit.submit_refusal) if permit.submit_refusal else None
    if why_not:
        st.caption(plain(why_not))
    on = forms.date_input(
        _("Applied on"),
        clock.today(),
        key=f"{key}.on",
        latest=clock.today(),
        disabled=why_not is not None,
    )
    reference = st.text_input(
        _("Reference number"), key=f"{key}.reference", max_chars=60, disabled=why_not is not None
    )
    if guarded_button(
        _("Write down that it was applied for"), why_not, key=key, type="primary", width="stretch"
    ):
        with messages.refusals():
            submit_application(
                candidacy_id=file.candidacy_id,
                on=on or clock.today(),
                reference_number=reference,
                by=officer,
            )
            messages.success(_("It is written down. Next comes the authority's answer."))
            st.rerun()


def _answer(file: PreparationRecord, permit: PermitRecord, officer: Officer) -> None:
    why_not = say(permit.decide_refusal) if permit.decide_refusal else None
    if why_not:
        st.caption(plain(why_not))
    granted, refused, back = st.tabs([_("Granted"), _("Refusal"), _("More is asked for")])
    with granted:
        _grant(file, why_not, officer)
    with refused:
        _refuse(file, why_not, officer)
    with back:
        _send_back(file, why_not, officer)


def _grant(file: PreparationRecord, why_not: str | None, officer: Officer) -> None:
    key = f"preparation.grant.{file.candidacy_id}"
    with st.form(key, border=False):
        on = forms.date_input(_("Answered on"), clock.today(), key=f"{key}.on")
        permit_number = st.text_input(_("Number of the permit"), key=f"{key}.number", max_chars=60)
        first, second = st.columns(2)
        with first:
            begins = forms.date_input(
                _("Permit valid from"), file.plan.departure_on, key=f"{key}.from"
            )
        with second:
            ends = forms.date_input(
                _("Permit valid until"), file.plan.return_on, key=f"{key}.until"
            )
        sent = st.form_submit_button(
            _("Write down the permit"),
            type="primary",
            width="stretch",
            disabled=why_not is not None,
            help=why_not,
        )
    if sent:
        with messages.refusals():
            grant = Grant(on or clock.today(), permit_number, begins, ends)
            grant_permit(candidacy_id=file.candidacy_id, grant=grant, by=officer)
            messages.success(_("The permit is written down."))
            st.rerun()


def _refuse(file: PreparationRecord, why_not: str | None, officer: Officer) -> None:
    key = f"preparation.refuse.{file.candidacy_id}"
    with st.form(key, border=False):
        st.caption(
            _("The candidacy ends with the refusal: the person is free for other vacancies.")
        )
        on = forms.date_input(_("Answered on"), clock.today(), key=f"{key}.on")
        refusal = forms.choose_member(_("Why it was refused"), PermitRefusal, key=f"{key}.reason")
        text = st.text_area(
            _("In the authority's words"), key=f"{key}.text", max_chars=1000, height=80
        )
        sent = st.form_submit_button(
            _("Write down the refusal"),
            width="stretch",
            disabled=why_not is not None,
            help=why_not,
        )
    if sent and refusal is None:
        st.error(_("Choose the reason that the authority gave."))
    elif sent and refusal is not None:
        with messages.refusals():
            refuse_permit(
                candidacy_id=file.candidacy_id,
                decided_on=on or clock.today(),
                refusal=refusal,
                text=text,
                by=officer,
            )
            messages.success(_("The refusal is written down."))
            st.rerun()


def _send_back(file: PreparationRecord, why_not: str | None, officer: Officer) -> None:
    key = f"preparation.back.{file.candidacy_id}"
    with st.form(key, border=False):
        reason = st.text_area(_("What the authority asks for"), key=f"{key}.why", height=80)
        sent = st.form_submit_button(
            _("Open the checklist again"),
            width="stretch",
            disabled=why_not is not None,
            help=why_not,
        )
    if sent:
        with messages.refusals():
            send_back_application(candidacy_id=file.candidacy_id, reason=reason, by=officer)
            messages.success(_("The checklist is open again: apply anew when it is complete."))
            st.rerun()
