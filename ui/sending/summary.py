"""A vacancy's head on the sending board: employer, country, places, what stands in the way."""

from __future__ import annotations

import streamlit as st

from domain.enums import CandidacyStatus as C
from domain.enums import TransferBasis
from domain.records.sending import SendingBoard
from ui import marks
from ui.language import _, label, number, say, term_name
from ui.messages import plain
from ui.navigation import page_link


def subtitle(board: SendingBoard) -> str:
    """Number, employer and country, safe for markdown."""
    parts = (board.vacancy_number, board.employer, term_name("country", board.country))
    return plain(" · ".join(part for part in parts if part))


def draw(board: SendingBoard) -> None:
    """Counts, where data may go, and why nothing can be sent, if so."""
    count = {status: sum(one.status is status for one in board.people) for status in C}
    marks.counters(
        {
            _("positions"): board.positions,
            _("may be with the employer at once"): board.places,
            _("are there now"): board.with_employer,
            _("to send"): count[C.APPROVED],
            _("in reserve"): count[C.RESERVE] + count[C.EMPLOYER_RESERVE],
        }
    )
    is_listed = board.standing.basis is TransferBasis.ADEQUATE
    tone = "met" if is_listed else "partly" if board.standing.basis else "not_met"
    sign = {"met": "✓", "partly": "◐", "not_met": "✕"}[tone]
    place = label(board.standing.basis) if board.standing.basis else _("data may not go there")
    marks.show(marks.tag(f"{sign} {term_name('country', board.country)}: {place}", tone))
    if board.refusal is not None:
        st.warning(plain(say(board.refusal)), icon="✋")
    elif board.room and count[C.APPROVED]:
        text = _("Next: send the approved people whose CVs are final; {room} more may go.")
        st.caption(text.format(room=number(board.room)))
    page_link("vacancy", _("The vacancy"), icon="📋", vacancy=board.vacancy_number)
