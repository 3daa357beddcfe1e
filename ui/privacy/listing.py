"""The list of requests: open ones first, the nearest last day on top."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.privacy import PrivacyRequest
from services import clock
from services.privacy import requests
from ui import layout, navigation
from ui.language import _, label, number
from ui.privacy.words import clock_text
from ui.tables import Column, clear_selection, table

TABLE, REVIEWS = "privacy.requests", "privacy.reviews"


def draw(officer: Officer) -> None:
    """Counts, a switch for the settled ones, and the list; a click opens a request."""
    found = requests.list_requests(by=officer)
    open_ones = [one for one in found if one.is_open]
    late = [one for one in open_ones if one.due_on < clock.today()]
    text = _("{open} open, {late} overdue.")
    st.caption(text.format(open=number(len(open_ones)), late=number(len(late))))
    settled = st.toggle(_("Show settled ones too"), key="privacy.settled")
    _open(_table(found if settled else open_ones, TABLE), TABLE)


def reviews(officer: Officer) -> None:
    """Rankings that wait for a human look."""
    waiting = requests.list_reviews(by=officer)
    if not waiting:
        return
    layout.section(
        _("Rankings to look at again"),
        _("Open one, look at how the ranking was made, and write what you found."),
    )
    _open(_table(waiting, REVIEWS), REVIEWS)


def _table(rows: tuple[PrivacyRequest, ...] | list[PrivacyRequest], key: str) -> list[str]:
    return table(
        rows,
        (
            Column(_("Number"), "number", pinned=True),
            Column(_("Clock"), clock_text, width="medium"),
            Column(_("Asks for"), lambda one: label(one.kind), width="medium"),
            Column(_("File"), "external_id"),
            Column(_("Received"), "received_on", kind="date"),
            Column(_("Last day"), "due_on", kind="date"),
            Column(_("Status"), lambda one: label(one.status)),
        ),
        key=key,
        selection="single",
        row_id="number",
        empty=_("No request is open. A new one is taken in below."),
        alt=_("Requests, the most pressing first; select one to open it"),
    )


def _open(chosen: list[str], key: str) -> None:
    if chosen:
        clear_selection(key)
        navigation.open_page("privacy_request", request=chosen[0])
