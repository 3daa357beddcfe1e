"""Reads an XLSX workbook; runs in the reading process (`services.incoming_files.child`).

A workbook of a few kilobytes can make a parser ask for more memory than there is, and the parser
then aborts the process without an exception.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.exceptions import UnusableFile
from domain.texts import N_, Sentence
from services.importing.archive import checked
from services.importing.limits import limits
from services.importing.refusals import DAMAGED, FORMULAS

NumberedRow = tuple[int, tuple[str, ...]]


def read_workbook(content: bytes) -> tuple[Iterator[NumberedRow], list[Sentence]]:
    """Numbered rows of the first sheet that holds anything, and notices; or UnusableFile."""
    sound, formulas = checked(content, limits())
    sheet, notices = _first_sheet(sound)
    if formulas:
        notices.append(Sentence(FORMULAS, {"count": formulas}))
    return _numbered(sheet), notices


def _numbered(sheet: list[list[Any]]) -> Iterator[NumberedRow]:
    for number, cells in enumerate(sheet, start=1):
        texts = tuple(plain(value) for value in cells)
        if any(texts):
            yield number, texts


def _first_sheet(content: bytes) -> tuple[list[list[Any]], list[Sentence]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        ]
        filled = {}
        for name in names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(value != "" for cells in rows for value in cells):
                filled[name] = rows
    except MemoryError:
        raise
    except BaseException as error:  # the parser's panics are no Exceptions
        raise UnusableFile(DAMAGED) from error
    if not filled:
        return [], []
    first, *others = filled
    notices = []
    if others:
        text = N_("Only the sheet “{name}” was read; other sheets hold data too: {others}.")
        notices.append(Sentence(text, {"name": first, "others": others}))
    return filled[first], notices


def plain(value: object) -> str:
    """A cell's value as a person would have typed it into a CSV file."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case time() | timedelta():
            return str(value)
        case None:
            return ""
        case _:
            return str(value)
