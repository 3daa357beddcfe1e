"""Files as strangers send them: read whole, or refused with what to do, and never a crash."""

import codecs
import csv
import io
import struct
import warnings
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.exceptions import EncodingToConfirm, UnusableFile
from services.exports import to_csv, to_xlsx
from services.importing import encodings
from services.importing.reading import read_here, read_table
from services.importing.table import clean
from tests.unit.services.importing.workbooks import (
    HEADER,
    ONE_ROW,
    packed,
    sheet,
    text_cell,
    workbook,
)

GEORGIAN = "external_id,first_name_ka\nP-1,ნინო\nP-2,„გია“\n"
RUSSIAN = "номер,имя\n1,Наталья Петрова\n2,Сергей Иванов\n3,Ольга Смирнова\n"
GERMAN = "number,title\n1,Müller für Bäckerei\n2,Gärtner in Köln\n3,Straßenbauer\n"
ACADNUSX = "external_id,name,languages\n" + "".join(
    f"P-{at},{name},de:B1\n"
    for at, name in enumerate(["TamTa", "SoTa", "xaTuna", "giorgi", "cicino", "jemal", "wiwino"])
)


def names(content: bytes, encoding: str | None = None) -> list[str]:
    return [row.cells[1] for row in read_table(content, encoding).rows]


def refusal(content: bytes, encoding: str | None = None) -> str:
    with pytest.raises(UnusableFile) as refused:
        read_table(content, encoding)
    return str(refused.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_without_asking(encoding: str) -> None:
    assert names(GEORGIAN.encode(encoding)) == ["ნინო", "„გია“"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (GERMAN, "cp1252")],
)
def test_another_encoding_is_suggested_first_and_never_applied_silently(
    text: str, encoding: str
) -> None:
    with pytest.raises(EncodingToConfirm) as asked:
        read_table(text.encode(encoding))
    assert next(iter(asked.value.samples)) == encoding
    assert encoding in str(asked.value)


def test_a_confirmed_encoding_is_applied() -> None:
    assert names(RUSSIAN.encode("cp1251"), "windows-1251")[0] == "Наталья Петрова"


def test_eight_bit_georgian_is_suggested_and_read() -> None:
    content = "".join(
        chr(ord(c) - 0x10D0 + 0xC0) if c >= "ა" else c for c in "id,name\n1,თამარ\n2,გიორგი\n"
    ).encode("latin-1")
    with pytest.raises(EncodingToConfirm) as asked:
        read_table(content)
    assert next(iter(asked.value.samples)) == "georgian-academy"
    assert names(content, "georgian-academy") == ["თამარ", "გიორგი"]


def test_georgian_typed_with_latin_keys_is_asked_about_in_a_file_of_few_rows() -> None:
    few = "external_id,last_name_ka\n1,beriZe\n2,maisuraZe\n3,javaxiSvili\n"
    with pytest.raises(EncodingToConfirm) as asked:
        read_table(few.encode())
    assert asked.value.samples["acadnusx"] == "ბერიძე, მაისურაძე, ჯავახიშვილი"


def test_georgian_typed_with_latin_keys_is_asked_about() -> None:
    with pytest.raises(EncodingToConfirm) as asked:
        read_table(ACADNUSX.encode())
    assert asked.value.samples["acadnusx"].startswith("თამთა, შოთა")


def test_confirmed_latin_keys_convert_the_names_and_leave_the_codes() -> None:
    first = read_table(ACADNUSX.encode(), "acadnusx").rows[0]
    assert first.cells == ("P-0", "თამთა", "de:B1")


def test_latin_keys_are_found_in_a_workbook_too() -> None:
    rows = [line.split(",") for line in ACADNUSX.splitlines()]
    with pytest.raises(EncodingToConfirm):
        read_table(to_xlsx(rows[0], rows[1:]))


def test_saying_utf_8_leaves_latin_keys_as_they_stand() -> None:
    assert names(ACADNUSX.encode(), "utf-8")[0] == "TamTa"


