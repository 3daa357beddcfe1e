"""One person at a session: the quiz, entered by the officer, and the certificate."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from domain.enums import Attendance
from domain.records.officer import Officer
from domain.records.preparation import OrientationPlace, OrientationRecord, QuizQuestion
from services.official_documents.codes import written
from services.permissions import Permission, can
from services.preparation.certificates import issue_certificate, read_certificate
from services.preparation.orientations import take_off_orientation
from services.preparation.quizzes import record_quiz
from ui import layout, messages
from ui.buttons import guarded_button
from ui.language import _, day, language, number, say
from ui.messages import plain
from ui.navigation import page_link
from ui.preparation.attendance import name_of


def draw(session: OrientationRecord, one: OrientationPlace, officer: Officer) -> None:
    """What this person did, and what comes next."""
    with st.container(border=True):
        st.markdown(f"**{plain(name_of(one))}**")
        page_link("preparation", _("Departure file"), candidacy=one.candidacy_id)
        for go in one.results:
            told = _("passed") if go.is_passed else _("not passed")
            st.markdown(
                _("Quiz {attempt}, {day}: {right} of {all} right, {told}").format(
                    attempt=number(go.attempt),
                    day=day(go.taken_on),
                    right=number(go.right_count),
                    all=number(go.question_count),
                    told=told,
                )
            )
        certificate(one, session.summary.number, officer)
        if one.attendance is Attendance.INVITED:
            _take_off(session, one, officer)
    if one.quiz_refusal is None:
        _quiz(session, one, officer)
    elif one.certificate is None:
        st.caption(plain(say(one.quiz_refusal)))


def certificate(one: OrientationPlace, session_number: str, officer: Officer) -> None:
    """Issue it, or download what was issued."""
    if one.certificate is None:
        why_not = say(one.certificate_refusal) if one.certificate_refusal else None
        if guarded_button(
            _("Issue the certificate"),
            why_not,
            key=f"orientation.certificate.{one.candidacy_id}",
            type="primary",
            width="stretch",
        ):
            with messages.refusals():
                issued = issue_certificate(
                    number=session_number, candidacy_id=one.candidacy_id, by=officer
                )
                messages.success(_("Certificate {number} is issued.").format(number=issued))
                st.rerun()
        return
    layout.facts(
        {
            _("Certificate"): one.certificate.number,
            _("Issued"): day(one.certificate.issued_on),
            _("Code to check it"): written(one.certificate.code),
        }
    )
    shown = f"orientation.file.{one.candidacy_id}"
    if st.session_state.get(shown):
        name, content = read_certificate(candidacy_id=one.candidacy_id, by=officer)
        st.download_button(
            _("Save the PDF"), content, name, "application/pdf", width="stretch", on_click="ignore"
        )
    elif st.button(_("Get the certificate as PDF"), key=f"{shown}.get", width="stretch"):
        st.session_state[shown] = True
        st.rerun()


def _quiz(session: OrientationRecord, one: OrientationPlace, officer: Officer) -> None:
    key = f"orientation.quiz.{one.candidacy_id}.{len(one.results)}"
    with st.form(key, border=True):
        layout.part(_("Quiz"))
        st.caption(_("Enter what the person answered; what is left out counts as wrong."))
        given: dict[str, str] = {}
        for question in session.quiz.questions:
            answer = st.radio(
                question.text(language()),
                [code for code, _en, _ka in question.answers],
                index=None,
                format_func=_answers(question),
                key=f"{key}.{question.code}",
            )
            if answer is not None:
                given[question.code] = answer
        sent = st.form_submit_button(_("Save the answers"), type="primary", width="stretch")
    if sent:
        with messages.refusals():
            result = record_quiz(
                number=session.summary.number,
                candidacy_id=one.candidacy_id,
                answers=given,
                by=officer,
            )
            text = (
                _("Passed: {right} of {all}. The certificate can be issued.")
                if result.is_passed
                else _("Not passed: {right} of {all}. Go through the topics again, then repeat.")
            )
            messages.success(
                text.format(right=number(result.right_count), all=number(result.question_count))
            )
            st.rerun()


def _answers(question: QuizQuestion) -> Callable[[str], str]:
    said = {code: question.answer(code, language()) for code, _en, _ka in question.answers}
    return said.__getitem__


def _take_off(session: OrientationRecord, one: OrientationPlace, officer: Officer) -> None:
    may = can(officer, Permission.PREPARATION_EDIT)
    if st.button(
        _("Take back the invitation"),
        key=f"orientation.off.{one.candidacy_id}",
        disabled=not may,
        width="stretch",
    ):
        with messages.refusals():
            take_off_orientation(
                number=session.summary.number, candidacy_id=one.candidacy_id, by=officer
            )
            messages.success(_("The place is free again."))
            st.rerun()
