"""One request: where it stands, the next step, and the answer."""

from __future__ import annotations

import streamlit as st

from domain.enums import (
    IdentityProof,
    PrivacyOutcome,
    PrivacyRequestKind,
    PrivacyRequestStatus,
    ReviewOutcome,
)
from domain.records.officer import Officer
from domain.records.privacy import PrivacyRequest
from services.permissions import Permission, can
from services.privacy import person_copy, requests
from services.refusals import refusal
from ui import forms, layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, moment, say
from ui.messages import plain
from ui.navigation import page_link
from ui.privacy.words import clock_mark, status

K, S = PrivacyRequestKind, PrivacyRequestStatus


def status_line(request: PrivacyRequest) -> None:
    """Status, clock and outcome as chips."""
    shown = [status(request)]
    if request.is_open:
        shown.append(clock_mark(request))
    if request.outcome is not None:
        tone = "not_met" if request.outcome is PrivacyOutcome.REFUSED else "met"
        shown.append(marks.tag(label(request.outcome), tone))
    marks.show(*shown)


def facts(request: PrivacyRequest) -> None:
    """What is known of the request."""
    with st.container(border=True):
        layout.part(_("The request"))
        layout.facts(
            {
                _("File"): request.external_id,
                _("Asks for"): label(request.kind),
                _("How the request came"): label(request.channel),
                _("Received on"): day(request.received_on),
                _("Last day"): day(request.due_on),
                _("Identity"): label(request.identity) if request.identity else "",
                _("Note on the identity"): request.identity_note or "",
                _("Extended because"): request.extension_reason or "",
                _("Answered"): moment(request.answered_at) if request.answered_at else "",
            }
        )
        if request.wish:
            layout.part(_("In the person's words"))
            st.markdown("> " + plain(request.wish))


def steps(request: PrivacyRequest, officer: Officer) -> None:
    """The next step first; what is not possible yet says why."""
    if not request.is_open:
        _settled(request)
        return
    if request.status is S.RECEIVED:
        _identify(request, officer)
    if request.kind is K.HUMAN_REVIEW:
        _review(request, officer)
    if can(officer, Permission.PRIVACY_MANAGE):
        _help(request, officer)
        _answer(request, officer)
        _extend(request, officer)
    _take_back(request, officer)


def _settled(request: PrivacyRequest) -> None:
    with st.container(border=True):
        layout.part(_("The answer"))
        st.markdown(plain(request.answer or _("The person took the request back.")))
    if request.review is not None:
        _reviewed(request)


def _identify(request: PrivacyRequest, officer: Officer) -> None:
    with st.container(border=True):
        layout.part(_("1. Who asks?"))
        st.caption(_("Nothing about a person is told before it is known that it is this person."))
        proof = forms.choose_member(
            _("How the person was identified"),
            [one for one in IdentityProof if one is not IdentityProof.PERSONAL_LINK],
            key="privacy.proof",
        )
        note = st.text_input(_("Note on the identity"), key="privacy.proof.note", max_chars=500)
        said = None if proof else _("Choose how the person was identified.")
        if guarded_button(
            _("The identity is checked"), said, key="privacy.identify", type="primary"
        ):
            assert proof is not None
            with messages.refusals():
                requests.identify(
                    number=request.number,
                    proof=proof,
                    note=note,
                    version=request.version,
                    by=officer,
                )
                messages.success(_("Noted. The request is in work."))
                st.rerun()


def _review(request: PrivacyRequest, officer: Officer) -> None:
    with st.container(border=True):
        layout.part(_("2. A human look"))
        if request.review is not None:
            _reviewed(request)
            return
        st.caption(
            _(
                "An officer who may read how rankings were made looks at the person's place and "
                "its reasons, and writes down under their own name what they found."
            )
        )
        if not can(officer, Permission.RANKINGS_AUDIT):
            messages.empty(_("A manager does this; the request stands on their list."))
            return
        page_link("ranking_log", _("Ranking log"), icon="📜")
        outcome = forms.choose_member(_("What you found"), ReviewOutcome, key="privacy.review")
        note = st.text_area(
            _("What you looked at, and why"), key="privacy.review.note", max_chars=4000
        )
        why = refusal(requests.check_can_review, request, officer)
        said = say(why) if why else None if outcome else _("Choose what you found.")
        if guarded_button(_("Write down the review"), said, key="privacy.reviewed", type="primary"):
            assert outcome is not None
            with messages.refusals():
                requests.review_ranking(
                    number=request.number,
                    outcome=outcome,
                    note=note,
                    version=request.version,
                    by=officer,
                )
                messages.success(_("The review is written down."))
                st.rerun()


