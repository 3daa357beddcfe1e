"""S09: one vacancy after the commission: who is approved, sent, in reserve, selected, gone.

`?vacancy=VAC-2026-00001` opens its board.
"""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.sending import SendingBoard
from services.permissions import Permission, can
from services.sending.board import get_board
from ui import layout, messages
from ui.answers import panel as answers
from ui.language import _, language
from ui.messages import plain
from ui.navigation import page_link, query
from ui.sending import composing, leaving, packages, people, summary


def render(officer: Officer) -> None:
    """What the vacancy is, its board, sending, its packages."""
    page_link("sendings", _("All vacancies to send"), icon="↩️")
    number = query("vacancy")
    if number is None:
        messages.empty(_("Choose a vacancy from the list: its board opens here."))
        return
    board = get_board(vacancy_number=number, by=officer)
    layout.header(
        plain(board.title_in(language())),
        _("S09 · English CVs and sending"),
        summary.subtitle(board),
    )
    composing.show_address(board)
    summary.draw(board)
    draws = {_("Board"): lambda: _board(board, officer)}
    if can(officer, Permission.PACKAGES_SEND):
        draws[_("Send a package")] = lambda: composing.draw(board, officer)
    draws[_("Answers")] = lambda: answers.render(number, officer)
    draws[_("Packages")] = lambda: packages.draw(board, officer)
    tabs = st.tabs(list(draws), key=f"sending.tabs.{language()}", on_change="rerun")
    for tab, draw in zip(tabs, draws.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def _board(board: SendingBoard, officer: Officer) -> None:
    people.draw(board)
    leaving.draw(board, officer)