@pytest.mark.parametrize(
    "words",
    [
        ["Nino", "Giorgi", "Khatuna", "Tsira", "Shota", "Jemal", "Zhuzhuna"],
        ["nino", "giorgi", "khatuna", "tsira", "shota", "mariam", "zurab"],
        ["welder", "nurse", "truck driver", "bricklayer", "cook", "farm worker", "cleaner"],
        ["Łukasz", "Zoë", "René", "José", "Jürgen", "Ömer"],
    ],
)
def test_romanised_and_foreign_words_are_not_taken_for_latin_keys(words: list[str]) -> None:
    assert not encodings.typed_with_latin_keys(words)


def test_an_unknown_encoding_name_lists_the_possible_ones() -> None:
    assert "cp1251" in refusal(GEORGIAN.encode(), "klingon")


def test_a_wrongly_confirmed_encoding_is_refused() -> None:
    assert "utf-16-le" in refusal(b"a,b\n1,2", "utf-16-le")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_recognised(separator: str, newline: str) -> None:
    lines = [["id", "text", "list"], ["1", "a, b", "de:A2;en:B1"], ["2", "c", "x"]]
    quoted = newline.join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    assert read_table(quoted.encode()).rows[0].cells == ("1", "a, b", "de:A2;en:B1")


def test_lists_inside_cells_are_not_taken_for_columns() -> None:
    content = (
        b"external_id,languages,occupations\nP-1,de:A2;en:B1,9211:5;7212:2\nP-2,de:A1;en:B2,\n"
    )
    assert read_table(content).headers == ("external_id", "languages", "occupations")


def test_a_declared_separator_is_obeyed() -> None:
    assert read_table(b"sep=;\r\na;b\r\n1;2\r\n").headers == ("a", "b")


def test_a_newline_inside_quotes_stays_in_its_cell() -> None:
    read = read_table(b'id,text\n1,"two\nlines"\n2,one\n')
    assert read.rows[0].cells == ("1", "two\nlines")
    assert read.rows[1].number == 3


def test_blank_rows_are_no_rows_but_keep_the_count() -> None:
    assert [row.number for row in read_table(b"a,b\n\n1,2\n,\n3,4\n").rows] == [3, 5]


def test_a_title_above_the_header_is_skipped_with_a_notice() -> None:
    read = read_table("List of people,,\n\nid,name,phone\n1,ნინო,5\n".encode())
    assert read.headers == ("id", "name", "phone")
    assert "Rows above" in str(read.notices[0])


@pytest.mark.parametrize("row", ["1,2", "1,2,3,4"])
def test_a_ragged_row_is_a_problem_of_its_own(row: str) -> None:
    read = read_table(f"a,b,c\n1,2,3\n{row}\n4,5,6\n".encode())
    assert [r.number for r in read.rows if r.problem] == [3]
    assert "cells" in str(next(r.problem for r in read.rows if r.problem))


def test_too_long_a_cell_is_a_problem_of_its_row() -> None:
    read = read_table(f"a,b\n1,{'x' * 50_001}\n2,y\n".encode())
    assert "50001" in str(read.rows[0].problem) and read.rows[1].problem is None


UNUSABLE_TEXT = {
    "zero bytes": (b"a,b\n1,\x002\n3,4\n", "zero bytes"),
    "open quote": (b'a,b\n1,"open\n2,x\n3,y\n', "quotation marks"),
    "quote in the middle": (b'a,b\n1,"x"y\n', "row 2"),
    "duplicate header": (b"id,Name,name\n1,2,3\n", "Two columns are named"),
    "unnamed column": (b"id,,name\n1,2,3\n", "Column B has no name"),
    "data instead of names": (b"1,2,3\n4,5,6\n", "names of the columns"),
    "nothing": (b"", "empty"),
    "only blank lines": (b"\n ,\n", "empty"),
    "only a header": (b"id,name\n", "no rows"),
    "too many columns": (",".join(f"c{n}" for n in range(201)).encode() + b"\n1\n", "201 columns"),
    "too many rows": (b"a,b\n" + b"1,2\n" * 100_001, "100001 rows"),
    "too large": (b"a,b\n" + b"x" * 15_000_000, "15.0 MB"),
    "pdf": (b"%PDF-1.7\n...", "PDF"),
    "web page": (b"<!DOCTYPE html><html><table>", "web page"),
    "xml": (b'<?xml version="1.0"?><!DOCTYPE x><x/>', "web page"),
    "picture": (b"\x89PNG\r\n\x1a\n", "picture"),
    "json": (b'[{"a": 1}]', "JSON"),
    "old workbook": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), ".xls"),
    "protected workbook": (
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
}


