"""What any file is read into: named columns and rows of cleaned text, each row with its number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.exceptions import UnusableFile
from domain.texts import N_, Sentence
from services.formulas import FORMULA_STARTS
from services.importing.limits import limits
from services.importing.refusals import NO_NAMES, TOO_MANY_COLUMNS

REASON = "reason"
"""The column that a file of rejected rows has in front of everything else."""

_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_CAPITALS = {
    code: code - 0x1C90 + 0x10D0 for code in (*range(0x1C90, 0x1CBB), 0x1CBD, 0x1CBE, 0x1CBF)
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the file has it; `number` is what a spreadsheet program shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A data row; `problem` when it can't be read as a row of this table."""

    number: int
    cells: tuple[str, ...]
    problem: Sentence | None = None


@dataclass(frozen=True)
class Table:
    """A whole file."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    notices: tuple[Sentence, ...] = ()
    encoding: str = "utf-8"


def clean(text: str) -> str:
    """Composed Unicode without control and direction characters or outer spaces.

    Georgian capital forms become ordinary letters, and the apostrophe with which our exports keep
    a formula from running is taken off again.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_CAPITALS)
    text = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS) else text


def table(lines: Iterable[Line], *, encoding: str, notices: Sequence[Sentence] = ()) -> Table:
    """Find the header among the first lines, put the rows under it; UnusableFile says why not."""
    waiting = [Line(line.number, tuple(map(clean, line.cells))) for line in lines]
    waiting = [line for line in waiting if any(line.cells)]
    at = _header_at(waiting)
    if at is None:
        raise UnusableFile(
            N_("The file is empty: it needs a row of column names and rows below it.")
        )
    header, body = waiting[at], waiting[at + 1 :]
    width = _check_header(header, body)
    if len(body) > limits().rows:
        raise UnusableFile(
            N_("The file has {rows} rows; {limit} can be imported at once. Split it."),
            rows=len(body),
            limit=limits().rows,
        )
    if not body:
        raise UnusableFile(N_("Below the column names the file has no rows."))
    if at:
        notices = (
            *notices,
            Sentence(N_("Rows above the column names were not read: {count}."), {"count": at}),
        )
    return Table(
        header.cells[:width],
        tuple(_row(line, header.cells[:width]) for line in body),
        tuple(notices),
        encoding,
    )


def _header_at(lines: Sequence[Line]) -> int | None:
    # A title stands alone in its row; column names never do.
    for at, line in enumerate(lines[: limits().title_rows + 1]):
        if sum(map(bool, line.cells)) > 1:
            return at
    return 0 if lines else None


def _check_header(header: Line, body: Sequence[Line]) -> int:
    width = max(at + 1 for at, cell in enumerate(header.cells) if cell)
    if width > limits().columns:
        raise UnusableFile(
            TOO_MANY_COLUMNS,
            columns=width,
            limit=limits().columns,
        )
    named: dict[str, int] = {}
    for at, name in enumerate(header.cells[:width]):
        if not name:
            if any(at < len(line.cells) and line.cells[at] for line in body):
                raise UnusableFile(
                    N_("Column {letter} has no name. Give it one in row {row}, or remove it."),
                    letter=letter(at),
                    row=header.number,
                )
            continue
        if len(name) > limits().header_characters:
            raise UnusableFile(NO_NAMES)
        before = named.setdefault(name.casefold(), at)
        if before != at:
            raise UnusableFile(
                N_("Two columns are named “{name}” ({first} and {second}). Rename or remove one."),
                name=name,
                first=letter(before),
                second=letter(at),
            )
    if not any(character.isalpha() for name in named for character in name):
        raise UnusableFile(NO_NAMES)
    return width


def _row(line: Line, headers: Sequence[str]) -> Row:
    width = len(headers)
    cells = line.cells
    problem = None
    if len(cells) < width or any(cells[width:]):
        problem = Sentence(
            N_(
                "The row has {found} cells, the table has {expected} columns: a separator or a "
                "quotation mark is missing or superfluous."
            ),
            {"found": len(cells), "expected": width},
        )
    for at, cell in enumerate(cells[:width]):
        if len(cell) > limits().cell_characters:
            problem = Sentence(
                N_("{column}: {count} characters are too many, {limit} are possible."),
                {"column": headers[at], "count": len(cell), "limit": limits().cell_characters},
            )
    padded = (*cells[:width], *[""] * (width - len(cells)))
    return Row(line.number, padded, problem)


def letter(at: int) -> str:
    """The letter above a column in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
