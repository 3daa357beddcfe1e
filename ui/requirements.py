"""The requirement table: asked · has · verdict · how known · points; one person, or side by side.

Drawn as an HTML table, everything escaped, because its sentences have to wrap.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Protocol

import streamlit as st

from domain.enums import CriterionStatus
from domain.texts import Sentence
from domain.values import PER_POINT
from services.texts import exact_points
from ui import marks
from ui.language import _, label, language, number, say

RIGHT = ' class="number"'
EXCLUDES = ' class="excludes"'


class Row(Protocol):
    """What a line needs; `RequirementRow` of the engine and `SeenRow` of the commission have it."""

    @property
    def criterion(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def asked(self) -> Sentence: ...
    @property
    def has(self) -> Sentence: ...
    @property
    def status(self) -> CriterionStatus: ...
    @property
    def known(self) -> str: ...
    @property
    def points(self) -> int: ...
    @property
    def points_max(self) -> int: ...


def known_text(known: str) -> str:
    """How a fact is known, in a word."""
    words = {
        "stated": _("stated"),
        "tested": _("tested"),
        "certificate": _("certificate"),
        "likely": _("likely"),
        "computed": _("computed"),
        "unknown": _("unknown"),
    }
    return words.get(known, known)


def points_text(row: Row) -> str:
    """ "12.5 / 20": points of a hundred; a must that earns none says so."""
    if not row.points_max:
        return _("must") if row.kind == "gate" else "–"
    got, most = (number(round(value / PER_POINT, 1)) for value in (row.points, row.points_max))
    return f"{got} / {most}"


def excludes(row: Row) -> bool:
    """Whether this row keeps the person out of the ranking."""
    return row.kind == "gate" and row.status in (CriterionStatus.SHORT, CriterionStatus.NOT_MET)


def table_html(rows: Sequence[Row]) -> str:
    """One candidate against what the vacancy asks for, as HTML; the points add up below.

    Points are shown exactly, what comes after the tenth in small: so they can be added up by hand.
    """
    heads = (_("Asked"), _("Has, and how it is known"), _("Verdict"), _("Points"))
    body = "".join(
        f"<tr{EXCLUDES if excludes(row) else ''}>"
        f'<th scope="row">{escape(say(row.asked))}</th>'
        f"<td>{escape(say(row.has))}<br><small>{escape(known_text(row.known))}</small></td>"
        f"<td>{marks.chip(row.status)}{_excluding(row)}</td>"
        f"<td{RIGHT}>{_points_of(row)}</td></tr>"
        for row in rows
    )
    return table_of(heads, body, numbers=(3,), kind="stacked", foot=_sum_line(rows))


def _excluding(row: Row) -> str:
    word = _("excludes")
    return f'<br><small class="excluding">{escape(word)}</small>' if excludes(row) else ""


def _points_of(row: Row) -> str:
    """Points got, and beneath them those possible; of what is unknown, from where to where."""
    if not row.points_max:
        return escape(points_text(row))
    most = _("of {points}").format(points=_exact_text(row.points_max))
    beneath = f"<br><small>{escape(most)}</small>"
    low, high = _reach(row)
    if low != high:
        reach = _("{low} to {high}").format(low=_exact_text(low), high=_exact_text(high))
        beneath = f"<br><small>{escape(reach)}</small>"
    return exact(row.points) + beneath


def _reach(row: Row) -> tuple[int, int]:
    """From where to where the points go; what a commission was sent is frozen without it."""
    return getattr(row, "low", row.points), getattr(row, "high", row.points)


def _sum_line(rows: Sequence[Row]) -> str:
    got, most = sum(row.points for row in rows), sum(row.points_max for row in rows)
    low, high = (sum(ends) for ends in zip(*map(_reach, rows), strict=True)) if rows else (0, 0)
    title = escape(_("Score: the sum of the points"))
    beneath = ""
    if low != high:
        reach = _("{low} to {high}, as the unknown turns out").format(
            low=_exact_text(low), high=_exact_text(high)
        )
        beneath = f"<br><small>{escape(reach)}</small>"
    whole = escape(_("of {points}").format(points=_exact_text(most)))
    return (
        f'<td colspan="3">{title}{beneath}</td>'
        f"<td{RIGHT}>{exact(got)}<br><small>{whole}</small></td>"
    )


def exact(points: int) -> str:
    """Points per million as points of a hundred, nothing rounded; after the tenth in small."""
    text = _exact_text(points)
    sign = number(0.5)[1]
    whole, _sign, decimals = text.partition(sign)
    if len(decimals) < 2:
        return escape(text)
    return f'{escape(whole + sign + decimals[0])}<span class="fine">{escape(decimals[1:])}</span>'


def _exact_text(points: int) -> str:
    return exact_points(points, language())


def show_table(rows: Sequence[Row]) -> None:
    """One candidate against what the vacancy asks for."""
    st.html(table_html(rows))


def side_by_side_html(
    candidates: Mapping[str, Sequence[Row]],
    above: Mapping[str, Sequence[str]] | None = None,
    *,
    kind: str = "compare",
) -> str:
    """Several candidates of one vacancy, a column each: verdict and what the person has.

    `above` are rows drawn first: a title and one cell of ready HTML for each candidate.
    """
    keys: dict[tuple[str, str], Row] = {}
    for rows in candidates.values():
        for row in rows:
            keys.setdefault((row.criterion, say(row.asked)), row)
    found = [{(row.criterion, say(row.asked)): row for row in rows} for rows in candidates.values()]
    first = "".join(
        f'<tr><th scope="row">{escape(title)}</th>'
        + "".join(
            f"<td{_of(name)}>{cell}</td>" for name, cell in zip(candidates, cells, strict=True)
        )
        + "</tr>"
        for title, cells in (above or {}).items()
    )
    body = "".join(
        f'<tr><th scope="row">{escape(asked)}</th>'
        + "".join(
            _cell(name, rows.get((criterion, asked)))
            for name, rows in zip(candidates, found, strict=True)
        )
        + "</tr>"
        for criterion, asked in keys
    )
    return table_of((_("Asked"), *candidates), first + body, kind=kind)


def show_side_by_side(candidates: Mapping[str, Sequence[Row]]) -> None:
    """Several candidates of one vacancy, a column each."""
    st.html(side_by_side_html(candidates))


def _of(name: str) -> str:
    """Whose cell it is: a phone writes it before the cell instead of a column's heading."""
    return f' data-of="{escape(name.partition(" · ")[0], quote=True)}"'


