"""A session's next step: open it, start the voting, close it, cancel it; and the invitation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from domain.enums import InvitationAnswer, SeatRole, SessionMode, SessionStatus
from domain.records.commission import SessionRecord
from domain.records.officer import Officer
from domain.texts import Sentence
from services import commission
from ui import messages
from ui.buttons import guarded_button
from ui.language import _, label, language, say
from ui.messages import plain

OVER = (SessionStatus.CLOSED, SessionStatus.CANCELLED)
SEE_STEPS = (SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY)


@dataclass(frozen=True)
class Step:
    """What the chair's button does now."""

    text: str
    refusal: Sentence | None
    act: Callable[..., SessionRecord]
    follows: str
    done: str


def show(record: SessionRecord, officer: Officer) -> None:
    """The chair's next step; deputy and secretary see it with the reason why it isn't theirs."""
    if record.status in OVER or not (record.i_am_chair or record.my_role in SEE_STEPS):
        return
    step = _next_step(record)
    refusal = say(step.refusal) if step.refusal else None
    with st.container(border=True):
        st.markdown("**" + _("Chair") + "**")
        if record.presiding_id != record.chair_id:
            st.caption(_("The deputy chairs: the chair is absent."))
        st.caption(plain(refusal) if refusal else step.follows)
        if guarded_button(
            step.text, refusal, key="commission.session", type="primary", width="stretch"
        ):
            with messages.refusals():
                step.act(number=record.number, by=officer)
                messages.success(step.done)
                st.rerun()


def _next_step(record: SessionRecord) -> Step:
    if record.status is SessionStatus.PLANNED:
        return Step(
            _("Open the session"),
            record.open_refusal,
            commission.open_session,
            _("Files can be discussed from then on; the members can't be changed any more."),
            _("The session is open: discuss the items, then start the voting."),
        )
    waits = any(item.decided_at is None for item in record.items)
    if record.status is SessionStatus.OPEN and waits:
        return Step(
            _("Start the voting"),
            record.voting_refusal,
            commission.start_voting,
            _("Members can vote from then on, as long as the quorum holds."),
            _("The voting has begun: members can vote."),
        )
    return Step(
        _("Close the session"),
        record.close_refusal,
        commission.close_session,
        _("Nothing can be changed after that."),
        _("The session is closed and its decisions are recorded."),
    )


def cancel(record: SessionRecord, officer: Officer) -> None:
    """Cancel a planned session with a reason; who plans sessions sees why it isn't possible."""
    if record.status is not SessionStatus.PLANNED or record.plan_refusal is not None:
        return
    refusal = say(record.cancel_refusal) if record.cancel_refusal else None
    with st.expander(_("Cancel the session")), st.form("commission.cancel", border=False):
        reason = st.text_area(
            _("Why it is cancelled, as the members will read it"), height=80, max_chars=500
        )
        if refusal:
            st.caption(plain(refusal))
        if st.form_submit_button(
            _("Cancel the session"), disabled=refusal is not None, help=refusal
        ):
            with messages.refusals():
                commission.cancel_session(number=record.number, reason=reason, by=officer)
                messages.success(_("The session is cancelled."))
                st.rerun()


def invitation(record: SessionRecord, officer: Officer) -> None:
    """The invited member's answer, as long as the session is planned."""
    if record.my_role is None or record.status is not SessionStatus.PLANNED:
        return
    with st.container(border=True):
        st.markdown("**" + _("Your invitation") + "**")
        said = label(record.my_answer) if record.my_answer else _("not answered yet")
        st.caption(_("Your answer: {answer}").format(answer=said))
        for answer, text in _answers().items():
            if answer is record.my_answer:
                continue
            refusal = _answer_refusal(record, answer)
            if refusal:
                st.caption(refusal)
                continue
            if st.button(
                text,
                key=f"commission.answer.{answer}",
                width="stretch",
            ):
                with messages.refusals():
                    commission.answer_invitation(number=record.number, answer=answer, by=officer)
                    st.rerun()


def _answers() -> dict[InvitationAnswer, str]:
    return {
        InvitationAnswer.COMES: _("I will come"),
        InvitationAnswer.DOES_NOT_COME: _("I can't come"),
        InvitationAnswer.SENDS_SUBSTITUTE: _("My substitute comes"),
    }


def _answer_refusal(record: SessionRecord, answer: InvitationAnswer) -> str | None:
    if answer is InvitationAnswer.SENDS_SUBSTITUTE and not record.i_have_substitute:
        return _("Nobody is your substitute in this session: answer whether you come.")
    return None


def where(record: SessionRecord) -> None:
    """How to get to an online meeting; why a session was cancelled."""
    if record.status is SessionStatus.CANCELLED:
        reason = plain(record.cancel_reason or "")
        st.warning(_("The session was cancelled: {reason}").format(reason=reason))
        return
    is_link = (record.place or "").startswith(("https://", "http://"))
    if record.mode is SessionMode.ONLINE and is_link and record.status is not SessionStatus.CLOSED:
        st.link_button(_("Join the online meeting"), record.place or "", icon="🎥")


def heading(record: SessionRecord) -> str:
    """Under the title: the commission, where and how it meets, who chairs."""
    is_link = record.mode is SessionMode.ONLINE
    place = label(record.mode) if is_link else record.place
    return " · ".join(part for part in (record.commission(language()), place) if part)
