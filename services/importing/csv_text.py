"""CSV text into lines: separators , ; and tab, newlines inside quotes, nothing guessed silently."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from domain.exceptions import UnusableFile
from domain.texts import N_
from services.importing.limits import limits
from services.importing.refusals import TOO_MANY_COLUMNS, ZERO_BYTES
from services.importing.table import Line

SEPARATORS = (",", ";", "\t")
_SAMPLE_LINES = 50
_DECLARED = re.compile(r"sep=([,;\t])\r?\n?")


def lines_of(text: str) -> list[Line]:
    """Every record with the number a spreadsheet gives it; UnusableFile says what breaks."""
    if "\0" in text:
        raise UnusableFile(ZERO_BYTES)
    declared = _DECLARED.match(text)
    separator = declared.group(1) if declared else separator_of(text)
    found: list[Line] = []
    reader = csv.reader(
        io.StringIO(text[declared.end() :] if declared else text, newline=""),
        delimiter=separator,
        strict=True,
    )
    number = 1 if declared else 0
    begins = 0
    try:
        for cells in reader:
            number += 1
            begins = reader.line_num
            if len(cells) > limits().columns and any(cells[limits().columns :]):
                raise UnusableFile(
                    TOO_MANY_COLUMNS,
                    columns=len(cells),
                    limit=limits().columns,
                )
            found.append(Line(number, tuple(cells)))
    except csv.Error as error:
        raise UnusableFile(
            N_(
                "From row {row} (line {line} of the text) the quotation marks do not pair up. "
                "Write a quotation mark inside a cell twice, or save the file again as CSV."
            ),
            row=number + 1,
            line=begins + 1,
        ) from error
    return found


def separator_of(text: str) -> str:
    """The separator that makes the most columns, the same number in most rows."""
    return max(SEPARATORS, key=lambda separator: _columns_made(text, separator))


def _columns_made(text: str, separator: str) -> float:
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cells):
                widths.append(len(cells))
            if len(widths) == _SAMPLE_LINES:
                break
    except csv.Error:
        return 0.0
    width, times = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return width * times / len(widths) if width > 1 else 0.0
