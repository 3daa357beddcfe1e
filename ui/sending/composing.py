"""Putting a package together and sending it."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from domain.enums import CandidacyStatus as C
from domain.enums import CvLevel
from domain.records.officer import Officer
from domain.records.sending import BoardPerson, SendingBoard, SentPackage
from domain.texts import N_
from services import clock
from services.cvs import default_level
from services.refusals import refusal
from services.sending.checks import check_can_create_package
from services.sending.limits import limits_on
from services.sending.packages import create_package
from ui import layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, label, number, say
from ui.messages import plain
from ui.navigation import page_link
from ui.sending.people import chips, notes, shown_name

ADDRESS = "sending.address"
LABELS = {
    "answer_until": N_("Last day for the answer"),
    "message": N_("Your words in the letter"),
}


def draw(board: SendingBoard, officer: Officer) -> None:
    """Who goes, how much of their CVs is shown, until when the employer answers; and the button."""
    waiting = [one for one in board.people if one.status is C.APPROVED]
    layout.section(
        _("Who goes"),
        _(
            "At most {places} people may be with the employer at once ({positions} positions); "
            "{there} are. Whoever is sent is held for this employer until the last day."
        ).format(
            places=number(board.places),
            positions=number(board.positions),
            there=number(board.with_employer),
        ),
    )
    chosen = [one.candidacy_id for one in waiting if _choose(one, board)]
    if not waiting:
        messages.empty(_("Nobody waits to be sent: the commission's approved people come here."))
    layout.section(_("What goes"))
    level, until, message = _form(board)
    why_not = refusal(check_can_create_package, board, officer)
    said = say(why_not) if why_not else None
    if said is None and not chosen:
        said = _("Tick at least one person.")
    if said is None and len(chosen) > board.room:
        said = _("Only {room} more may go now.").format(room=number(board.room))
    if said:
        st.caption(plain(said))
    title = _("Send to the employer: {count}").format(count=number(len(chosen)))
    if guarded_button(title, said, key="sending.send", type="primary"):
        with messages.refusals({key: _(text) for key, text in LABELS.items()}):
            with st.spinner(_("Freezing CVs and making the letter…")):
                gone = create_package(
                    vacancy_number=board.vacancy_number,
                    candidacy_ids=chosen,
                    level=level,
                    answer_until=until,
                    message=message,
                    by=officer,
                )
            keep_address(gone)
            st.rerun()


def _choose(one: BoardPerson, board: SendingBoard) -> bool:
    why_not = None if one.is_ready else _("What is missing stands beneath the name.")
    with st.container(border=True):
        is_chosen = st.checkbox(
            shown_name(one),
            value=one.is_ready and board.room > 0,
            key=f"sending.person.{one.candidacy_id}",
            disabled=not one.is_ready,
            help=why_not,
        )
        marks.show(*chips(one, False))
        for sentence in notes(one):
            st.caption(plain(sentence))
        if not one.is_ready:
            with st.container(horizontal=True):
                if one.cv_refusal is not None:
                    page_link("cv", _("Open the CV"), jobseeker=one.external_id)
                if not (one.employer_consent and one.country_consent):
                    page_link("consents", _("Record consents"), jobseeker=one.external_id)
    return bool(is_chosen) and one.is_ready


def _form(board: SendingBoard) -> tuple[CvLevel, date, str]:
    limits, today = limits_on(clock.today()), clock.today()
    left, right = st.columns(2)
    with left:
        levels = list(CvLevel)
        level = st.selectbox(
            _("How much of the CVs the employer sees"),
            levels,
            index=levels.index(default_level(today)),
            format_func=label,
            key="sending.level",
        )
    with right:
        until = st.date_input(
            _("Last day for the answer"),
            value=today + timedelta(days=limits.answer_days),
            min_value=today + timedelta(days=1),
            max_value=today + timedelta(days=limits.answer_days_max),
            format="DD.MM.YYYY",
            key="sending.until",
            help=_("Without an answer until then everybody is free again."),
        )
    message = st.text_area(
        _("Your words in the letter"),
        key="sending.message",
        max_chars=limits.message_characters,
        height=100,
        placeholder=_("In English, for the employer; may stay empty."),
    )
    where = board.employer_email or _("no e-mail address is known: give the link yourself")
    st.caption(
        _("The link goes to: {address}. Files: letter and list in two languages, CVs.").format(
            address=plain(masked(where) if board.employer_email else where)
        )
    )
    return level, until, message


def masked(address: str) -> str:
    """An e-mail address as lists show it."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…{at}{domain}" if at else address


def keep_address(gone: SentPackage) -> None:
    """Until the officer leaves the screen: it is shown this once and kept nowhere."""
    st.session_state[ADDRESS] = (gone.package.number, gone.package.vacancy_number, gone.address)


def show_address(board: SendingBoard) -> None:
    """The address of a package that has just gone, to copy."""
    number_, vacancy, address = st.session_state.get(ADDRESS, (None, None, None))
    if vacancy != board.vacancy_number:
        return
    with st.container(border=True):
        text = _(
            "Package {number} has gone. Its address is shown this once: copy it to send it "
            "yourself. Next: wait for the answer, or record what the employer says by phone."
        )
        st.markdown(":green[**✓**] " + plain(text.format(number=number_)))
        st.code(address, language=None, wrap_lines=True)
        if st.button(_("I have it"), key="sending.address.done"):
            del st.session_state[ADDRESS]
            st.rerun()