def _cell(name: str, row: Row | None) -> str:
    if row is None:
        return f"<td{_of(name)}>–</td>"
    shown = f"{marks.chip(row.status)}<br>{escape(say(row.has))}"
    points = f"<br><small>{escape(points_text(row))}</small>" if row.points_max else ""
    return f"<td{_of(name)}>{shown}{points}</td>"


def signs(rows: Sequence[Row]) -> str:
    """One sign for each requirement, with its words for those who hear the page."""
    return (
        '<span class="signs">'
        + "".join(
            f'<span class="{row.status.value}" title="{escape(say(row.asked), quote=True)}: '
            f'{escape(label(row.status), quote=True)}">{marks.sign(row.status)}</span>'
            for row in rows
        )
        + "</span>"
    )


def draw(heads: Sequence[str], body: str, *, numbers: Collection[int] = (), kind: str = "") -> None:
    """A table with these headings, those at `numbers` to the right; `body` is escaped HTML."""
    st.html(table_of(heads, body, numbers=numbers, kind=kind))


def table_of(
    heads: Sequence[str],
    body: str,
    *,
    numbers: Collection[int] = (),
    kind: str = "",
    foot: str = "",
) -> str:
    """The HTML of such a table; `foot` is a last row of escaped cells."""
    head = "".join(
        f'<th scope="col"{RIGHT if place in numbers else ""}>{escape(text)}</th>'
        for place, text in enumerate(heads)
    )
    last = f"<tfoot><tr>{foot}</tr></tfoot>" if foot else ""
    return (
        f'<div class="requirements {kind}" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody>{last}</table></div>"
    )
