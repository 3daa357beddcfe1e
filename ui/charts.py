"""One Altair theme for light and dark, and the chart shapes that screens share."""

from __future__ import annotations

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
LIGHT = {"text": "#1A2230", "quiet": "#5A6577", "grid": "#E3E8EF", "accent": "#0B5FA5"}
DARK = {"text": "#E7ECF3", "quiet": "#9AA7B8", "grid": "#2A323E", "accent": "#6DB3F2"}
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


def chart(drawing: Any, *, key: str, **options: Any) -> Any:
    """Show an Altair chart in the house theme."""
    return st.altair_chart(drawing, theme=None, key=key, **options)
