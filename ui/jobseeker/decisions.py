"""What commissions decided about a person, as the person is told, and what comes next."""

from __future__ import annotations

import streamlit as st

from domain.enums import DecisionOutcome
from domain.records.appeals import PersonDecision
from domain.records.jobseeker import JobseekerRecord
from domain.records.officer import Officer
from services import appeals
from services.permissions import Permission, can
from ui import marks, messages
from ui.appeals import registering
from ui.appeals.one import next_step
from ui.commission.outcome import TONES
from ui.language import _, day, label, language, number
from ui.messages import plain
from ui.navigation import page_link


def draw(file: JobseekerRecord, officer: Officer) -> None:
    """Each decision in its words, the latest first."""
    with messages.refusals():
        found = appeals.list_decisions_of(external_id=file.external_id, by=officer)
        if not found:
            messages.empty(_("No commission has decided about this person yet."))
            return
        st.caption(
            _("Read out or hand over the words in the frames: they are meant for the person.")
        )
        for decision in found:
            _one(decision, officer)


def _one(decision: PersonDecision, officer: Officer) -> None:
    title = decision.title_ka if language() == "ka" and decision.title_ka else decision.title
    sign, tone = TONES[decision.outcome]
    with st.container(border=True):
        st.markdown(f"**{plain(title)}** · {plain(decision.vacancy_number)}")
        marks.show(marks.tag(f"{sign} {label(decision.outcome)}", tone))
        st.caption(
            _("{session}, {day}, decided on an appeal").format(
                session=decision.session_number, day=day(decision.decided_on)
            )
            if decision.is_hearing
            else f"{decision.session_number} · {day(decision.decided_on)}"
        )
        for text in told(decision):
            st.markdown(plain(text))
        if decision.appeal is not None:
            appeal = decision.appeal
            st.markdown(f"**{plain(appeal.number)}** · {label(appeal.status)}")
            st.caption(next_step(appeal))
            page_link("appeals", _("Open the appeal"), appeal=appeal.number)
        elif decision.appeal_refusal is None and can(officer, Permission.APPEALS_REGISTER):
            registering.draw(decision, officer)


def told(decision: PersonDecision) -> list[str]:
    """What the person is told: the decision, why, what happens next, the right to appeal."""
    if decision.outcome is DecisionOutcome.APPROVED:
        return [
            _(
                "The commission approved you. Your file goes to the employer, who chooses among "
                "the candidates; we will tell you as soon as there is an answer."
            )
        ]
    if decision.outcome is DecisionOutcome.RESERVE:
        return [
            _(
                "You are number {place} on the reserve list. If a place becomes free, people are "
                "asked in this order; meanwhile you take part in the rankings for other vacancies."
            ).format(place=number(decision.reserve_order))
        ]
    said = [_("The commission did not approve you for this vacancy.")]
    if decision.candidate_texts:
        said.append(decision.candidate_texts[language()])
    said.append(
        _(
            "Your file stays in the register and takes part in the next rankings; you need not do "
            "anything for that."
        )
    )
    if decision.last_day is not None and decision.appeal is None:
        said.append(_right_to_appeal(decision))
    elif decision.appeal is not None and decision.appeal.days_left is not None:
        said.append(
            _(
                "Your appeal has been received. Other members of the commission, who took no part "
                "in this decision, will hear it by {day}."
            ).format(day=day(decision.appeal.hear_by))
        )
    if decision.is_hearing:
        said.append(_("This decision was made on your appeal. You may turn to a court against it."))
    return said


def _right_to_appeal(decision: PersonDecision) -> str:
    if decision.days_left is not None and decision.days_left < 0:
        return _("The time for an appeal ended on {day}.").format(day=day(decision.last_day))
    return _(
        "If you disagree, you may appeal until {day}, that day included: in person, by post, by "
        "e-mail or by telephone. Other members of the commission, who took no part in this "
        "decision, will hear your appeal."
    ).format(day=day(decision.last_day))
