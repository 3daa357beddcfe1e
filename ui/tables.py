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
    common: dict[str, Any] = {"width": column.width, "help": column.help, "pinned": column.pinned}
    match column.kind:
        case "number":
            return st.column_config.NumberColumn(column.title, format=column.format, **common)
        case "date":
            return st.column_config.DateColumn(column.title, format="DD.MM.YYYY", **common)
        case "moment":
            return st.column_config.DatetimeColumn(
                column.title, format="DD.MM.YYYY HH:mm", timezone="Asia/Tbilisi", **common
            )
        case "percent":
            return st.column_config.NumberColumn(column.title, format="percent", **common)
        case "score":
            return st.column_config.ProgressColumn(
                column.title, min_value=0, max_value=100, format="%.0f", **common
            )
        case "yes_no":
            return st.column_config.CheckboxColumn(column.title, **common)
        case "list":
            return st.column_config.ListColumn(column.title, **common)
        case _:
            return st.column_config.TextColumn(column.title, **common)
