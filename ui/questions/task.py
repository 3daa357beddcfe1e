"""The task: whom to call, what to ask, and where the answer goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import streamlit as st

from domain.enums import AskedFact, QuestionOutcome, QuestionStatus
from domain.exceptions import StaleVersion
from domain.records.jobseeker import JobseekerRecord
from domain.records.officer import Officer
from domain.records.questions import Answer, Answered, OpenedQuestion
from services.duplicates.of_form import LikelyDuplicates
from services.questions import tasks
from services.questions.facts import FIELDS, is_known
from ui import layout, messages, navigation
from ui.jobseeker import reading
from ui.language import _, label, language, say, term_name
from ui.messages import plain
from ui.navigation import keep_query, page_link
from ui.questions import inputs, words

OPENED, STALE = "questions.opened", "questions.stale"


def draw(question_id: int, officer: Officer) -> None:
    """The card of one open question; a closed or unknown one says so."""
    opened = _opened(question_id, officer)
    question = opened.question
    with st.container(border=True, key="question_task"):
        name = plain(question.person.name(language()))
        region = plain(term_name("region", question.person.region))
        layout.section(name, f"{plain(question.person.external_id)} · {region}")
        if question.status is not QuestionStatus.OPEN:
            st.markdown(f"**{plain(say(question.question))}**")
            st.info(f"{label(question.status)}: {plain(words.came_of(question))}")
            _leave()
            return
        _phone(opened)
        st.markdown(f"**{plain(say(question.question))}**")
        st.markdown("\n".join(f"- {plain(words.could(move))}" for move in question.moves))
        if not opened.is_needed:
            st.info(_("None of these vacancies is open any more: the answer decides nothing now."))
        if is_known(opened.file.form, question.fact):
            st.info(_("The file knows this by now; the question can be closed."))
            _no_answer(opened, officer)
            return
        made = inputs.answer(opened, f"questions.answer.{question.id}")
        _stale(opened)
        refusal_at = st.container()
        with st.container(horizontal=True):
            if st.button(_("Save the answer"), type="primary", key="questions.save"):
                with refusal_at:
                    _save(opened, made, officer)
            page_link("jobseeker", _("Open the file"), jobseeker=question.person.external_id)
        _no_answer(opened, officer)


def _opened(question_id: int, officer: Officer) -> OpenedQuestion:
    """The task with the phone number, read (and audited) once a visit."""
    kept = st.session_state.get(OPENED)
    if kept and kept[0] == (question_id, navigation.visit()):
        return cast(OpenedQuestion, kept[1])
    return _open_anew(question_id, officer)


def _open_anew(question_id: int, officer: Officer) -> OpenedQuestion:
    opened = tasks.open_question(question_id=question_id, by=officer)
    st.session_state[OPENED] = ((question_id, navigation.visit()), opened)
    return opened


def _phone(opened: OpenedQuestion) -> None:
    if opened.phone:
        st.markdown(f"### 📞 {plain(opened.phone)}")
    else:
        st.warning(_("The file has no phone number: look for another way in the file."))


def _save(opened: OpenedQuestion, made: Callable[[], Answer], officer: Officer) -> None:
    question = opened.question
    with messages.refusals():
        try:
            done = tasks.answer_question(
                question_id=question.id,
                answer=made(),
                version=question.version,
                file_version=opened.file.version,
                by=officer,
            )
        except LikelyDuplicates:
            st.error(_("The register has a file that may be of the same person: open the file."))
            return
        except StaleVersion as error:
            if isinstance(error.theirs, JobseekerRecord):
                st.session_state[STALE] = (question.id, error.yours)
            _open_anew(question.id, officer)
            st.rerun()
        _tell(done)


def _tell(done: Answered) -> None:
    name = done.question.person.name(language())
    saved = _("Saved in the file of {name}.").format(name=name)
    told = " ".join(f"{words.change(one)}." for one in done.changes)
    first = done.changes[0].vacancy if done.changes else None
    messages.success(
        f"{saved} {told}", _("Open ranking") if first else None, "ranking", vacancy=first
    )
    _close()


def _stale(opened: OpenedQuestion) -> None:
    """Both versions, after somebody else saved the file first; the inputs keep what was typed."""
    kept = st.session_state.get(STALE)
    if not kept or kept[0] != opened.question.id:
        return
    field = FIELDS[opened.question.fact]
    with st.container(border=True):
        layout.part("◐ " + _("Somebody else saved this file while you were editing"))
        theirs = reading.in_words(field, opened.file.form)
        mine = reading.in_words(field, kept[1])
        lines = (_("saved: {value}").format(value=theirs), _("yours: {value}").format(value=mine))
        st.markdown("  \n".join(lines))
        st.caption(_("Nothing was overwritten. Save again to add your answer to their version."))


def _no_answer(opened: OpenedQuestion, officer: Officer) -> None:
    """Ways to end the task without a fact for the file."""
    st.caption(_("No answer? The fact stays unknown, and nobody is asked again for some time."))
    with st.container(horizontal=True):
        for outcome in _outcomes(opened.question.fact):
            if st.button(label(outcome), key=f"questions.close.{outcome.value}", type="secondary"):
                _end(opened, outcome, officer)
        if st.button(_("not needed any more"), key="questions.close.not_needed", type="tertiary"):
            _end(opened, None, officer)
    _leave()


def _outcomes(fact: AskedFact) -> list[QuestionOutcome]:
    """Having none is an answer, where a file can say it; it can't of work, skills and passports."""
    can_say = fact not in {AskedFact.OCCUPATIONS, AskedFact.SKILLS, AskedFact.PASSPORT}
    return [one for one in QuestionOutcome if not (can_say and one is QuestionOutcome.HAS_NONE)]


def _end(opened: OpenedQuestion, outcome: QuestionOutcome | None, officer: Officer) -> None:
    with messages.refusals():
        done = tasks.close_question(
            question_id=opened.question.id,
            outcome=outcome,
            version=opened.question.version,
            by=officer,
        )
        text = _("Closed: {status}.").format(status=label(done.status))
        if done.outcome is not None:
            text = _("Closed: {outcome}.").format(outcome=words.came_of(done))
        messages.success(text)
        _close()


def _leave() -> None:
    if st.button(_("Back to the list"), key="questions.leave", type="tertiary", icon="⬅️"):
        _close()


def _close() -> None:
    st.session_state.pop(OPENED, None)
    st.session_state.pop(STALE, None)
    keep_query(question=None)
    st.rerun()
