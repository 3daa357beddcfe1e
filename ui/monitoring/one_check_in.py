"""One person's stay: what was promised and told; an answer that came by phone."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from domain.enums import (
    CheckInStatus,
    DocumentsKept,
    HousingTold,
    PaidFor,
    PayReceived,
    SafetyTold,
)
from domain.records.monitoring import CheckInForm, CheckInRecord
from domain.records.officer import Officer
from services.monitoring.answering import record_answer
from services.permissions import Permission, can
from ui import forms, layout, marks, messages
from ui.language import _, day, label, term_name
from ui.messages import plain
from ui.monitoring import ledger, words
from ui.navigation import page_link

OPEN = (CheckInStatus.PLANNED, CheckInStatus.ASKED, CheckInStatus.MISSED)


def draw(one: CheckInRecord, officer: Officer) -> None:
    """Who and where, the ledger, and the form for an answer by phone while none has come."""
    with st.container(border=True):
        st.markdown(f"**{plain(one.name)}**")
        shown = [words.chip(words.CHECK_IN, one.status)]
        if one.wants_call:
            shown.append(marks.tag("☎ " + _("wants a call"), "accent"))
        marks.show(*shown)
        layout.facts(
            {
                _("Asked on"): day(one.due_on),
                _("Country"): term_name("country", one.country),
                _("Employer"): one.employer or _("no data"),
            }
        )
        with st.container(horizontal=True):
            page_link("deployment", _("The stay abroad"), deployment=one.deployment)
            page_link("jobseeker", _("The person's file"), jobseeker=one.external_id)
            if one.case:
                page_link("case", one.case, case=one.case)
    layout.section(_("Promise ledger"))
    ledger.draw(one.deployment_id, officer)
    if one.status in OPEN and can(officer, Permission.CHECK_INS_RECORD):
        with st.expander(_("Write down what is told by phone")):
            _by_phone(one, officer)


def _by_phone(one: CheckInRecord, officer: Officer) -> None:
    key = f"check_ins.phone.{one.id}"
    st.caption(_("Leave out what the person does not say: unknown is no difference."))
    with st.form(key, border=False):
        safety = forms.choose_member(_("Feels safe?"), SafetyTold, key=f"{key}.safety")
        documents = forms.choose_member(
            _("Who has the passport?"), DocumentsKept, key=f"{key}.documents"
        )
        pay = forms.choose_member(_("Pay"), PayReceived, key=f"{key}.pay")
        amount = st.number_input(
            _("Amount in the hand"), min_value=0.0, value=None, key=f"{key}.amount"
        )
        currency = forms.currency(_("Currency"), key=f"{key}.currency", value="EUR")
        paid_for = forms.choose_member(_("For how long"), PaidFor, key=f"{key}.for")
        hours = st.number_input(
            _("Hours in that time"), min_value=0.0, value=None, key=f"{key}.hours"
        )
        deducted = st.number_input(
            _("Held back, without the tax"), min_value=0.0, value=None, key=f"{key}.deducted"
        )
        week = st.number_input(_("Hours a week now"), min_value=0.0, value=None, key=f"{key}.week")
        housing = forms.choose_member(_("Housing"), HousingTold, key=f"{key}.housing")
        if not st.form_submit_button(_("Keep the answer"), type="primary", width="stretch"):
            return
    form = CheckInForm(
        pay_received=pay,
        paid_amount=_money(amount),
        paid_currency=currency,
        paid_for=paid_for,
        paid_hours=hours,
        deducted=_money(deducted),
        hours_week=week,
        housing=housing,
        documents=documents,
        safety=safety,
    )
    with messages.refusals():
        done = record_answer(check_in_id=one.id, form=form, by=officer)
        if done.case and done.urgency:
            text = _("The answer is kept; case {case} was opened: {urgency}.").format(
                case=done.case, urgency=label(done.urgency)
            )
            messages.success(text, _("Open the case"), "case", case=done.case)
        else:
            messages.success(_("The answer is kept: no promise is broken as far as is known."))
        st.rerun()


def _money(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(f"{amount:.2f}")
