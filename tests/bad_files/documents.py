"""Letters, scans and photos that are not what they seem."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.bad_files.kinds import BadFile, Door, plain
from tests.unit.services.official_documents.test_attachments import (
    TEMPLATE,
    docx,
    packed_oddly,
    pdf,
    picture,
    rewritten,
    with_file,
    with_password,
    with_script,
)


def action(kind: str) -> Callable[[PdfWriter], None]:
    """A document that does something when it is opened."""

    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("calc.exe")}
        )

    return change


def form_with_program(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): TextStringObject("<xdp/>"), NameObject("/Fields"): ArrayObject()}
    )


def stream_bomb(writer: PdfWriter) -> None:
    bomb = EncodedStreamObject()
    bomb._data = zlib.compress(b"\0" * 90_000_000, 9)
    bomb[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(bomb)


def deep(writer: PdfWriter) -> None:
    nested: DictionaryObject | NumberObject = NumberObject(1)
    for _ in range(200):
        nested = DictionaryObject({NameObject("/A"): nested})
    writer.root_object[NameObject("/Deep")] = nested


def png_of(width: int, height: int) -> bytes:
    """A picture of a few bytes that says it has so many dots."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + dots + chunk(b"IEND", b"")


def with_part(name: str, content: bytes) -> Callable[[], bytes]:
    return lambda: docx(**{name: content})


def other_archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return written.getvalue()


def _file(kind: str, name: str, make: Callable[[], bytes], says: str) -> BadFile:
    return BadFile(kind, Door.ATTACHMENT, make, says=says, name=name)


DOCUMENTS = (
    _file("empty", "a.pdf", plain(b""), "empty"),
    _file("200 MB", "a.pdf", lambda: b"%PDF-" + bytes(200_000_000), "MB"),
    _file("programme", "a.pdf", plain(b"MZ\x90"), "no PDF"),
    _file("script of a shell", "a.pdf", plain(b"#!/bin/sh\nrm"), "no PDF"),
    _file("drawing with script", "a.svg", plain(b"<svg onload='x()'/>"), "no PDF"),
    _file("old Word file", "a.doc", plain(b"\xd0\xcf\x11\xe0\xa1\xb1"), "old Word"),
    _file("wrong name", "a.pdf", picture, "renamed"),
    _file("double name", "a.pdf.exe", pdf, "renamed"),
    _file("PDF of nothing", "a.pdf", plain(b"%PDF-1.7\nnothing\n%%EOF"), "damaged"),
    _file("PDF cut off", "a.pdf", lambda: pdf()[:-40], "damaged"),
    _file("PDF with a script", "a.pdf", lambda: pdf(with_script), "programs"),
    _file("PDF that starts a programme", "a.pdf", lambda: pdf(action("/Launch")), "programs"),
    _file("PDF that sends a form", "a.pdf", lambda: pdf(action("/SubmitForm")), "programs"),
    _file("PDF with a form program", "a.pdf", lambda: pdf(form_with_program), "programs"),
    _file("PDF with a file inside", "a.pdf", lambda: pdf(with_file), "programs"),
    _file("PDF with a password", "a.pdf", lambda: pdf(with_password), "password"),
    _file("PDF bomb", "a.pdf", lambda: pdf(stream_bomb), "too large"),
    _file("PDF of deep values", "a.pdf", lambda: pdf(deep), "too large"),
    _file("PDF and web page", "a.pdf", lambda: pdf() + b"<script>", "second file"),
    _file("PDF and archive", "a.pdf", lambda: pdf() + docx(), "second file"),
    _file("document with macros", "a.docx", with_part("word/vbaProject.bin", b"\xcc"), "macros"),
    _file("document with an object", "a.docx", with_part("word/embeddings/a", b"MZ"), "programs"),
    _file("document with a control", "a.docx", with_part("word/activeX/a", b"x"), "programs"),
    _file("document with a path", "a.docx", with_part("../../etc/passwd", b"x"), "second file"),
    _file("document type", "a.docx", with_part("word/s.xml", b"<!DOCTYPE a><a/>"), "programs"),
    _file("document bomb", "a.docx", with_part("word/b.xml", b" " * 9_000_000), "too large"),
    _file("document cut off", "a.docx", lambda: docx()[:-30], "damaged"),
    _file("document packed oddly", "a.docx", lambda: packed_oddly(docx()), "damaged"),
    _file("document and PDF", "a.docx", lambda: docx() + b"%PDF-1.7", "second file"),
    _file(
        "template from elsewhere",
        "a.docx",
        lambda: rewritten("word/_rels/document.xml.rels", TEMPLATE),
        "programs",
    ),
    _file("workbook as document", "a.docx", other_archive, "no PDF"),
    _file("picture cut off", "a.jpg", lambda: picture()[:300], "damaged"),
    _file("picture and archive", "a.jpg", lambda: picture() + docx(), "second file"),
    _file("picture and PDF", "a.png", lambda: picture("PNG")[:8] + pdf(), "second file"),
    _file("4 billion dots", "a.png", lambda: png_of(65_535, 65_535), "million dots"),
    _file("picture bomb", "a.png", lambda: png_of(9_000, 8_000), "million dots"),
    _file("dots missing", "a.png", lambda: png_of(500, 500), "damaged"),
    _file("no dots at all", "a.png", lambda: png_of(0, 0), "damaged"),
)
