"""Empty files to fill: our columns with one example row."""

from __future__ import annotations

from domain.enums import ImportKind
from services.exports import ExportFormat, to_csv, to_xlsx
from services.importing.columns import COLUMNS


def template(kind: ImportKind, form: ExportFormat) -> bytes:
    """A file with our columns and one example row."""
    headings = [column.name for column in COLUMNS[kind]]
    rows = [[column.example for column in COLUMNS[kind]]]
    return to_csv(headings, rows) if form is ExportFormat.CSV else to_xlsx(headings, rows)
