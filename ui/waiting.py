"""The block "Papers waiting for me" on everybody's first screen."""

from __future__ import annotations

import streamlit as st

from domain.enums import ExecutionState
from domain.records.officer import Officer
from domain.records.waiting import WaitingPaper
from services.waiting import list_waiting
from ui import layout
from ui.language import _, label, say
from ui.messages import plain
from ui.navigation import page_link

SIGNS = {
    ExecutionState.OVERDUE: ":red[**✕ {word}**]",
    ExecutionState.DUE: ":orange[**◐ {word}**]",
    ExecutionState.OPEN: "",
    ExecutionState.DONE: "",
}


def block(officer: Officer) -> None:
    """One compact line for each thing, with its link; draws nothing where nothing waits."""
    papers = list_waiting(by=officer)
    if not papers:
        return
    with st.container(border=True, key="papers_waiting", gap=None):
        layout.part(_("Papers waiting for me"))
        for paper in papers:
            _line(paper)


def _line(paper: WaitingPaper) -> None:
    sign = SIGNS[paper.state].format(word=plain(label(paper.state)))
    said = plain(say(paper.what))
    page_link(
        paper.page,
        f"{said} · {sign}" if sign else said,
        icon="➡️",
        help=_(paper.action),
        **paper.query,
    )
