"""Looks through an XLSX file before anything parses it, and keeps only what was looked at.

Runs in the reading process (`services.incoming_files.child`). What it returns is a new
archive of the scanned parts, so that nothing hidden in the old one reaches the parser.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

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
from services.incoming_files.archives import Oddity, markup_parser, parse_markup, sound_archive

_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,7})\$?([0-9]{1,10})")
_WHY = {
    Oddity.DAMAGED: DAMAGED,
    Oddity.PASSWORD: PASSWORD,
    Oddity.ODD: SUSPICIOUS,
    Oddity.MACROS: MACROS,
    Oddity.FOREIGN: EMBEDDED,
    Oddity.DECLARED: SUSPICIOUS,
    Oddity.BOMB: TOO_LARGE,
}


def checked(content: bytes, limits: Limits) -> tuple[bytes, int]:
    """The workbook's sound parts as a new archive, and how many formulas became text in it.

    UnusableFile says why there is none.
    """
    kept = io.BytesIO()
    formulas = 0
    with sound_archive(content, limits, _WHY) as archive:
        if "xl/workbook.xml" not in (name.lower() for name in archive.names):
            raise UnusableFile(NOT_XLSX)
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as clean:
            for name, part in archive.parts():
                if name.lower().endswith((".xml", ".rels")):
                    scan = Scan(limits)
                    scan.check(part)
                    formulas += scan.formulas
                    clean.writestr(name, formulas_as_text(part) if scan.formulas else part)
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


class Scan:
    """Streams one XML part: no document type, no cell out of bounds; counts the formulas."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.root = ""
        self.row = self.column = 0
        self.cell = ""
        self.formulas = 0
        self.parser = markup_parser()
        self.parser.StartElementHandler = self._start

    def check(self, content: bytes) -> None:
        """UnusableFile or OddArchive for what may not be in a workbook's part."""
        parse_markup(self.parser, content)

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
