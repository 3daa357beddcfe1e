"""All courses: the finding, the bars and the table behind them."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.records.gaps import GapBoard, GapRow
from domain.records.officer import Officer
from ui import charts, exports, tables
from ui.charts import BarRow, Part
from ui.dashboard.frame import cell, is_numeric, words
from ui.language import _, label, moment, name, number, say
from ui.messages import plain
from ui.tables import Column

MOST_BARS = 10


def finding(board: GapBoard) -> None:
    """The one sentence to take away, what it is worth, and what lacks today without any course."""
    st.html(f'<h3 class="finding">{escape(say(board.finding))}</h3>')
    if board.rows:
        st.markdown(_worth(board.rows[0]))
    st.caption(
        _(
            "Open vacancies: {vacancies}, positions: {positions}; of these, in vacancies with too "
            "few eligible people today: {lacking}. People tried: {people}."
        ).format(
            vacancies=number(board.vacancies),
            positions=number(board.positions),
            lacking=number(board.lacking),
            people=number(board.people),
        )
    )


def _worth(row: GapRow) -> str:
    """Whether the course would fill something, or only change who is sent."""
    if row.count.lacking:
        text = _("{lacking} of these positions lack eligible people today: the course would help.")
        return text.format(lacking=number(row.count.lacking))
    return _(
        "All these positions have enough eligible people today: the course would change who is "
        "sent, not how many are."
    )


def bars(board: GapBoard) -> None:
    """The most useful courses: positions that lack people, and those that have enough."""
    shade = charts.colours()
    marks = {
        _("positions that lack eligible people today"): (shade["accent"], 1.0, False),
        _("positions with enough of them"): (shade["accent"], 0.35, False),
    }
    lacking, enough = marks
    rows = [
        BarRow(
            say(row.change),
            (
                Part(lacking, row.count.lacking, shade["accent"]),
                Part(enough, row.count.positions - row.count.lacking, shade["accent"], False, 0.35),
            ),
            _("{positions} · people: {people}").format(
                positions=number(row.count.positions),
                people=words(row.count.people, board.least or 0),
            ),
        )
        for row in board.rows[:MOST_BARS]
    ]
    charts.legend(marks)
    charts.chart(
        charts.labelled_bars(rows, room=1.6).to_dict(),
        key="gaps.chart",
        width="stretch",
        alt=say(board.finding),
    )
    rest = len(board.rows) - MOST_BARS
    if rest > 0:
        st.caption(_("Further courses in the table: {count}").format(count=number(rest)))


def definitions(board: GapBoard) -> None:
    """What each figure means, in the words of the rules in force."""
    st.caption(
        _(
            "A position is opened to a person when, after this one course and nothing else, no "
            "mandatory requirement excludes them and they would stand within the places of its "
            "vacancy ({places} candidates for each position), where they do not today. Each "
            "position counts once, however many people; each person once."
        ).format(places=number(board.candidates_per_position))
    )
    st.caption(
        _(
            "Near enough: at most {levels} levels short in a language, or one licence or one "
            "essential skill missing. The lowest level that is enough counts. What nobody has "
            "stated is a question to ask, not a gap. A vacancy lacks people when fewer are "
            "eligible today than it has places."
        ).format(levels=number(board.language_levels))
    )
    untaught = ", ".join(name(one) for one in board.untaught)
    if untaught:
        st.caption(
            _("Left out, since no course before departure gives it: {licences}.").format(
                licences=plain(untaught)
            )
        )
    hidden = ""
    if board.least is not None:
        hidden = " " + _("Counts of people below {least} are hidden.").format(
            least=number(board.least)
        )
    source = _("Source: this system, open vacancies and the register, counted {moment}.")
    st.caption(source.format(moment=moment(board.counted_at)) + hidden)


def table(board: GapBoard, officer: Officer) -> str | None:
    """The rows behind the picture and as a file; returns the course that is selected."""
    headings = [
        _("Course"),
        _("positions"),
        _("of them lacking people"),
        _("people"),
        _("of them excluded today"),
        _("vacancies"),
        _("Kind"),
    ]
    rows = [_cells(row, board.least or 0) for row in board.rows]
    columns = [
        Column(
            heading,
            lambda pair, place=place: pair[1][place],  # type: ignore[misc]
            kind="number" if is_numeric(rows, place) else "text",
        )
        for place, heading in enumerate(headings)
    ]
    chosen = tables.table(
        list(zip([row.id for row in board.rows], rows, strict=True)),
        columns,
        key="gaps.table",
        selection="single",
        row_id=lambda pair: pair[0],
        selected=[board.rows[0].id],
        alt=_("Courses with people and positions"),
    )
    exports.download("gaps", headings, lambda: rows, key="gaps.export", by=officer)
    return str(chosen[0]) if chosen else None


def _cells(row: GapRow, least: int) -> tuple[object, ...]:
    return (
        say(row.change),
        row.count.positions,
        row.count.lacking,
        cell(row.count.people, least),
        cell(row.excluded, least),
        row.count.vacancies,
        label(row.kind),
    )
