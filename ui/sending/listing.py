"""The list of vacancies to send, sent and answered."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.records.officer import Officer
from domain.records.sending import SendingLine
from services.sending import board
from ui import marks, navigation
from ui.language import _, language, term_name
from ui.layout import filters
from ui.tables import Column, clear_selection, table

TABLE = "sendings.table"


def draw(officer: Officer) -> None:
    """Counts on top, the filter, the list; a click opens the board."""
    lines = board.list_sendings(by=officer)
    marks.counters(
        {
            _("people to send"): sum(one.to_send for one in lines if _is_open(one)),
            _("with an employer, no answer yet"): sum(one.sent for one in lines),
            _("selected, not confirmed yet"): sum(one.selected for one in lines),
        }
    )
    with filters():
        only = st.segmented_control(
            _("Show"),
            ["to_send", "sent", "all"],
            default="to_send",
            format_func={
                "to_send": _("to send"),
                "sent": _("waits for the employer"),
                "all": _("all"),
            }.__getitem__,
            key="sendings.only",
        )
    shown = [one for one in lines if _wanted(one, only)]
    chosen = table(
        shown,
        [
            Column(_("Vacancy"), lambda one: one.title_in(language()), pinned=True, width=220),
            Column(_("Number"), "vacancy_number"),
            Column(_("Employer"), "employer"),
            Column(_("Country"), lambda one: term_name("country", one.country)),
            Column(_("Positions"), "positions", "number"),
            Column(_("To send"), "to_send", "number"),
            Column(_("Sent"), "sent", "number"),
            Column(_("Answer until"), "answer_until", "date"),
            Column(_("Reserve"), "reserve", "number"),
            Column(_("Selected"), "selected", "number"),
            Column(_("Confirmed"), "confirmed", "number"),
        ],
        key=TABLE,
        selection="single",
        row_id="vacancy_number",
        empty=_empty(only, lines),
        alt=_("Vacancies after the commission; select one to open its board"),
    )
    if chosen:
        clear_selection(TABLE)
        navigation.open_page("sending", vacancy=chosen[0])
    st.caption(
        _(
            "Select a vacancy to open its board. Sent: the employer has the CVs and has not "
            "answered yet. Reserve: the commission's and the employer's together."
        )
    )


def _is_open(line: SendingLine) -> bool:
    return line.selected + line.confirmed < line.positions


def _wanted(line: SendingLine, only: str | None) -> bool:
    if only == "to_send":
        return line.to_send > 0 and _is_open(line)
    return line.sent > 0 if only == "sent" else True


def _empty(only: str | None, lines: Sequence[SendingLine]) -> str:
    if only == "to_send" and lines:
        return _("Nobody waits to be sent. Look at “all” for vacancies that are under way.")
    if only == "sent" and lines:
        return _("No employer has a package without an answer.")
    return _("People whom the commission approves appear here, ready to be sent to the employer.")
