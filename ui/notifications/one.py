"""One message: to whom, what it says, what became of it, what can be done."""

from __future__ import annotations

import streamlit as st

from domain.enums import AddresseeKind, MessageStatus
from domain.exceptions import NotFound
from domain.records.messages import MessageRecord
from domain.records.officer import Officer
from services.notifications import register
from services.permissions import Permission, can
from services.refusals import refusal
from ui import layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, label, language, moment, number, say, term_name
from ui.messages import plain
from ui.navigation import page_link
from ui.notifications.listing import SIGNS, TABLE
from ui.tables import clear_selection


def draw(message_id: int, officer: Officer) -> None:
    """The message in a frame, its steps beneath."""
    try:
        record = register.get_message(message_id=message_id, by=officer)
    except NotFound as error:
        messages.show(error)
        return
    one = record.summary
    with st.container(border=True):
        st.markdown(f"**{plain(term_name('message_template', one.template))}**")
        sign, tone = SIGNS[one.status]
        marks.show(marks.tag(f"{sign} {label(one.status)}", tone))
        st.caption(_meaning(record))
        layout.facts(
            {
                _("Recipient"): one.name(language()),
                _("Way"): " · ".join(filter(None, (label(one.channel), one.sent_to))),
                _("Written"): moment(one.queued_at),
                _("Sent"): moment(one.sent_at),
                _("Tries"): number(one.attempts),
                _("Its lasting id"): record.public_id,
            }
        )
        if one.problem is not None:
            st.markdown(_("Last try: {why}").format(why=plain(say(one.problem))))
        layout.part(_("Text of the message"))
        if record.subject:
            st.markdown(f"**{plain(record.subject)}**")
        for line in filter(None, record.body.splitlines()):
            st.markdown(plain(line))
        if "•••••" in record.body:
            st.caption(_("The personal link is blotted out: it is for the recipient alone."))
        if one.kind is AddresseeKind.JOBSEEKER and one.code:
            page_link("jobseeker", _("The person's file"), jobseeker=one.code)
    if can(officer, Permission.MESSAGES_EDIT):
        _steps(record, officer)


def _meaning(record: MessageRecord) -> str:
    """What the state means, and what to do next."""
    return {
        MessageStatus.WAITING: _("It goes out at the next try; nothing is left for you to do."),
        MessageStatus.SENDING: _("It is on its way in this moment."),
        MessageStatus.SENT: _("The provider took it. Nothing is left for you to do."),
        MessageStatus.KEPT: _(
            "No server is set up that could send it. Tell the person by phone, or send it once "
            "a server is set up."
        ),
        MessageStatus.FAILED: _(
            "It did not get out. Correct the address in the file and send it again, or tell the "
            "person by phone and cancel it."
        ),
        MessageStatus.CANCELLED: _("It was called off and goes to nobody."),
    }[record.summary.status]


def _steps(record: MessageRecord, officer: Officer) -> None:
    one = record.summary
    again = refusal(register.check_can_send_again, one.status)
    stop = refusal(register.check_can_cancel, one.status)
    with st.container(horizontal=True):
        key = f"messages.again.{one.id}"
        if guarded_button(_("Send again"), say(again) if again else None, key=key, type="primary"):
            with messages.refusals():
                register.send_again(message_id=one.id, by=officer)
                _done(_("It waits to be sent: the next try is within a minute."))
        key = f"messages.cancel.{one.id}"
        if guarded_button(_("Cancel the message"), say(stop) if stop else None, key=key):
            with messages.refusals():
                register.cancel_message(message_id=one.id, by=officer)
                _done(_("The message is cancelled and goes to nobody."))
    if record.has_links and register.is_demonstration():
        _as_recipient(one.id, officer)


def _as_recipient(message_id: int, officer: Officer) -> None:
    """In a demonstration the outbox is everybody's letter-box: nobody else gets the message."""
    shown = f"messages.opened.{message_id}"
    if st.button(_("Open as the recipient (demonstration)"), key=f"messages.open.{message_id}"):
        st.session_state[shown] = True
    if st.session_state.pop(shown, False):
        with messages.refusals():
            for link in register.open_as_recipient(message_id=message_id, by=officer):
                st.link_button(_("What the recipient opens"), link)
        st.caption(_("In a demonstration only, since nothing is sent to anybody; written down."))


def _done(text: str) -> None:
    messages.success(text)
    clear_selection(TABLE)
    st.rerun()
