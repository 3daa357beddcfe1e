"""The survey after the return: sending the link, writing down an answer by phone, the answers."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from domain.enums import PayAsPromised, ReturnNeed, WantsAgain
from domain.records.officer import Officer
from domain.records.returns import ReturnDetail, SurveyForm, SurveyRecord
from services.permissions import Permission, can
from services.refusals import refusal
from services.returns.surveys import check_can_send_survey, record_survey, send_survey
from ui import forms, layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, moment, number, say
from ui.messages import plain

KEY = "returnee.survey"
ADDRESS = f"{KEY}.address"


def draw(detail: ReturnDetail, officer: Officer) -> None:
    """The answers, or how to get them."""
    with st.container(border=True):
        layout.part(_("Survey after the return"))
        if detail.survey is not None:
            _answers(detail.survey)
            return
        if detail.survey_open_until:
            until = day(detail.survey_open_until)
            st.caption(_("A link was sent and is open until {day}.").format(day=until))
        else:
            st.caption(_("Sent by itself after the return is recorded; no link is open now."))
        if can(officer, Permission.RETURNS_EDIT):
            _send(detail, officer)
            with st.expander(_("Write down the answers from a call")):
                _by_phone(detail, officer)


def _answers(survey: SurveyRecord) -> None:
    how = _("told by phone") if survey.by_officer else _("by the person's own link")
    st.caption(f"{moment(survey.answered_at)} · {how}")
    if survey.fee_paid:
        marks.show(marks.tag("✕ " + _("paid a fee"), "not_met"))
    layout.facts(
        {
            _("Paid a fee"): _fee(survey),
            _("Pay as promised"): label(survey.pay_as_promised),
            _("Would recommend (0–10)"): number(survey.recommends),
            _("Wants to go again"): label(survey.wants_again),
            _("Asks for help with"): ", ".join(map(label, survey.needs)) or "–",
        }
    )
    if survey.comment:
        st.markdown(plain(survey.comment))


def _fee(survey: SurveyRecord) -> str:
    if survey.fee_paid is None:
        return _("no answer")
    if not survey.fee_paid:
        return _("no")
    amount = f"{number(survey.fee_amount)} {survey.fee_currency}" if survey.fee_amount else ""
    return ", ".join(filter(None, (_("yes"), amount, survey.fee_to)))


def _send(detail: ReturnDetail, officer: Officer) -> None:
    why_not = refusal(check_can_send_survey, detail.stay.is_recorded, False, officer)
    again = detail.survey_open_until is not None
    title = _("Send a new link, call back the old one") if again else _("Send the link now")
    if guarded_button(title, say(why_not) if why_not else None, key=f"{KEY}.send"):
        with messages.refusals():
            address = send_survey(deployment_number=detail.stay.deployment, by=officer)
            st.session_state[ADDRESS] = (detail.stay.deployment, address)
            messages.success(_("The link is on its way to the person."))
            st.rerun()
    of, address = st.session_state.pop(ADDRESS, (None, None))
    if of == detail.stay.deployment:
        st.caption(_("The address, shown this once; it is for the person alone:"))
        st.code(address, language=None, wrap_lines=True)


def _by_phone(detail: ReturnDetail, officer: Officer) -> None:
    form = _inputs(f"{KEY}.{detail.stay.deployment}.{language()}")
    why_not = refusal(check_can_send_survey, detail.stay.is_recorded, False, officer)
    if guarded_button(
        _("Keep the answers"), say(why_not) if why_not else None, key=f"{KEY}.save", type="primary"
    ):
        with messages.refusals(labels()):
            record_survey(deployment_number=detail.stay.deployment, form=form, by=officer)
            messages.success(_("The answers are kept."))
            st.rerun()


def labels() -> dict[str, str]:
    """By field of the form."""
    return {
        "fee_paid": _("Paid a fee"),
        "fee_amount": _("How much"),
        "fee_currency": _("Currency"),
        "fee_to": _("Paid to whom"),
        "pay_as_promised": _("Pay as promised"),
        "recommends": _("Would recommend (0–10)"),
        "wants_again": _("Wants to go again"),
        "needs": _("Asks for help with"),
        "comment": _("In the person's words"),
    }


def _inputs(key: str) -> SurveyForm:
    named = labels()
    answers = {"yes": _("yes"), "no": _("no")}
    fee = st.segmented_control(
        named["fee_paid"], list(answers), format_func=answers.__getitem__, key=f"{key}.fee"
    )
    amount, currency, to = None, None, ""
    if fee == "yes":
        left, right = st.columns(2)
        with left:
            amount = st.number_input(
                named["fee_amount"], min_value=0.0, value=None, key=f"{key}.amount"
            )
        with right:
            currency = forms.currency(named["fee_currency"], key=f"{key}.currency", value="GEL")
        to = st.text_input(named["fee_to"], key=f"{key}.to", max_chars=200)
    pay = forms.choose_member(named["pay_as_promised"], PayAsPromised, key=f"{key}.pay")
    marks_given = st.select_slider(
        named["recommends"], ["–", *range(11)], value="–", key=f"{key}.recommends"
    )
    again = forms.choose_member(named["wants_again"], WantsAgain, key=f"{key}.again")
    all_needs = list(ReturnNeed)
    needs = st.pills(
        named["needs"],
        range(len(all_needs)),
        format_func=[label(need) for need in all_needs].__getitem__,
        selection_mode="multi",
        key=f"{key}.needs",
    )
    comment = st.text_area(named["comment"], key=f"{key}.comment", max_chars=2000, height=80)
    return SurveyForm(
        fee_paid=None if fee is None else fee == "yes",
        fee_amount=None if amount is None else Decimal(f"{amount:.2f}"),
        fee_currency=currency if amount is not None else None,
        fee_to=to.strip(),
        pay_as_promised=pay,
        recommends=None if marks_given == "–" else int(marks_given),
        wants_again=again,
        needs=tuple(all_needs[place] for place in needs),
        comment=comment.strip(),
    )
