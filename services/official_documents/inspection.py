"""Looks into an attached file: what is it really, and is there anything in it that must not be?

Runs in the reading process (`services.incoming_files.child`): parsers of hostile files can ask for
more memory or time than there is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from domain.enums import FileFormat
from domain.exceptions import UnusableFile
from domain.texts import Term
from services.incoming_files.archives import Oddity, markup_parser, parse_markup, sound_archive
from services.official_documents.limits import Limits, limits_on
from services.official_documents.pictures import clean_picture
from services.official_documents.refusals import (
    ACTIVE,
    BOMB,
    DAMAGED,
    EMPTY,
    MACROS,
    OLD_WORD,
    OTHER_NAME,
    PAGES,
    PASSWORD,
    TOO_BIG,
    TWO_IN_ONE,
    UNKNOWN,
)

if TYPE_CHECKING:
    from pypdf import PdfReader

MAGIC = {
    b"%PDF-": FileFormat.PDF,
    b"PK\x03\x04": FileFormat.DOCX,
    b"\xff\xd8\xff": FileFormat.JPG,
    b"\x89PNG\r\n\x1a\n": FileFormat.PNG,
}
EXTENSIONS = {
    "pdf": FileFormat.PDF,
    "docx": FileFormat.DOCX,
    "jpg": FileFormat.JPG,
    "jpeg": FileFormat.JPG,
    "png": FileFormat.PNG,
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
PDF_HEADER_WITHIN = 1024
"""Readers of PDF look for its mark in so many bytes: no file of another kind may hold it there."""
WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
UNPACKABLE = frozenset(
    {"/FlateDecode", "/LZWDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode"}
)
FORBIDDEN = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"})
FORBIDDEN_ACTIONS = frozenset({"/Launch", "/JavaScript", "/ImportData", "/SubmitForm"})
_WHY = {
    Oddity.DAMAGED: DAMAGED,
    Oddity.PASSWORD: PASSWORD,
    Oddity.ODD: TWO_IN_ONE,
    Oddity.MACROS: MACROS,
    Oddity.FOREIGN: ACTIVE,
    Oddity.DECLARED: ACTIVE,
    Oddity.BOMB: BOMB,
}


def answer(files: Sequence[BinaryIO], arguments: dict[str, Any]) -> Iterator[Any]:
    """What the reading process says: the format, and then what is kept."""
    limits = limits_on(date.fromisoformat(arguments["day"]))
    form, kept = inspected(arguments["name"], files[0].read(), limits)
    yield {"format": form.value}
    yield kept


def inspected(name: str, content: bytes, limits: Limits) -> tuple[FileFormat, bytes]:
    """What the file is and what of it is kept; UnusableFile says why it can't be attached."""
    form = found_format(name, content, limits)
    match form:
        case FileFormat.PDF:
            check_pdf(content, limits)
        case FileFormat.DOCX:
            check_docx(content, limits)
        case _:
            if zipfile.is_zipfile(io.BytesIO(content)):
                raise UnusableFile(TWO_IN_ONE)
            return form, clean_picture(content, form, limits)
    return form, content


def found_format(name: str, content: bytes, limits: Limits) -> FileFormat:
    """The kind of file by its first bytes, which its name has to agree with."""
    if not content:
        raise UnusableFile(EMPTY)
    if len(content) > limits.file_bytes:
        size, limit = -(-len(content) // 10**6), limits.file_bytes // 10**6
        raise UnusableFile(TOO_BIG, size=size, limit=limit)
    if content.startswith(OLD_OFFICE):
        raise UnusableFile(OLD_WORD)
    form = next((form for magic, form in MAGIC.items() if content.startswith(magic)), None)
    if form is None:
        raise UnusableFile(UNKNOWN)
    extension = name.rpartition(".")[2].lower()
    if EXTENSIONS.get(extension) is not form:
        raise UnusableFile(OTHER_NAME, extension=extension, found=Term("FileFormat", form.value))
    if form is not FileFormat.PDF and b"%PDF-" in content[:PDF_HEADER_WITHIN]:
        raise UnusableFile(TWO_IN_ONE)
    return form


def check_pdf(content: bytes, limits: Limits) -> None:
    """It ends where it says, opens without a password, and holds nothing that runs."""
    from pypdf import PdfReader

    end = content.rfind(b"%%EOF")
    if end < 0:
        raise UnusableFile(DAMAGED)
    if content[end + 5 :].strip(b"\r\n\t \0") or zipfile.is_zipfile(io.BytesIO(content)):
        raise UnusableFile(TWO_IN_ONE)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise UnusableFile(PASSWORD)
        _check_objects(reader, limits)
        pages = len(reader.pages)
        if pages > limits.pdf_pages:
            raise UnusableFile(PAGES, pages=pages, limit=limits.pdf_pages)
        if not pages or not all(page.mediabox for page in reader.pages):
            raise UnusableFile(DAMAGED)
    except (UnusableFile, MemoryError):
        raise
    except Exception as error:  # a parser of hostile files fails in any way it likes
        raise UnusableFile(DAMAGED) from error


def _check_objects(reader: PdfReader, limits: Limits) -> None:
    from pypdf.errors import LimitReachedError
    from pypdf.generic import StreamObject

    total = 0
    for value in _objects(reader, limits):
        _check_value(value, 0)
        if isinstance(value, StreamObject) and _filters(value) <= UNPACKABLE:
            try:
                total += len(value.get_data())
            except LimitReachedError as error:
                raise UnusableFile(BOMB) from error
            if total > limits.unzipped_bytes:
                raise UnusableFile(BOMB)


def _objects(reader: PdfReader, limits: Limits) -> Iterator[Any]:
    from pypdf.generic import IndirectObject

    places = [(number, gen) for gen, table in reader.xref.items() for number in table]
    places += [(number, 0) for number in reader.xref_objStm]
    if len(places) > limits.pdf_objects:
        raise UnusableFile(BOMB)
    yield reader.trailer
    for number, generation in places:
        if number:
            yield reader.get_object(IndirectObject(number, generation, reader))


def _check_value(value: Any, depth: int) -> None:
    if depth > 50:
        raise UnusableFile(BOMB)
    if isinstance(value, dict):
        if FORBIDDEN & set(value) or value.get("/S") in FORBIDDEN_ACTIONS:
            raise UnusableFile(ACTIVE)
        for inner in value.values():
            _check_value(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check_value(inner, depth + 1)


def _filters(stream: Any) -> set[str]:
    named = stream.get("/Filter", [])
    named = named.get_object() if hasattr(named, "get_object") else named
    return {str(one) for one in named} if isinstance(named, list) else {str(named)}


def check_docx(content: bytes, limits: Limits) -> None:
    """A Word document: its parts are whole, of bounded size, without macros or foreign parts."""
    with sound_archive(content, limits, _WHY) as archive:
        if not {"[content_types].xml", "word/document.xml"} <= {n.lower() for n in archive.names}:
            raise UnusableFile(UNKNOWN)
        for name, part in archive.parts():
            if name.lower().endswith((".xml", ".rels")):
                parser = markup_parser()
                parser.StartElementHandler = _check_element
                parse_markup(parser, part)
            if name.lower() == "[content_types].xml":
                if b"macroEnabled" in part:
                    raise UnusableFile(MACROS)
                if WORD not in part:
                    raise UnusableFile(UNKNOWN)


def _check_element(tag: str, attributes: dict[str, str]) -> None:
    if tag.rpartition(":")[2] != "Relationship" or attributes.get("TargetMode") != "External":
        return
    if not attributes.get("Type", "").endswith("/hyperlink"):
        raise UnusableFile(ACTIVE)
