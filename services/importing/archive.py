"""Looks through an XLSX file before anything parses it, and keeps only what was looked at.

Runs in the guarded child process (`services.importing.workbook`). What it returns is a new
archive of the scanned parts, so that nothing hidden in the old one reaches the parser.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from domain.exceptions import UnusableFile
from services.importing.limits import Limits
from services.importing.refusals import (
    DAMAGED,
    EMBEDDED,
    FAR_CELL,
    MACROS,
    NOT_XLSX,
    PASSWORD,
    SUSPICIOUS,
    TOO_LARGE,
)

_CHUNK = 1 << 16
_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,7})\$?([0-9]{1,10})")


def checked(content: bytes, limits: Limits) -> tuple[bytes, int]:
    """The workbook's sound parts as a new archive, and how many formulas became text in it.

    UnusableFile says why there is none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _repacked(packed, len(content), limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise UnusableFile(DAMAGED) from error
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or an unknown packing
        raise UnusableFile(PASSWORD) from error


def _repacked(packed: zipfile.ZipFile, size: int, limits: Limits) -> tuple[bytes, int]:
    parts = packed.infolist()
    _check_names(parts, limits)
    kept = io.BytesIO()
    total = formulas = 0
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as clean:
        for part in parts:
            whole = bytearray()
            for chunk in _unpacked(packed, part):
                total += len(chunk)
                too_dense = total > limits.unzipped_ratio * size
                if total > limits.unzipped_bytes or (
                    too_dense and total > limits.unzipped_ratio_from_bytes
                ):
                    raise UnusableFile(TOO_LARGE)
                whole += chunk
            if part.filename.lower().endswith((".xml", ".rels")):
                scan = Scan(limits)
                scan.check(bytes(whole))
                formulas += scan.formulas
                kept_part = formulas_as_text(bytes(whole)) if scan.formulas else bytes(whole)
                clean.writestr(part.filename, kept_part)
    return kept.getvalue(), formulas


def formulas_as_text(sheet: bytes) -> bytes:
    """A scanned sheet in which each formula is a text, "=1+1", and no stored result is left.

    A stored result may be missing or out of date, and the parser would leave such rows out
    without a word. Cells that share a formula all show the words of the first.
    """
    root = ElementTree.fromstring(sheet)
    shared: dict[str, str] = {}
    for cell in root.iter(f"{_SPREADSHEET}c"):
        formula = cell.find(f"{_SPREADSHEET}f")
        if formula is None:
            continue
        words = formula.text or shared.get(formula.get("si", ""), "")
        if formula.text and formula.get("si"):
            shared[formula.get("si", "")] = formula.text
        cell.set("t", "inlineStr")
        for part in list(cell):
            cell.remove(part)
        inline = ElementTree.SubElement(cell, f"{_SPREADSHEET}is")
        ElementTree.SubElement(inline, f"{_SPREADSHEET}t").text = f"={words}"
    rewritten: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return rewritten


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _check_names(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [part.filename.lower() for part in parts]
    if len(names) > limits.parts or len(set(names)) < len(names):
        raise UnusableFile(SUSPICIOUS)
    if any(".." in n.split("/") or n.startswith("/") or "\\" in n or "\0" in n for n in names):
        raise UnusableFile(SUSPICIOUS)
    if any(part.flag_bits & 1 for part in parts):
        raise UnusableFile(PASSWORD)
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise UnusableFile(MACROS)
    if any("/embeddings/" in name or "/externallinks/" in name for name in names):
        raise UnusableFile(EMBEDDED)
    if "xl/workbook.xml" not in names:
        raise UnusableFile(NOT_XLSX)


class Scan:
    """Streams one XML part: no document type, no cell out of bounds; counts the formulas."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.root = ""
        self.row = self.column = 0
        self.cell = ""
        self.formulas = 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start

    def check(self, content: bytes) -> None:
        """UnusableFile for what may not be in a workbook's part."""
        try:
            self.parser.Parse(content, True)
        except (expat.ExpatError, LookupError) as error:
            raise UnusableFile(DAMAGED) from error

    def _refuse(self, *_declaration: object) -> None:
        raise UnusableFile(SUSPICIOUS)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if not self.root:
            self.root = name
        if self.root != "worksheet":
            return
        if name == "row":
            self.row = _number(attributes.get("r"), self.row + 1)
            self.column = 0
        elif name == "c":
            self._place(attributes.get("r"))
        elif name in {"v", "is"} and self.cell:
            self._check_place()
        elif name == "f" and self.cell:
            self._check_place()
            self.formulas += 1

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            self.cell = f"{self.column}/{self.row}"
            return
        found = _REFERENCE.fullmatch(reference)
        if not found:
            raise UnusableFile(SUSPICIOUS)
        self.column = 0
        for character in found.group(1):
            self.column = self.column * 26 + ord(character) - 64
        self.row, self.cell = int(found.group(2)), reference

    def _check_place(self) -> None:
        # An empty cell far away is only formatted, and no reader makes room for it.
        rows = self.limits.rows + self.limits.title_rows + 1
        if self.row > rows or self.column > self.limits.columns:
            raise UnusableFile(
                FAR_CELL, cell=self.cell, rows=self.limits.rows, columns=self.limits.columns
            )


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdecimal() or len(text) > 10:
        raise UnusableFile(SUSPICIOUS)
    return int(text)
