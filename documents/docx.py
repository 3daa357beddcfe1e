"""A paper as a Word file: the same paper gives the same bytes, whatever the clock says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC
from functools import cache, lru_cache
from threading import Lock
from typing import cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from documents.paper import Block, Facts, Heading, Paper, Paragraph, SignatureLines, Table, writable

FONT = "Sylfaen"
"""Comes with Windows and holds Georgian and Latin; Word files carry no fonts."""
QUIET = RGBColor(0x4A, 0x54, 0x64)
LINE = 170
"""Millimetres between the margins."""
LOCALES = {"ka": "ka-GE", "en": "en-GB"}
CHANGING = ("word/document.xml", "word/header1.xml", "word/footer1.xml", "docProps/core.xml")
"""What differs between two papers of one language."""
ZIPPED_AT = (1980, 1, 1, 0, 0, 0)


class _Blank:
    """An empty paper of one language: python-docx takes tens of milliseconds to make one."""

    def __init__(self, language: str) -> None:
        self.document = Document()
        _prepare(self.document, language)
        self.section = self.document.sections[0]
        written = io.BytesIO()
        self.document.save(written)
        with zipfile.ZipFile(written) as packed:
            self.entries = {name: packed.read(name) for name in packed.namelist()}
        package = self.document.part.package
        parts = {part.partname.lstrip("/"): part for part in package.iter_parts()}
        self.changing = {name: parts[name] for name in CHANGING}
        self.lock = Lock()

    def written_on(self, paper: Paper) -> bytes:
        """The file of a paper; whatever stood here before is wiped off first."""
        with self.lock:
            self._wipe()
            self._write(paper)
            return _packed(self.entries | {name: part.blob for name, part in self.changing.items()})

    def _wipe(self) -> None:
        self.document._body.clear_content()
        for story in (self.section.header, self.section.footer):
            story.paragraphs[0].clear()

    def _write(self, paper: Paper) -> None:
        _quiet(self.section.header.paragraphs[0], paper.running_head)
        _foot(self.section.footer.paragraphs[0], paper)
        _tell_about(self.document, paper)
        _centred(self.document, paper.title, 16, is_bold=True)
        _centred(self.document, paper.subtitle, 10.5)
        for block in paper.blocks:
            _add(self.document, block)


_blank = cache(_Blank)


def to_docx(paper: Paper) -> bytes:
    """The finished file."""
    return _blank(paper.language).written_on(writable(paper))


def _prepare(document: WordDocument, language: str) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Header", "Footer"):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    spoken = _marked("w:lang", "w:val", LOCALES[language])
    normal.element.get_or_add_rPr().append(spoken)
    for name, size in (("Heading 1", 13), ("Heading 2", 11)):
        document.styles[name].font.size = Pt(size)
        document.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(24)
    for story in (section.header, section.footer):
        story.is_linked_to_previous = False


def _tell_about(document: WordDocument, paper: Paper) -> None:
    about = document.core_properties
    moment = paper.moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    about.title, about.author = f"{paper.title} · {paper.subtitle}", paper.author
    about.created = about.modified = moment
    about.last_modified_by, about.comments, about.revision = paper.author, "", 1
    about.language = LOCALES[paper.language]


def _quiet(paragraph: WordParagraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(8), QUIET


def _foot(paragraph: WordParagraph, paper: Paper) -> None:
    _quiet(paragraph, f"{paper.foot} · ")
    before, _, rest = paper.page_of.partition("{page}")
    between, _, after = rest.partition("{pages}")
    _quiet(paragraph, before)
    _field(paragraph, "PAGE")
    _quiet(paragraph, between)
    _field(paragraph, "NUMPAGES")
    _quiet(paragraph, after)


def _field(paragraph: WordParagraph, instruction: str) -> None:
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(8), QUIET
    for kind, text in (("begin", None), ("instrText", instruction), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _centred(document: WordDocument, text: str, size: float, *, is_bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = is_bold, Pt(size)


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Heading():
            added = document.add_paragraph(block.text)
            added._p.style = f"Heading{block.level}"
            added.paragraph_format.page_break_before = block.on_new_page
        case Paragraph():
            paragraph = document.add_paragraph()
            run = paragraph.add_run(block.text)
            if block.is_quiet:
                run.font.size, run.font.color.rgb = Pt(9), QUIET
        case Facts():
            _facts(document, block)
        case Table():
            _table(document, block)
        case SignatureLines():
            _signatures(document, block)


def _facts(document: WordDocument, block: Facts) -> None:
    table = _append(document, _facts_pattern())
    (row,) = table.tr_lst
    table.remove(row)
    for texts in block.rows:
        table.append(_row_alike(row, texts))
    document.add_paragraph()


@cache
def _facts_pattern() -> CT_Tbl:
    """A list of facts with one row, on a sheet of its own: whoever needs one copies it."""
    scrap = _sheet()
    ((label, value),) = _grid(scrap, [("0", "0")], (0.32, 0.68))
    _write(*label, 9.5, colour=QUIET)
    _write(*value, 9.5)
    return scrap.tables[-1]._tbl


def _table(document: WordDocument, block: Table) -> None:
    numbers = tuple(place for place in range(len(block.heads)) if place in block.numbers)
    table = _append(document, _table_pattern(tuple(block.widths), numbers))
    first, row = table.tr_lst
    table.remove(first)
    table.remove(row)
    table.append(_row_alike(first, block.heads))
    for texts in block.rows:
        table.append(_row_alike(row, texts))
    document.add_paragraph()


@lru_cache(64)
def _table_pattern(widths: tuple[float, ...], numbers: tuple[int, ...]) -> CT_Tbl:
    """A table of these widths with its head and one row; `numbers`: columns set to the right."""
    scrap = _sheet()
    pattern = ("0",) * len(widths)
    heads, alike = _grid(scrap, (pattern, pattern), widths, "TableGrid")
    for cell, text in heads:
        _write(cell, text, 8.5, is_bold=True)
    for place, (cell, text) in enumerate(alike):
        _write(cell, text, 8.5, is_right=place in numbers)
    table = scrap.tables[-1]._tbl
    table.tr_lst[0].get_or_add_trPr().append(_marked("w:tblHeader", "w:val", "true"))
    return table


def _sheet() -> WordDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(20), Mm(20)
    return document


def _append(document: WordDocument, pattern: CT_Tbl) -> CT_Tbl:
    table = deepcopy(pattern)
    document._body._body._insert_tbl(table)
    return table


def _row_alike(pattern: CT_Row, texts: Sequence[str]) -> CT_Row:
    """A row that looks as the pattern does: to write each cell anew takes many times as long."""
    row = deepcopy(pattern)
    for written, text in zip(list(row.iter(qn("w:t"))), texts, strict=True):
        if text and text == " ".join(text.split()):
            written.text = text
        else:
            cast(CT_R, written.getparent()).text = text
    return row


def _marked(element: str, attribute: str, value: str) -> BaseOxmlElement:
    made = cast(BaseOxmlElement, OxmlElement(element))
    made.set(qn(attribute), value)
    return made


def _signatures(document: WordDocument, block: SignatureLines) -> None:
    lines = [(capacity, "_" * 26, name) for capacity, name in block.rows]
    for row in _grid(document, lines, (0.33, 0.34, 0.33)):
        for cell, text in row:
            _write(cell, text, 10)
            cell.paragraphs[0].paragraph_format.space_before = Pt(18)
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _grid(
    document: WordDocument,
    rows: Sequence[tuple[str, ...]],
    shares: tuple[float, ...],
    style: str | None = None,
) -> list[list[tuple[_Cell, str]]]:
    """A table with its cells beside their texts; its own look-up of cells takes seconds."""
    # Styles by their id: python-docx looks a name up among all styles, each time anew.
    table = document._body.add_table(len(rows), len(shares), document._block_width)
    table._tbl.tblStyle_val = style
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    filled = []
    for element, row in zip(table._tbl.tr_lst, rows, strict=True):
        cells = [_Cell(one, table) for one in element.tc_lst]
        for cell, share in zip(cells, shares, strict=True):
            cell.width = Mm(LINE * share / sum(shares))
        filled.append(list(zip(cells, row, strict=True)))
    return filled


def _write(
    cell: _Cell,
    text: str,
    size: float,
    *,
    is_bold: bool = False,
    is_right: bool = False,
    colour: RGBColor | None = None,
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    if is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.bold, run.font.size = is_bold, Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def _packed(entries: Mapping[str, bytes]) -> bytes:
    # A packer stamps each entry with the clock; the entries' order is made fixed as well.
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as tight:
        first = "[Content_Types].xml"
        for name in [first, *sorted(set(entries) - {first})]:
            entry = zipfile.ZipInfo(name, ZIPPED_AT)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            tight.writestr(entry, entries[name])
    return packed.getvalue()
