"""From bytes to a table. The kind of file is told by its content, never by its name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from domain.exceptions import UnusableFile
from domain.texts import N_, Sentence, from_json, to_json
from services.importing.csv_text import lines_of
from services.importing.encodings import decode, with_georgian_confirmed
from services.importing.limits import limits
from services.importing.refusals import DAMAGED, NOT_XLSX, PASSWORD
from services.importing.table import Line, Row, Table, table
from services.importing.workbook import read_workbook
from services.incoming_files.apart import read_apart
from services.incoming_files.limits import FileKind

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KNOWN = (
    (b"%PDF", N_("This is a PDF document")),
    (b"\x89PNG", N_("This is a picture")),
    (b"\xff\xd8\xff", N_("This is a picture")),
    (b"GIF8", N_("This is a picture")),
    (b"\x1f\x8b", N_("This is a packed file")),
    (b"7z\xbc\xaf", N_("This is a packed file")),
    (b"Rar!", N_("This is a packed file")),
    (b"{\\rtf", N_("This is a text document")),
    (b"SQLite format 3", N_("This is a database")),
)
_MARKUP = re.compile(rb"\s*(<!doctype|<html|<\?xml|<table|<body|<svg)", re.IGNORECASE)
_CHUNK_ROWS = 2_000
_SAVE_AS = N_("{what}, not a table. Save the table as .xlsx or as CSV UTF-8.")


def read_table(content: bytes, encoding: str | None = None) -> Table:
    """The whole file as a table, read in a process of its own.

    UnusableFile says what to do with a file that can't be read; EncodingToConfirm asks how its
    letters are to be read, and the answer comes back as `encoding`.
    """
    if len(content) > limits().file_bytes:
        text = N_("The file has {size} MB; {limit} MB can be imported. Split it.")
        size = round(len(content) / 1e6, 1)
        raise UnusableFile(text, size=size, limit=limits().file_bytes // 1_000_000)
    pieces = read_apart(FileKind.TABLE, [content], {"encoding": encoding})
    head = next(pieces)
    rows = tuple(
        Row(number, tuple(cells), from_json(problem) if problem else None)
        for chunk in pieces
        for number, cells, problem in chunk
    )
    notices = tuple(from_json(notice) for notice in head["notices"])
    return Table(tuple(head["headers"]), rows, notices, head["encoding"])


def answer(files: Sequence[BinaryIO], arguments: dict[str, Any]) -> Iterator[Any]:
    """What the reading process says: all but the rows, then the rows in chunks."""
    read = read_here(files[0].read(), arguments["encoding"])
    yield {
        "headers": read.headers,
        "notices": [to_json(notice) for notice in read.notices],
        "encoding": read.encoding,
    }
    for start in range(0, len(read.rows), _CHUNK_ROWS):
        yield [
            (row.number, row.cells, to_json(row.problem) if row.problem else None)
            for row in read.rows[start : start + _CHUNK_ROWS]
        ]


def read_here(content: bytes, encoding: str | None = None) -> Table:
    """The same in this process: only for content that did not come from outside."""
    _check_kind(content)
    if content.startswith(b"PK"):
        numbered, notices = read_workbook(content)
        lines = (Line(number, cells) for number, cells in numbered)
        read = table(lines, encoding="utf-8", notices=notices)
    else:
        decoded, name = decode(content, encoding)
        read = table(lines_of(decoded), encoding=name)
    return with_georgian_confirmed(read, encoding)


def _check_kind(content: bytes) -> None:
    if content.startswith(_COMPOUND):
        if _ENCRYPTED in content:
            raise UnusableFile(PASSWORD)
        raise UnusableFile(
            N_("This is a workbook in the old .xls format, or a document. Save the table as .xlsx.")
        )
    if content.startswith(b"PK"):
        _check_archive(content)
    for start, what in _KNOWN:
        if content.startswith(start):
            raise UnusableFile(_SAVE_AS, what=Sentence(what))
    if _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:200]):
        raise UnusableFile(_SAVE_AS, what=Sentence(N_("This is a web page")))
    if content.lstrip()[:1] in (b"{", b"[") and content.rstrip()[-1:] in (b"}", b"]"):
        raise UnusableFile(_SAVE_AS, what=Sentence(N_("This is a JSON file")))


def _check_archive(content: bytes) -> None:
    """Names only: what kind of archive it is, to say which step is missing."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = {name.lower() for name in packed.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnusableFile(DAMAGED) from error
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise UnusableFile(N_("This is a workbook in the .xlsb format. Save the table as .xlsx."))
    if "content.xml" in names:
        raise UnusableFile(N_("This is an OpenDocument file. Save the table as .xlsx."))
    if "word/document.xml" in names:
        raise UnusableFile(_SAVE_AS, what=Sentence(N_("This is a Word document")))
    raise UnusableFile(NOT_XLSX)
