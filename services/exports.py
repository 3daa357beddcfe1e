"""Exports of exactly what a screen shows, logged, with spreadsheet formulas kept as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from db.session import unit_of_work
from domain.records.officer import Officer
from services import audit, clock
from services.formulas import FORMULA_STARTS
from services.permissions import Permission, check_can


class ExportFormat(StrEnum):
    """What an export can be."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Export:
    """A finished file."""

    name: str
    mime: str
    content: bytes


def export_rows(
    *,
    name: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    form: ExportFormat,
    by: Officer,
) -> Export:
    """The given table as a file named `name` and today's date; the export is audited.

    Text that a spreadsheet would run stays text: quoted in CSV, typed as text in XLSX.
    """
    check_can(by, Permission.LISTS_EXPORT)
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="exported",
            entity="list",
            entity_id=name,
            details={"rows": len(rows), "headings": list(headings), "format": form.value},
            by=by,
        )
        work.commit()
    return export_file(name, headings, rows, form)


def export_file(
    name: str, headings: Sequence[str], rows: Sequence[Sequence[object]], form: ExportFormat
) -> Export:
    """The file itself; the caller has checked the permission and written the audit event."""
    file_name = f"{name}-{clock.today().isoformat()}.{form.value}"
    if form is ExportFormat.CSV:
        return Export(file_name, "text/csv", to_csv(headings, rows))
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Export(file_name, mime, to_xlsx(headings, rows))


def to_csv(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """UTF-8 with a byte-order mark, which spreadsheet programs need for Georgian."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([inert(heading) for heading in headings])
    writer.writerows([inert(_cell(value)) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook with one sheet; every text cell is typed as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    for row in (headings, *rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=_typed(value))  # type: ignore[arg-type]
            if isinstance(cell.value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def inert(value: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it."""
    return "'" + value if value.startswith(FORMULA_STARTS) and not _is_number(value) else value


def _is_number(value: str) -> bool:
    return value.removeprefix("-").replace(".", "", 1).isdecimal() and value.isascii()


def _cell(value: object) -> str:
    return "" if value is None else str(_typed(value))


def _typed(value: object) -> object:
    match value:
        case None | bool() | int() | float() | Decimal():
            return value
        case datetime():
            return value.astimezone(clock.TBILISI).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case _:
            # Control characters can't stand in a workbook.
            return "".join(c for c in str(value) if c in "\t\n" or ord(c) >= 32)
