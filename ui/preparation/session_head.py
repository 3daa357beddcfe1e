"""What a session is: when, where, what is taught; invite, call off."""

from __future__ import annotations

import streamlit as st

from domain.enums import OrientationStatus
from domain.records.officer import Officer
from domain.records.preparation import Invitable, OrientationRecord
from services.preparation.orientations import cancel_orientation, invite_to_orientation
from services.preparation.sessions import list_invitable
from ui import layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, moment, number, say, term_name
from ui.messages import plain
from ui.preparation.words import ORIENTATION


def draw(session: OrientationRecord, officer: Officer) -> None:
    """Facts on the left, the next thing to do for the whole session on the right."""
    left, right = layout.list_and_detail()
    with left, st.container(border=True):
        _facts(session)
    with right:
        if session.summary.status is OrientationStatus.PLANNED:
            _invite(session, officer)
            _call_off(session, officer)
        elif session.cancel_reason:
            st.markdown(_("Called off: {reason}").format(reason=plain(session.cancel_reason)))


def _facts(session: OrientationRecord) -> None:
    one = session.summary
    st.markdown(f"**{plain(one.number)}**")
    sign, tone = ORIENTATION[one.status]
    marks.show(marks.tag(f"{sign} {label(one.status)}", tone))
    layout.facts(
        {
            _("Begins"): moment(one.starts_at),
            _("Where"): f"{label(one.mode)} · {one.place}",
            _("Trainer"): session.trainer,
            _("Language"): term_name("language", session.language),
            _("For whom"): term_name("country", one.country) if one.country else _("every country"),
            _("Seats in it"): _("{taken} of {all} taken").format(
                taken=number(one.invited), all=number(one.capacity)
            ),
        }
    )
    curriculum = session.curriculum
    with st.expander(_("What is taught: {hours} hours").format(hours=number(curriculum.hours))):
        for topic in curriculum.topics:
            hours = _("{hours} h").format(hours=number(topic.hours))
            st.markdown(f"- {plain(topic.title(language()))} · {plain(hours)}")
        st.caption(
            _("Curriculum of {day}; {percent} % of the answers must be right.").format(
                day=day(curriculum.valid_from), percent=number(curriculum.pass_percent)
            )
        )


def _invite(session: OrientationRecord, officer: Officer) -> None:
    number_of = session.summary.number
    offered = {one.candidacy_id: one for one in list_invitable(number=number_of, by=officer)}
    why_not = say(session.invite_refusal) if session.invite_refusal else None
    if not offered and why_not is None:
        why_not = _("Everybody who confirmed has a place or the certificate already.")
    with st.container(border=True):
        layout.part(_("Invite people"))
        chosen = st.multiselect(
            _("Who needs orientation, the earliest departure first"),
            list(offered),
            format_func=lambda one: _named(offered[one]),
            key=f"orientation.invite.{number_of}",
            placeholder=_("choose or type"),
            disabled=why_not is not None,
            select_all=False,
        )
        if why_not:
            st.caption(plain(why_not))
        if guarded_button(
            _("Invite {count} people").format(count=number(len(chosen))),
            why_not or (None if chosen else _("Choose whom to invite.")),
            key="orientation.invite",
            type="primary",
            width="stretch",
        ):
            with messages.refusals():
                invited = invite_to_orientation(number=number_of, candidacy_ids=chosen, by=officer)
                messages.success(
                    _("{count} people have a place now.").format(count=number(invited))
                )
                st.rerun()


def _named(one: Invitable) -> str:
    name = one.name_ka if language() == "ka" else one.name_lat
    departs = day(one.departs_on) if one.departs_on else _("no day yet")
    return f"{name} · {one.vacancy_number} · {departs}"


def _call_off(session: OrientationRecord, officer: Officer) -> None:
    with st.expander(_("Call the session off")):
        reason = st.text_input(_("Why"), key="orientation.cancel.reason", max_chars=300)
        why_not = say(session.cancel_refusal) if session.cancel_refusal else None
        if guarded_button(_("Call it off"), why_not, key="orientation.cancel", width="stretch"):
            with messages.refusals():
                cancel_orientation(number=session.summary.number, reason=reason, by=officer)
                messages.success(
                    _("The session is called off: whoever was invited needs another one.")
                )
                st.rerun()
