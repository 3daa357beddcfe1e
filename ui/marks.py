"""Marks that carry a status: colour, word and sign together; score bars with their range.

They return HTML for `st.html`, with all data escaped; `theme.css` holds the colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from domain.enums import CriterionStatus
from ui.language import _, label, number

SIGNS: Mapping[CriterionStatus, str] = {
    CriterionStatus.MET: "✓",
    CriterionStatus.PARTLY: "◐",
    CriterionStatus.SHORT: "▽",
    CriterionStatus.UNKNOWN: "?",
    CriterionStatus.NOT_MET: "✕",
}


def sign(status: CriterionStatus) -> str:
    """✓ met, ◐ partly, ▽ short, ? unknown, ✕ not met: also for table cells."""
    return SIGNS[status]


def signed(status: CriterionStatus, text: str | None = None) -> str:
    """Plain text: the sign and the word, or the sign and a text of the caller's."""
    return f"{SIGNS[status]} {text or label(status)}"


def chip(status: CriterionStatus, text: str | None = None) -> str:
    """A chip with sign and word; a text of the caller's stands instead of the word."""
    shown = escape(text or label(status))
    word = escape(label(status), quote=True)
    return (
        f'<span class="chip {status.value}" title="{word}">'
        f'<span aria-hidden="true">{SIGNS[status]}</span> {shown}</span>'
    )


def chips(marks: Iterable[tuple[CriterionStatus, str | None]]) -> str:
    """Several chips in a row that wraps."""
    return '<div class="chips">' + "".join(chip(status, text) for status, text in marks) + "</div>"


def tag(text: str, tone: str = "quiet") -> str:
    """A chip for a state of a process; tone: quiet, accent, met, partly, short, not_met."""
    return f'<span class="chip {escape(tone, quote=True)}">{escape(text)}</span>'


def score_bar(score: float, low: float, high: float) -> str:
    """0 to 100: solid up to low, hatched from low to high, a line at the score."""
    text = _("score {score}, between {low} and {high}").format(
        score=number(round(score)), low=number(round(low)), high=number(round(high))
    )
    return (
        f'<div class="score" role="img" aria-label="{escape(text, quote=True)}"'
        f' title="{escape(text, quote=True)}"><b>{number(round(score))}</b>'
        f'<span class="track"><span class="solid" style="width:{_part(low)}%"></span>'
        f'<span class="range" style="left:{_part(low)}%;width:{_part(high - low)}%"></span>'
        f'<span class="at" style="left:{_part(score)}%"></span></span></div>'
    )


def _part(value: float) -> str:
    return f"{min(max(value, 0.0), 100.0):.1f}"


def counters(values: Mapping[str, int | None]) -> None:
    """A row of counters: label and number; unknown is a dash, never a zero."""
    cells = "".join(
        f'<div class="counter"><b>{number(value)}</b><span>{escape(text)}</span></div>'
        for text, value in values.items()
    )
    st.html(f'<div class="counters">{cells}</div>')


def show(*marks: str) -> None:
    """Draw marks in one row that wraps."""
    st.html(f'<div class="chips">{"".join(marks)}</div>')
