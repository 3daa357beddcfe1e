"""A table of texts, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.records.officer import Officer
from ui import exports, tables
from ui.language import _

Row = tuple[str, ...]


def listing(
    headings: Sequence[str],
    rows: Sequence[Row],
    *,
    name: str,
    widths: Sequence[int] = (),
    officer: Officer,
    **options: Any,
) -> list[Row]:
    """Draw the rows with their export under `name`; the selected ones, where `options` ask."""
    columns = [
        tables.Column(
            heading,
            lambda row, place=place: row[place],  # type: ignore[misc]
            width=widths[place] if widths else None,
        )
        for place, heading in enumerate(headings)
    ]
    key = f"fairness.{name}"
    chosen = tables.table(
        rows, columns, key=key, row_id=lambda row: row, empty=_("No data"), **options
    )
    if rows:
        exports.download(name, headings, lambda: rows, key=f"{key}.export", by=officer)
    return chosen
