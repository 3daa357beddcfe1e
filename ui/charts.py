"""One Altair theme for light and dark, and the chart shapes that screens share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import streamlit as st

CATEGORIES = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
    "#F0E442",
    "#999999",
)
LIGHT = {
    "text": "#1A2230",
    "quiet": "#5A6577",
    "grid": "#E3E8EF",
    "accent": "#0B5FA5",
    "met": "#1B7F5C",
    "partly": "#B27B00",
    "short": "#C4541A",
    "not_met": "#B3261E",
}
DARK = {
    "text": "#E7ECF3",
    "quiet": "#9AA7B8",
    "grid": "#2A323E",
    "accent": "#6DB3F2",
    "met": "#4CC29A",
    "partly": "#E3B341",
    "short": "#F08A5D",
    "not_met": "#F2777A",
}
FONT = "Source Sans, Noto Sans Georgian, sans-serif"


def is_dark() -> bool:
    """Whether the reader's theme is the dark one."""
    return st.context.theme.type == "dark"


def colours() -> dict[str, str]:
    """Text, quiet, grid and accent of the reader's theme."""
    return DARK if is_dark() else LIGHT


@alt.theme.register("house", enable=True)
def house() -> alt.theme.ThemeConfig:
    """No border, light horizontal grid only, labels horizontal, titles at the left."""
    shade = colours()
    config: dict[str, Any] = {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "range": {"category": list(CATEGORIES)},
        "mark": {"color": shade["accent"]},
        "title": {
            "anchor": "start",
            "color": shade["text"],
            "fontSize": 16,
            "fontWeight": 600,
            "subtitleColor": shade["quiet"],
            "subtitleFontSize": 13,
            "offset": 12,
        },
        "axis": {
            "labelColor": shade["quiet"],
            "titleColor": shade["quiet"],
            "labelFontSize": 13,
            "titleFontSize": 13,
            "titleFontWeight": "normal",
            "labelAngle": 0,
            "labelLimit": 260,
            "domain": False,
            "ticks": False,
            "gridColor": shade["grid"],
        },
        "axisX": {"grid": False},
        "axisQuantitative": {"tickCount": 5},
        "legend": {
            "labelColor": shade["text"],
            "titleColor": shade["quiet"],
            "labelFontSize": 13,
            "titleFontSize": 13,
            "orient": "top",
        },
        "text": {"color": shade["text"], "fontSize": 13},
        "bar": {"cornerRadiusEnd": 2},
    }
    return {"config": config}  # type: ignore[typeddict-item]


