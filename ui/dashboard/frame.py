"""How every figure stands on the screen: finding, picture, definition, table and export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from typing import Any

import streamlit as st

from domain.records.officer import Officer
from domain.records.statistics import Dashboard, Figure, StatisticsFilter, said
from domain.texts import Sentence
from services import texts
from ui import charts, exports, tables
from ui.language import _, day, language, moment, number, say

LEVEL, SPAN = "dashboard.occupations.level", "dashboard.decisions.span"
CHOICES = (LEVEL, SPAN)
"""Keys of the figures' own choices."""


@dataclass(frozen=True)
class Shown:
    """A figure ready to be shown; `drawing` None where there is nothing to draw."""

    key: str
    topic: str
    finding: Sentence
    drawing: Any
    definition: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    legend: Mapping[str, tuple[str, float, bool]] = field(default_factory=dict)


def show(
    make: Callable[[Dashboard], Shown],
    board: Dashboard,
    officer: Officer,
    control: Callable[[], object] | None = None,
) -> None:
    """Draw one figure in the place where Streamlit stands; `control` is a choice of its own."""
    figure = _made(
        f"{make.__module__}.{make.__name__}",
        board.counted_at,
        board.wanted,
        language(),
        charts.is_dark(),
        tuple(st.session_state.get(key) for key in CHOICES),
        _make=make,
        _board=board,
    )
    finding = say(figure.finding)
    with st.container(border=True, height="stretch", gap="small"):
        st.caption(figure.topic)
        st.html(f'<h3 class="finding">{escape(finding)}</h3>')
        if control is not None:
            control()
        if figure.drawing is not None:
            if figure.legend:
                charts.legend(figure.legend)
            charts.chart(figure.drawing, key=f"{figure.key}.chart", width="stretch", alt=finding)
        st.caption(f"{figure.definition} {source(board)}")
        with st.expander(_("Table")):
            table(figure, officer)


@st.cache_resource(max_entries=512, show_spinner=False)
def _made(
    name: str,
    counted_at: datetime,
    wanted: StatisticsFilter,
    language_code: str,
    is_dark: bool,
    choices: tuple[object, ...],
    *,
    _make: Callable[[Dashboard], Shown],
    _board: Dashboard,
) -> Shown:
    """A figure is the same for every reader of the same language and theme: counts, no persons.

    Altair checks each part of a chart against its schema, which takes longer than counting.
    """
    figure = _make(_board)
    drawing = figure.drawing
    return replace(figure, drawing=drawing.to_dict() if drawing is not None else None)


def source(board: Dashboard) -> str:
    """Where the counts come from, of which days, and when they were made."""
    return _("Source: this system, {since} – {until}, counted {moment}.").format(
        since=day(board.wanted.since),
        until=day(board.wanted.until),
        moment=moment(board.counted_at),
    )


def table(figure: Shown, officer: Officer) -> None:
    """The rows behind the picture, and the same rows as a file."""
    columns = [
        tables.Column(
            heading,
            lambda row, place=place: row[place],  # type: ignore[misc]
            kind="number" if is_numeric(figure.rows, place) else "text",
        )
        for place, heading in enumerate(figure.headings)
    ]
    tables.table(figure.rows, columns, key=f"{figure.key}.table", empty=_("No data"))
    if figure.rows:
        exports.download(
            figure.key.replace(".", "-"),
            figure.headings,
            lambda: figure.rows,
            key=f"{figure.key}.export",
            by=officer,
        )


def is_numeric(rows: Sequence[Sequence[object]], place: int) -> bool:
    """Whether a column holds numbers only, so that it sorts as such."""
    return all(isinstance(row[place], int | float) for row in rows)


def cell(value: Figure | float | None, least: int) -> object:
    """A figure in a table: the number, or the words that stand for it."""
    if value is None:
        return _("no data")
    return value if isinstance(value, int | float) else words(value, least)


def words(value: Figure | None, least: int) -> str:
    """A figure in words, for the ends of bars and for tiles."""
    if value is None:
        return _("no data")
    found = said(value, least)
    return texts.show(found, language()) if isinstance(found, Sentence) else number(value)  # type: ignore[arg-type]


def length(value: Figure | None, least: int) -> float:
    """How long a bar is drawn: one that is kept back has the length of the threshold, hollow."""
    return value if isinstance(value, int) else least if value is not None else 0
