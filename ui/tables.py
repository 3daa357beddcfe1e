"""Tables of records: typed columns, selection by id, an empty state that says what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ui import messages
from ui.language import label

Kind = Literal["text", "number", "date", "moment", "percent", "score", "yes_no", "list"]
Width = Literal["small", "medium", "large"]
ROW_HEIGHT, HEADER_HEIGHT, TALLEST = 35, 38, 560
SMALL = 75  # what Streamlit makes of "small"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, and where the value comes from.

    `value` is a field's name or a function of the row; `help` explains the column to the reader.
    """

    title: str
    value: str | Callable[[Any], object]
    kind: Kind = "text"
    width: Width | int | None = None
    help: str | None = None
    format: str | None = None
    """A printf format for numbers, for example "%d ₾"."""
    pinned: bool | None = None


def table(
    rows: Sequence[Any],
    columns: Sequence[Column],
    *,
    key: str,
    selection: Literal["single", "multi"] | None = None,
    row_id: str | Callable[[Any], object] = "id",
    selected: Sequence[Any] = (),
    height: int | None = None,
    empty: str | None = None,
    alt: str | None = None,
) -> list[Any]:
    """Draw the rows and return the ids of the selected ones, in the order of the rows.

    A selection belongs to ids, not to places: after a filter or a change of order the same people
    stay selected. `selected` are the ids selected at first.
    """
    if not rows:
        messages.empty(empty or "–")
        return []
    frame = pd.DataFrame(
        {str(place): [_value(row, column) for row in rows] for place, column in enumerate(columns)}
    )
    options: dict[str, Any] = {
        "hide_index": True,
        "placeholder": "–",
        "height": height or min(HEADER_HEIGHT + ROW_HEIGHT * len(rows), TALLEST),
        "column_config": {str(place): _config(column) for place, column in enumerate(columns)},
        "alt": alt,
    }
    if selection is None:
        st.dataframe(frame, key=key, **options)
        return []
    return _selectable(frame, rows, key, selection, row_id, selected, options)


def _selectable(
    frame: pd.DataFrame,
    rows: Sequence[Any],
    key: str,
    selection: str,
    row_id: str | Callable[[Any], object],
    selected: Sequence[Any],
    options: Mapping[str, Any],
) -> list[Any]:
    ids = [_get(row, row_id) for row in rows]
    kept_key = f"{key}.selected"
    kept = st.session_state.setdefault(kept_key, list(selected))
    places = [place for place, one in enumerate(ids) if one in kept]
    # Streamlit remembers places: another list of rows is another widget, given the kept ids.
    answer = st.dataframe(
        frame,
        key=widget_key(key, ids),
        on_select="rerun",
        selection_mode="single-row" if selection == "single" else "multi-row",
        selection_default={"selection": {"rows": places, "columns": [], "cells": []}},
        **options,
    )
    chosen = [ids[place] for place in answer["selection"]["rows"] if place < len(ids)]
    chosen.sort(key=ids.index)
    hidden = [one for one in kept if one not in ids] if selection == "multi" else []
    st.session_state[kept_key] = hidden + chosen
    return chosen


def widget_key(key: str, ids: Sequence[object]) -> str:
    """The widget that shows exactly these rows in this order."""
    digest = hashlib.blake2s("\n".join(map(str, ids)).encode(), digest_size=6).hexdigest()
    return f"{key}.{digest}"


def clear_selection(key: str) -> None:
    """Nothing is selected any more in the table of that key."""
    for name in [str(name) for name in st.session_state if str(name).startswith(f"{key}.")]:
        del st.session_state[name]


def wide_enough(title: str, width: Width | int | None) -> Width | int | None:
    """The width in pixels, or what the heading itself needs: Georgian letters are wider."""
    if not isinstance(width, int):
        return width
    return max(width, 16 + sum(7 if letter.isascii() else 9 for letter in title))


def heading(title: str) -> str:
    """A heading begins with a capital, in a script that has them."""
    return title[:1].upper() + title[1:] if title.isascii() else title


def _get(row: Any, source: str | Callable[[Any], object]) -> Any:
    if callable(source):
        return source(row)
    return row[source] if isinstance(row, Mapping) else getattr(row, source)


def _value(row: Any, column: Column) -> Any:
    value = _get(row, column.value)
    if isinstance(value, StrEnum):
        return label(value)
    if column.kind == "text" and value is not None:
        return str(value)
    if column.kind == "number" and value is not None:
        return float(value) if not isinstance(value, int) else value
    return value


def _config(column: Column) -> Any:
    title = heading(column.title)
    width = wide_enough(title, SMALL if column.width == "small" else column.width)
    common: dict[str, Any] = {"width": width, "help": column.help, "pinned": column.pinned}
    match column.kind:
        case "number":
            return st.column_config.NumberColumn(title, format=column.format, **common)
        case "date":
            return st.column_config.DateColumn(title, format="DD.MM.YYYY", **common)
        case "moment":
            return st.column_config.DatetimeColumn(
                title, format="DD.MM.YYYY HH:mm", timezone="Asia/Tbilisi", **common
            )
        case "percent":
            return st.column_config.NumberColumn(title, format="percent", **common)
        case "score":
            return st.column_config.ProgressColumn(
                title, min_value=0, max_value=100, format="%.0f", **common
            )
        case "yes_no":
            return st.column_config.CheckboxColumn(title, **common)
        case "list":
            return st.column_config.ListColumn(title, **common)
        case _:
            return st.column_config.TextColumn(title, **common)