def _reviewed(request: PrivacyRequest) -> None:
    reviewer = request.reviewer_ka if language() == "ka" else request.reviewer_en
    text = _("{officer} looked at the ranking {moment}: {outcome}.").format(
        officer=plain(reviewer or "–"),
        moment=moment(request.reviewed_at),
        outcome=label(request.review),
    )
    st.markdown(text)
    st.markdown("> " + plain(request.outcome_note or ""))


def _help(request: PrivacyRequest, officer: Officer) -> None:
    """What the kind of request needs: the copy, where to correct, what an erasure does."""
    with st.container(border=True):
        layout.part(_("What to do"))
        if request.kind in (K.ACCESS, K.PORT):
            st.caption(_("The whole copy, with who saw the data. Handing it out is logged."))
            _copies(request, officer)
        elif request.kind is K.RECTIFY:
            st.caption(
                _("A recruiter corrects the file and says so here; then the person is answered.")
            )
        elif request.kind is K.ERASE:
            st.caption(
                _(
                    "“Granted” depersonalises the file at once, and that can't be undone. Where a "
                    "duty to keep data stands against it, the answer is refused with the reason."
                )
            )
            page_link("retention", _("Retention and depersonalisation"), icon="⏳")
        elif request.kind is K.RESTRICT:
            st.caption(
                _("Place a legal hold: the data stay as they are, and no period ends for them.")
            )
            page_link("retention", _("Retention and depersonalisation"), icon="⏳")
        else:
            st.caption(_("The answer tells the person what the officer found, and who it was."))
        page_link("accesses", _("Who looked at the data"), icon="👁️", jobseeker=request.external_id)


def _copies(request: PrivacyRequest, officer: Officer) -> None:
    if request.status is S.RECEIVED:
        messages.empty(_("First note how the person was identified."))
        return
    number, reader = request.number, language()
    with st.container(horizontal=True):
        st.download_button(
            _("Copy as PDF"),
            data=lambda: (
                person_copy.copy_as_pdf(number=number, language=reader, by=officer).content
            ),
            file_name=f"{number}.pdf",
            key="privacy.copy.pdf",
            on_click="ignore",
        )
        st.download_button(
            _("Copy for another service (JSON)"),
            data=lambda: person_copy.copy_as_json(number=number, by=officer).content,
            file_name=f"{number}.json",
            key="privacy.copy.json",
            on_click="ignore",
        )


def _answer(request: PrivacyRequest, officer: Officer) -> None:
    with st.container(border=True):
        layout.part(_("The answer"))
        outcome = forms.choose_member(_("Outcome"), PrivacyOutcome, key="privacy.outcome")
        answer = st.text_area(
            _("What the person is answered"), key="privacy.answer", max_chars=4000
        )
        is_erasure = request.kind is K.ERASE and outcome is PrivacyOutcome.GRANTED
        sure = not is_erasure or st.checkbox(
            _("I know that depersonalising can't be undone"), key="privacy.sure"
        )
        why = refusal(requests.check_can_answer, request, officer)
        said = say(why) if why else None if outcome else _("Choose the outcome.")
        said = said or (None if sure else _("Tick that you know it can't be undone."))
        if guarded_button(_("Answer the request"), said, key="privacy.answered", type="primary"):
            assert outcome is not None
            with messages.refusals():
                requests.answer_request(
                    number=request.number,
                    outcome=outcome,
                    answer=answer,
                    version=request.version,
                    by=officer,
                )
                messages.success(_("Answered. The request is settled."))
                st.rerun()


def _extend(request: PrivacyRequest, officer: Officer) -> None:
    why = refusal(requests.check_can_extend, request, officer)
    with st.expander(_("More time is needed")):
        st.caption(_("Once, by ten working days; the person is told the reason."))
        reason = st.text_input(_("Reason"), key="privacy.extend.reason", max_chars=500)
        said = say(why) if why else None
        if guarded_button(_("Extend"), said, key="privacy.extend"):
            with messages.refusals():
                requests.extend(
                    number=request.number, reason=reason, version=request.version, by=officer
                )
                messages.success(_("The last day is moved."))
                st.rerun()


def _take_back(request: PrivacyRequest, officer: Officer) -> None:
    with st.expander(_("The person does not ask any more")):
        if st.button(_("Take the request back"), key="privacy.take_back"):
            with messages.refusals():
                requests.take_back(number=request.number, version=request.version, by=officer)
                messages.success(_("The request is taken back."))
                st.rerun()