@pytest.mark.parametrize("name", UNUSABLE_TEXT)
def test_an_unusable_file_is_refused_with_its_reason(name: str) -> None:
    content, reason = UNUSABLE_TEXT[name]
    assert reason in refusal(content)


def test_a_workbook_reads_like_the_same_csv() -> None:
    headers, rows = ["id", "name", "text"], [["1", "ნინო", "a\nb"], ["2", "გია", "=1+1"]]
    from_xlsx = read_table(to_xlsx(headers, rows))
    assert from_xlsx.rows == read_table(to_csv(headers, rows)).rows


def test_numbers_and_dates_of_a_workbook_become_what_a_person_would_type() -> None:
    book = workbook(
        sheet(
            HEADER,
            '<row r="2"><c r="A2"><v>12345678901</v></c><c r="B2"><v>2.5</v></c></row>',
            '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3"><v>45000</v></c></row>',
        )
    )
    assert [row.cells for row in read_table(book).rows] == [
        ("12345678901", "2.5"),
        ("true", "45000"),
    ]


def test_a_far_cell_that_is_only_formatted_does_not_hinder() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert len(read_table(workbook(sheet(HEADER, ONE_ROW, far))).rows) == 1


FORMULAS = (
    '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c>'
    '<c r="B2"><f t="shared" ref="B2:B3" si="0">SUM(A1)</f></c></row>'
    '<row r="3"><c r="A3" t="str"><f>"x"&amp;"y"</f><v>xy</v></c>'
    '<c r="B3"><f t="shared" si="0"/><v>7</v></c></row>'
)


def test_formulas_are_read_as_text_and_said() -> None:
    read = read_table(workbook(sheet(HEADER, FORMULAS)))
    assert [row.cells[:2] for row in read.rows] == [("=1+1", "=SUM(A1)"), ('="x"&"y"', "=SUM(A1)")]
    assert [notice.values["count"] for notice in read.notices] == [4]


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + sheet(
    HEADER, f'<row r="2">{text_cell("A2", "&b;")}</row>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + sheet(HEADER)
UNUSABLE_BOOKS = {
    "far cell": (lambda: workbook(sheet(HEADER, ONE_ROW, FAR)), "Cell XFD1048576 lies outside"),
    "far row without reference": (
        lambda: workbook(sheet(HEADER, '<row r="999999999"><c><v>1</v></c></row>')),
        "lies outside",
    ),
    "mad reference": (lambda: workbook(sheet('<row r="1"><c r="A-1"><v>1</v></c></row>')), "built"),
    "billion laughs": (lambda: workbook(LAUGHS), "built in a way"),
    "outside entity": (lambda: workbook(OUTSIDE), "built in a way"),
    "bomb": (lambda: workbook(xl__big="0" * 20_000_000), "too large"),
    "macros": (lambda: workbook(xl__vbaProject="x"), "macros"),
    "embedded file": (lambda: workbook(**{"xl__embeddings__a": "x"}), "other files"),
    "other workbook": (lambda: workbook(**{"xl__externalLinks__l": "x"}), "other workbooks"),
    "many parts": (lambda: workbook(**{f"xl__p{n}": "x" for n in range(600)}), "built in a way"),
    "part above": (lambda: workbook(**{"..__evil": "x"}), "built in a way"),
    "broken xml": (lambda: workbook("<worksheet><sheetData>"), "damaged"),
    "cut off": (lambda: workbook()[:-200], "damaged"),
    "renamed document": (lambda: packed([("word/document.xml", "<d/>")]), "Word document"),
    "open document": (lambda: packed([("content.xml", "<d/>")]), "OpenDocument"),
    "binary workbook": (lambda: packed([("xl/workbook.bin", "x")]), ".xlsb"),
    "other archive": (lambda: packed([("readme.txt", "x")]), "not an XLSX"),
}


@pytest.mark.parametrize("name", UNUSABLE_BOOKS)
def test_an_unusable_workbook_is_refused_with_its_reason(name: str) -> None:
    made, reason = UNUSABLE_BOOKS[name]
    assert reason in refusal(made())


def test_a_doubled_part_is_refused() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        twice = packed([("xl/workbook.xml", "<a/>"), ("xl/workbook.xml", "<b/>")])
    assert "built in a way" in refusal(twice)


def test_a_size_that_lies_does_not_get_past_the_scan() -> None:
    content = bytearray(workbook(sheet(HEADER, ONE_ROW)))
    name = b"xl/worksheets/sheet1.xml"
    central = content.rfind(name)
    struct.pack_into("<I", content, central - 22, 10)  # the unpacked size in the directory
    assert "damaged" in refusal(bytes(content))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_but_never_breaks_us(data: st.DataObject) -> None:
    content = bytearray(workbook(sheet(HEADER, ONE_ROW)))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(2, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnusableFile):
        assert read_here(bytes(content)).rows


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(UnusableFile):
        assert read_here(content).rows


TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], max_codepoint=0x2FFF
    ),
    max_size=12,
).filter(lambda text: text == text.strip() and not text.startswith("'"))


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    separator=st.sampled_from([",", ";", "\t"]),
)
def test_every_row_survives_encodings_and_separators(
    rows: list[tuple[str, str]], encoding: str, separator: str
) -> None:
    expected = [tuple(map(clean, row)) for row in rows]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(
        [("key", "one", "two"), *((f"k{at}", *row) for at, row in enumerate(rows))]
    )
    content = text.getvalue().encode(encoding)
    name = None if encoding.startswith("utf-8") else encoding
    read = read_here(content, name or "utf-8")
    assert [row.cells[1:] for row in read.rows] == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=5), st.sampled_from("=+-@＝"))
