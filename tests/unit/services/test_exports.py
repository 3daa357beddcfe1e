"""Exports keep text as text, whatever it begins with."""

import csv
import io
import zipfile

from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.exports import to_csv, to_xlsx
from services.formulas import FORMULA_STARTS

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)


@given(TEXT)
@example("=HYPERLINK(1)")
@example("@SUM(A1)")
@example("＝1+1")
def test_no_csv_cell_starts_a_formula_and_the_text_is_recoverable(text: str) -> None:
    content = to_csv(["a"], [[text]]).decode("utf-8-sig")
    (_, (cell, *_)) = list(csv.reader(io.StringIO(content))) if text else (None, ("",))
    assert cell in (text, "'" + text)
    assert not cell.startswith(FORMULA_STARTS) or cell[1:].replace(".", "", 1).isdecimal()


def test_negative_numbers_stay_numbers() -> None:
    assert b"-12.5" in to_csv(["a"], [["-12.5"]])
    assert b"'-12.5" not in to_csv(["a"], [["-12.5"]])


@given(TEXT.filter(bool))
@example("=1+1")
@example("+995555")
def test_workbooks_hold_no_formula_and_the_same_text(text: str) -> None:
    content = to_xlsx(["a"], [[text]])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert load_workbook(io.BytesIO(content)).worksheets[0]["A2"].value == text


def test_georgian_arrives_readable_in_spreadsheet_programs() -> None:
    assert to_csv(["სახელი"], [["ნინო"]]).startswith(b"\xef\xbb\xbf")
