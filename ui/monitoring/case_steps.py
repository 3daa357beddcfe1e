"""What can be done with a case now; what can't says why on its button."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import streamlit as st

from domain.enums import (
    AuthorityKind,
    CaseCategory,
    CaseOutcome,
    CaseStatus,
    CaseUrgency,
)
from domain.records.monitoring import CaseRecord
from domain.records.officer import Officer
from domain.texts import N_
from services import clock
from services.monitoring import handling
from services.permissions import Permission, can
from services.refusals import refusal
from ui import forms, layout, messages
from ui.buttons import guarded_button
from ui.language import _, language, say


def draw(case: CaseRecord, officer: Officer) -> None:
    """The main step first; the others folded beneath."""
    layout.section(_("Next step"))
    one = case.summary
    if can(officer, Permission.CASES_HANDLE):
        if one.status is CaseStatus.CLOSED:
            _reopen(case, officer)
            return
        if one.status is CaseStatus.OPEN:
            st.caption(_("Call the person, then say that you have begun: that stops the clock."))
            _take(case, officer)
        for title, part in PARTS:
            with st.expander(_(title)):
                part(case, officer)
    else:
        st.caption(_("Monitoring officers work on cases. You can see how far they got."))
    if can(officer, Permission.CASES_ASSIGN) and one.status is not CaseStatus.CLOSED:
        with st.expander(_("Give the case to somebody")):
            _assign(case, officer)


def _why_not(case: CaseRecord, officer: Officer) -> str | None:
    why = refusal(handling.check_can_work, case.summary, officer)
    return say(why) if why else None


def _done(text: str, act: Callable[[], object]) -> None:
    with messages.refusals():
        act()
        messages.success(text)
        st.rerun()


def _take(case: CaseRecord, officer: Officer) -> None:
    why = refusal(handling.check_can_take, case.summary, officer)
    if guarded_button(
        _("Begin with this case"),
        say(why) if why else None,
        key="case.take",
        type="primary",
        width="stretch",
    ):
        number = case.summary.number
        _done(
            _("The clock has stopped; the case is yours."),
            lambda: handling.take_case(number=number, by=officer),
        )


def _note(case: CaseRecord, officer: Officer) -> None:
    note = st.text_area(_("What was done or found"), key="case.note", max_chars=4000)
    if guarded_button(
        _("Write it down"), _why_not(case, officer), key="case.note.save", width="stretch"
    ):
        number = case.summary.number
        _done(
            _("It stands in the case."),
            lambda: handling.note_case(number=number, note=note, by=officer),
        )


def _classify(case: CaseRecord, officer: Officer) -> None:
    one = case.summary
    category = forms.choose_member(
        _("About"), CaseCategory, key="case.category", value=one.category
    )
    urgency = forms.choose_member(_("Urgency"), CaseUrgency, key="case.urgency", value=one.urgency)
    if st.button(_("Change it"), key="case.classify", width="stretch") and category and urgency:
        _done(
            _("Changed; the clock runs by the new urgency."),
            lambda: handling.classify_case(
                number=one.number, category=category, urgency=urgency, by=officer
            ),
        )


def _refer(case: CaseRecord, officer: Officer) -> None:
    st.caption(
        _(
            "Contacts of foreign authorities are not in the reference tables yet (no data): name "
            "the authority as its letterhead does. No text of the case is sent by this step."
        )
    )
    kind = forms.choose_member(_("Kind"), AuthorityKind, key="case.refer.kind")
    authority = st.text_input(_("Authority"), key="case.refer.authority", max_chars=200)
    reference = st.text_input(_("Their number, if known"), key="case.refer.number", max_chars=80)
    number = case.summary.number
    if (
        guarded_button(
            _("Note the referral"), _why_not(case, officer), key="case.refer", width="stretch"
        )
        and kind
    ):
        _done(
            _("Noted: the case is with {authority}.").format(authority=authority),
            lambda: handling.refer_case(
                number=number, kind=kind, authority=authority, reference=reference, by=officer
            ),
        )
    for waiting in (one for one in case.referrals if one.replied_at is None):
        reply = st.text_area(
            _("Answer of {authority}").format(authority=waiting.authority),
            key=f"case.reply.{waiting.id}",
        )
        if st.button(_("Note the answer"), key=f"case.replied.{waiting.id}", width="stretch"):
            act = partial(handling.record_reply, referral_id=waiting.id, reply=reply, by=officer)
            _done(_("The answer stands in the case."), act)


def _remedy(case: CaseRecord, officer: Officer) -> None:
    amount = st.number_input(
        _("Amount the worker got back"), min_value=0.0, value=None, key="case.remedy.amount"
    )
    currency = forms.currency(_("Currency"), key="case.remedy.currency", value="EUR")
    on = forms.date_input(_("The money came on"), clock.today(), key="case.remedy.on")
    number = case.summary.number
    if (
        guarded_button(
            _("Note the money"), _why_not(case, officer), key="case.remedy", width="stretch"
        )
        and on
    ):
        _done(
            _("Noted: the worker got money back."),
            lambda: handling.record_remedy(
                number=number,
                amount=Decimal(f"{amount or 0:.2f}"),
                currency=currency or "",
                received_on=on,
                by=officer,
            ),
        )


def _lost(case: CaseRecord, officer: Officer) -> None:
    st.caption(
        _("When nobody can reach the person: the register of people abroad then says so too.")
    )
    note = st.text_area(_("What was tried"), key="case.lost.note", max_chars=1000)
    number = case.summary.number
    if guarded_button(
        _("Contact is lost"), _why_not(case, officer), key="case.lost", width="stretch"
    ):
        _done(
            _("The register says that contact is lost."),
            lambda: handling.note_lost_contact(number=number, note=note, by=officer),
        )


def _close(case: CaseRecord, officer: Officer) -> None:
    outcome = forms.choose_member(_("Outcome"), CaseOutcome, key="case.outcome")
    content = st.select_slider(
        _("How content is the worker?"),
        [None, 1, 2, 3, 4, 5],
        format_func=lambda one: _("the worker was not asked") if one is None else str(one),
        key="case.content",
    )
    note = st.text_area(_("Why, in a sentence"), key="case.close.note", max_chars=1000)
    number = case.summary.number
    if (
        guarded_button(
            _("Close the case"), _why_not(case, officer), key="case.close", width="stretch"
        )
        and outcome
    ):
        _done(
            _("The case is closed."),
            lambda: handling.close_case(
                number=number, outcome=outcome, satisfaction=content, note=note, by=officer
            ),
        )


def _reopen(case: CaseRecord, officer: Officer) -> None:
    note = st.text_area(_("Why it is opened again"), key="case.reopen.note", max_chars=1000)
    number = case.summary.number
    if st.button(_("Open it again"), key="case.reopen", width="stretch"):
        _done(
            _("The case is open again."),
            lambda: handling.reopen_case(number=number, note=note, by=officer),
        )


def _assign(case: CaseRecord, officer: Officer) -> None:
    offered = handling.list_inspectors(by=officer)
    names = {one: (ka if language() == "ka" else en) for one, ka, en in offered}
    chosen = st.selectbox(
        _("Monitoring officer"),
        list(names),
        index=None,
        format_func=lambda one: names[one],
        key="case.owner",
        placeholder=_("choose"),
    )
    number = case.summary.number
    if st.button(_("Give it"), key="case.assign", width="stretch") and chosen is not None:
        _done(
            _("The case has a new owner, who is told."),
            lambda: handling.assign_case(number=number, owner_id=chosen, by=officer),
        )


PARTS: tuple[tuple[str, Callable[[CaseRecord, Officer], None]], ...] = (
    (N_("Write a note"), _note),
    (N_("Change category or urgency"), _classify),
    (N_("Hand it to an authority"), _refer),
    (N_("Money came back"), _remedy),
    (N_("Nobody can reach the person"), _lost),
    (N_("Close with an outcome"), _close),
)
