"""How every figure stands on the screen: finding, picture, definition, table and export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from typing import Any, Protocol, TypeVar

import streamlit as st

from domain.records.officer import Officer
from domain.records.statistics import Figure, StatisticsFilter, said
from domain.texts import Sentence
from services import texts
from ui import charts, exports, tables
from ui.language import _, day, language, moment, number, say
from ui.messages import plain

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
    notes: Sequence[str] = ()
    """Sentences below the picture: how sure the figure is, and what follows from it."""
    is_of_today: bool = False
    """Counted as things stand now, whatever the period."""


class Board(Protocol):
    """What the figures of a screen are read from, under one filter."""

    @property
    def wanted(self) -> StatisticsFilter: ...
    @property
    def least(self) -> int: ...
    @property
    def counted_at(self) -> datetime: ...


B = TypeVar("B", bound=Board)


def show(
    make: Callable[[B], Shown],
    board: B,
    officer: Officer,
    control: Callable[[], object] | None = None,
    follow: Callable[[], object] | None = None,
) -> None:
    """Draw one figure in the place where Streamlit stands.

    `control` is a choice of its own; `follow` draws where to go from here.
    """
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
        for note in figure.notes:
            st.markdown(plain(note))
        st.caption(f"{figure.definition} {source(board, is_of_today=figure.is_of_today)}")
        if follow is not None:
            follow()
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
    _make: Callable[[B], Shown],
    _board: B,
) -> Shown:
    """A figure is the same for every reader of the same language and theme: counts, no persons.

    Altair checks each part of a chart against its schema, which takes longer than counting.
    """
    figure = _make(_board)
    drawing = figure.drawing
    return replace(figure, drawing=drawing.to_dict() if drawing is not None else None)


def source(board: Board, *, is_of_today: bool = False) -> str:
    """Where the counts come from, of which days, and when they were made."""
    if is_of_today:
        counted = moment(board.counted_at)
        return _("Source: this system, as of {moment}.").format(moment=counted)
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