def chart(spec: dict[str, Any], *, key: str, **options: Any) -> Any:
    """Show what a chart's `to_dict` gave, in the house theme that it carries."""
    return st.vega_lite_chart(spec, theme=None, key=key, **options)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar. A hollow one stands for what is unknown or kept back, never for zero."""

    name: str
    value: float
    colour: str
    is_hollow: bool = False
    faint: float = 1.0


@dataclass(frozen=True, slots=True)
class BarRow:
    """A label above, the parts of the bar from the left, and the value at its end."""

    label: str
    parts: tuple[Part, ...]
    end: str


ROW = 46
BAR = 14


def labelled_bars(rows: Sequence[BarRow], *, room: float = 1.3) -> Any:
    """Horizontal bars with their labels above them, so that long names fit on a phone.

    `room` is the width of the scale against the longest bar: the space for the values at the ends.
    """
    stretches: list[dict[str, Any]] = []
    ends: list[dict[str, Any]] = []
    longest = max((sum(part.value for part in row.parts) for row in rows), default=0) or 1
    for place, row in enumerate(rows):
        at = 0.0
        for part in row.parts:
            if part.value:
                stretches.append(
                    {
                        "row": place,
                        "from": at,
                        "to": at + part.value,
                        "colour": part.colour,
                        "hollow": part.is_hollow,
                        "faint": part.faint,
                        "what": row.label,
                        "part": part.name,
                        "text": row.end,
                    }
                )
            at += part.value
        ends.append({"row": place, "at": at, "label": row.label, "text": row.end})
    scale = alt.Scale(domain=[0, longest * room], nice=False, zero=True)
    x = {
        "from": alt.X("from:Q", scale=scale, axis=None),
        "at": alt.X("at:Q", scale=scale, axis=None),
    }
    y = alt.Y("row:O", axis=None, sort="ascending", scale=alt.Scale(domain=list(range(len(rows)))))
    # A tooltip's title can't be empty; spaces of different length are nothing to read.
    tips = [
        alt.Tooltip(f"{name}:N", title=" " * n)
        for n, name in enumerate(("what", "part", "text"), 1)
    ]
    bars = alt.Chart(alt.Data(values=stretches)).encode(y=y, x=x["from"], x2="to:Q", tooltip=tips)
    named = alt.Chart(alt.Data(values=ends)).encode(y=y)
    solid = (
        bars.transform_filter("!datum.hollow")
        .mark_bar(size=BAR, yOffset=10, cornerRadius=2)
        .encode(
            color=alt.Color("colour:N", scale=None, legend=None),
            opacity=alt.Opacity("faint:Q", scale=None, legend=None),
        )
    )
    hollow = (
        bars.transform_filter("datum.hollow")
        .mark_bar(size=BAR, yOffset=10, filled=False, strokeDash=[3, 3], strokeWidth=1.5)
        .encode(stroke=alt.Stroke("colour:N", scale=None, legend=None))
    )
    # Without a limit a long label squeezes the bars of a narrow screen; the table has it whole.
    labels = named.mark_text(
        align="left", baseline="middle", dy=-10, limit=alt.ExprRef("width")
    ).encode(x=alt.value(0), text="label:N")
    values = named.mark_text(
        align="left", baseline="middle", dx=6, dy=10, color=colours()["quiet"]
    ).encode(x=x["at"], text="text:N")
    return alt.layer(solid, hollow, labels, values).properties(height=ROW * max(len(rows), 1) + 8)


@dataclass(frozen=True, slots=True)
class Tile:
    """One region: where it stands, what it is called, what to write, how strong its colour is."""

    column: int
    row: int
    label: str
    text: str
    strength: float | None
    """From 0 to 1; None is hollow: unknown or kept back."""


def tile_map(tiles: Sequence[Tile]) -> Any:
    """Regions as equal tiles, roughly where they lie; the names are broken into short lines."""
    width, height = 4, max(tile.row for tile in tiles) + 1
    values = [
        {
            "x": tile.column + 0.02,
            "x2": tile.column + 0.98,
            "y": tile.row + 0.02,
            "y2": tile.row + 0.98,
            "middle": tile.column + 0.5,
            "name": "\n".join(short_lines(tile.label)),
            "full": tile.label,
            "text": tile.text,
            "strength": 0.08 + 0.37 * (tile.strength or 0),
            "hollow": tile.strength is None,
        }
        for tile in tiles
    ]
    shade = colours()
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], reverse=True, nice=False)),
        tooltip=[alt.Tooltip("full:N", title=" "), alt.Tooltip("text:N", title="  ")],
    )
    across = alt.Scale(domain=[0, width], nice=False)
    rects = base.encode(x=alt.X("x:Q", axis=None, scale=across), x2="x2:Q", y2="y2:Q")
    solid = (
        rects.transform_filter("!datum.hollow")
        .mark_rect(color=shade["accent"], cornerRadius=4)
        .encode(opacity=alt.Opacity("strength:Q", scale=None, legend=None))
    )
    hollow = rects.transform_filter("datum.hollow").mark_rect(
        filled=False, stroke=shade["quiet"], strokeDash=[3, 3], cornerRadius=4
    )
    words = base.encode(x=alt.X("middle:Q", axis=None, scale=across))
    names = words.mark_text(
        baseline="top", dy=8, fontSize=11, lineBreak="\n", color=shade["text"], lineHeight=13
    ).encode(text="name:N")
    counts = words.mark_text(
        baseline="bottom", dy=80, fontSize=14, fontWeight=600, color=shade["text"]
    ).encode(text="text:N")
    return alt.layer(solid, hollow, names, counts).properties(height=96 * height)


def short_lines(text: str, most: int = 11) -> list[str]:
    """A name in lines of about `most` letters, broken after spaces and hyphens."""
    lines = [""]
    for word in re.findall(r"[^\s-]+-?", text):
        glue = "" if not lines[-1] or lines[-1].endswith("-") else " "
        if lines[-1] and len(lines[-1] + glue + word) > most:
            lines.append(word)
        else:
            lines[-1] += glue + word
    return lines


def legend(marks: Mapping[str, tuple[str, float, bool]]) -> None:
    """Name → colour, faintness, hollow: in a line of text that wraps, unlike a chart's own."""
    signs = "".join(
        f'<span class="key"><i style="{_swatch(*mark)}"></i>{escape(name)}</span>'
        for name, mark in marks.items()
    )
    st.html(f'<div class="legend">{signs}</div>')


def _swatch(colour: str, faint: float, is_hollow: bool) -> str:
    if is_hollow:
        return f"border:1.5px dashed {colour}"
    return f"background:{colour};opacity:{faint}"


def paired_bars(rows: Sequence[tuple[str, float | None, float | None, str]]) -> Any:
    """Label, now, before (each from 0 to 1, None = kept back) and text: two thin bars a line."""
    shade = colours()
    values = [
        {"row": place, "label": label, "now": now, "before": before, "text": text}
        for place, (label, now, before, text) in enumerate(rows)
    ]
    across = alt.Scale(domain=[0, 1.7], nice=False)
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(len(rows))))),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("text:N", title="  ")],
    )
    layers = [
        base.transform_filter(f"isValid(datum.{name})")
        .mark_bar(size=7, yOffset=offset, color=colour, opacity=opacity)
        .encode(x=alt.X(f"{name}:Q", axis=None, scale=across))
        for name, offset, colour, opacity in (
            ("now", 6, shade["accent"], 1.0),
            ("before", 14, shade["quiet"], 0.5),
        )
    ]
    labels = base.mark_text(
        align="left", baseline="middle", dy=-9, limit=alt.ExprRef("width")
    ).encode(x=alt.value(0), text="label:N")
    ends = base.mark_text(align="left", baseline="middle", dy=10, color=shade["quiet"]).encode(
        x=alt.X("end:Q", axis=None, scale=across), text="text:N"
    )
    ends = ends.transform_calculate(end="max(datum.now, datum.before, 0) + 0.03")
    return alt.layer(*layers, labels, ends).properties(height=ROW * len(rows))
