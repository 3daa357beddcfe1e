"""The outbox: filters, counts by state, the list."""

from __future__ import annotations

import streamlit as st

from domain.enums import AddresseeKind, MessageStatus
from domain.records.messages import MessagePage, MessageQuery, MessageSummary
from domain.records.officer import Officer
from services.notifications import register
from ui import forms, layout, marks, navigation
from ui.language import _, label, language, moment, number, say, term_name
from ui.tables import Column, table

TABLE, SHOWN = "messages.table", 200
SIGNS = {
    MessageStatus.WAITING: ("◐", "partly"),
    MessageStatus.SENDING: ("→", "accent"),
    MessageStatus.SENT: ("✓", "met"),
    MessageStatus.KEPT: ("▢", "quiet"),
    MessageStatus.FAILED: ("✕", "not_met"),
    MessageStatus.CANCELLED: ("–", "quiet"),
}


def setup_notice() -> None:
    """Say it plainly where nothing leaves the house."""
    missing = register.not_set_up()
    if missing:
        named = ", ".join(label(channel) for channel in missing)
        st.info(
            _("Nothing is set up for: {channels}. Such messages stay here.").format(channels=named)
            + " "
            + _("The administrator sets it in the environment; see the page of settings.")
        )


def choose(officer: Officer) -> int | None:
    """Draw filters and list; the id of the message that is open."""
    opened = navigation.query_id("message")
    page = register.list_messages(query=_filters(officer), limit=SHOWN, by=officer)
    _counters(page)
    if opened and all(message.id != opened for message in page.messages):
        return opened
    chosen = table(
        page.messages,
        _columns(),
        key=TABLE,
        selection="single",
        selected=[opened] if opened else [],
        empty=_(
            "No message matches. Messages come by themselves: with a package, an answer, "
            "a reminder."
        ),
        alt=_("Messages, the latest first; select one to read it"),
    )
    if page.total > len(page.messages):
        text = _("The latest {shown} of {total} are listed: narrow the list to see others.")
        st.caption(text.format(shown=number(len(page.messages)), total=number(page.total)))
    navigation.keep_query(message=chosen[0] if chosen else None)
    return int(chosen[0]) if chosen else None


def _filters(officer: Officer) -> MessageQuery:
    told = navigation.query("state")
    state = MessageStatus(told) if told in set(MessageStatus) else None
    with layout.filters(3):
        status = forms.choose_member(
            _("State"), MessageStatus, key="messages.state", value=state, placeholder=_("all")
        )
        kinds = register.list_messages(query=MessageQuery(), limit=0, by=officer).templates
        kind = st.selectbox(
            _("What about"),
            kinds,
            index=None,
            format_func=lambda name: term_name("message_template", name),
            key="messages.template",
            placeholder=_("all"),
        )
        to = forms.choose_member(_("To"), AddresseeKind, key="messages.to", placeholder=_("all"))
    navigation.keep_query(state=status.value if status else None)
    return MessageQuery(status, kind, to)


def _counters(page: MessagePage) -> None:
    shown = (
        MessageStatus.FAILED,
        MessageStatus.WAITING,
        MessageStatus.KEPT,
        MessageStatus.SENT,
    )
    marks.counters({label(status): page.counts.get(status, 0) for status in shown})


def _columns() -> list[Column]:
    return [
        Column(_("State"), signed, width=190),
        Column(_("Recipient"), lambda one: one.name(language()), width=170),
        Column(_("What about"), lambda one: term_name("message_template", one.template), width=230),
        Column(_("Written"), lambda one: moment(one.queued_at), width=130),
        Column(_("Next try"), _next, width=130),
        Column(_("Address"), lambda one: one.sent_to or "–", width=150),
    ]


def signed(one: MessageSummary) -> str:
    """The state with its sign."""
    return f"{SIGNS[one.status][0]} {label(one.status)}"


def _next(one: MessageSummary) -> str:
    if one.status is MessageStatus.WAITING:
        return moment(one.next_try_at)
    return say(one.problem) if one.problem and one.status is MessageStatus.FAILED else "–"