def test_text_that_looks_like_a_formula_survives_export_and_import(
    texts: list[str], trigger: str
) -> None:
    written = [f"{trigger}{clean(text)}".strip() for text in texts]
    rows = [[f"k{at}", text] for at, text in enumerate(written)]
    read = read_here(to_csv(["key", "text"], rows), "utf-8")
    assert [row.cells[1] for row in read.rows] == written


def test_text_that_looks_like_a_formula_survives_a_workbook() -> None:
    written = ["=1+1", "+995 555", "-x", "@a", "'quoted"]
    content = to_xlsx(["key", "text"], [[f"k{at}", text] for at, text in enumerate(written)])
    assert names(content) == written


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("\u202egnp.exe", "gnp.exe"),
        ("ნი\u200bნო", "ნინო"),
        ("ᲜᲘᲜᲝ", "ნინო"),
        ("e\u0301", "é"),
        ("\u00a0x \x07", "x"),
    ],
)
def test_invisible_and_capital_letters_are_put_right(given_text: str, expected: str) -> None:
    assert names(f"id,name\n1,{given_text}\n".encode()) == [expected]


def test_marks_of_byte_order_are_not_part_of_a_name() -> None:
    assert read_table(codecs.BOM_UTF8 + b"id,name\n1,x\n").headers[0] == "id"


def test_other_sheets_with_data_are_named_in_a_notice() -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["id", "name"])  # type: ignore[union-attr]
    book.active.append(["1", "x"])  # type: ignore[union-attr]
    book.create_sheet("Other").append(["y", "z"])
    content = io.BytesIO()
    book.save(content)
    assert "Other" in str(read_table(content.getvalue()).notices[0])


def test_hyperlinks_do_not_hinder() -> None:
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="x" Target="mailto:a@b.ge" TargetMode="External"/>'
        "</Relationships>"
    )
    book = workbook(**{"xl__worksheets___rels__sheet1.xml.rels": links})
    assert zipfile.is_zipfile(io.BytesIO(book)) and len(read_table(book).rows) == 1
