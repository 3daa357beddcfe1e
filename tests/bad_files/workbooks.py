"""Workbooks that no spreadsheet program would save."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable

from tests.bad_files.kinds import BadFile, Door
from tests.unit.services.importing.workbooks import (
    HEADER,
    ONE_ROW,
    packed,
    sheet,
    text_cell,
    workbook,
)

FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FAR_FORMAT = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
LAUGHS = (
    "<!DOCTYPE l ["
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    + "]>"
    + sheet(HEADER, f'<row r="2">{text_cell("A2", "&e9;")}</row>')
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + sheet(HEADER)
ODD_ENCODING = '<?xml version="1.0" encoding="x-no"?><a/>'
FORMULAS = '<row r="2"><c r="A2"><f>1+1</f></c><c r="B2"><f>HYPERLINK("http://x")</f></c></row>'


def lying_size() -> bytes:
    """The directory says that the sheet is ten bytes long."""
    content = bytearray(workbook())
    central = content.rfind(b"xl/worksheets/sheet1.xml")
    struct.pack_into("<I", content, central - 22, 10)
    return bytes(content)


def twice() -> bytes:
    """Two workbooks in one: one reader shows the first, another the second."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return packed([("xl/workbook.xml", "<a/>"), ("xl/workbook.xml", "<b/>")])


def overlapping() -> bytes:
    """Two names in the directory, one content: how a small archive unpacks to petabytes."""
    content = bytearray(packed([("xl/workbook.xml", "a" * 500), ("xl/workbooz.xml", "b" * 500)]))
    second = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, second + 42, 0)
    return bytes(content)


def encrypted() -> bytes:
    """The flag that says: this part needs a password."""
    content = bytearray(workbook())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(mark)
        while found >= 0:
            content[found + place] |= 1
            found = content.find(mark, found + 1)
    return bytes(content)


def within() -> bytes:
    """A workbook's archive inside a picture's."""
    return b"GIF89a" + workbook()


def nested() -> bytes:
    """An archive in an archive, packed densely."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "0" * 30_000_000)
    return workbook(xl__inner=inner.getvalue() * 40)


def _refused(kind: str, make: Callable[[], bytes], says: str) -> BadFile:
    return BadFile(kind, Door.TABLE, make, says=says)


def _read(kind: str, make: Callable[[], bytes], rows: int) -> BadFile:
    return BadFile(kind, Door.TABLE, make, rows=rows)


WORKBOOKS = (
    _read("far formatted cell", lambda: workbook(sheet(HEADER, ONE_ROW, FAR_FORMAT)), 1),
    _read("formulas", lambda: workbook(sheet(HEADER, FORMULAS)), 1),
    _read("missing styles", workbook, 1),
    _refused("far cell", lambda: workbook(sheet(HEADER, ONE_ROW, FAR)), "XFD1048576 lies outside"),
    _refused(
        "far row without reference",
        lambda: workbook(sheet(HEADER, '<row r="999999999"><c><v>1</v></c></row>')),
        "lies outside",
    ),
    _refused(
        "row number of hundred digits",
        lambda: workbook(sheet(f'<row r="{"9" * 100}"><c><v>1</v></c></row>')),
        "built in a way",
    ),
    _refused(
        "cell with a mad reference",
        lambda: workbook(sheet('<row r="1"><c r="A-1"><v>1</v></c></row>')),
        "built in a way",
    ),
    _refused("billion laughs", lambda: workbook(LAUGHS), "built in a way"),
    _refused("entity from outside", lambda: workbook(OUTSIDE), "built in a way"),
    _refused(
        "document type in a side part",
        lambda: workbook(**{"docProps__y.xml": "<!DOCTYPE a><a/>"}),
        "built in a way",
    ),
    _refused("zip bomb", lambda: workbook(xl__big="0" * 20_000_000), "too large"),
    _refused("dense archive in the archive", nested, "too large"),
    _refused("lying size", lying_size, "damaged"),
    _refused("part twice", twice, "built in a way"),
    _refused("parts over each other", overlapping, "built in a way"),
    _refused("600 parts", lambda: workbook(**{f"xl__p{n}": "x" for n in range(600)}), "built"),
    _refused("part above the archive", lambda: workbook(**{"..__evil": "x"}), "built in a way"),
    _refused("part with a backslash", lambda: workbook(**{"xl\\..\\evil": "x"}), "built in a way"),
    _refused("macros", lambda: workbook(xl__vbaProject="x"), "macros"),
    _refused("old macro sheets", lambda: workbook(**{"xl__macrosheets__a.xml": "<a/>"}), "macros"),
    _refused("embedded object", lambda: workbook(**{"xl__embeddings__a": "MZ"}), "other files"),
    _refused("control that runs", lambda: workbook(**{"xl__activeX__a": "x"}), "other files"),
    _refused("foreign cells", lambda: workbook(**{"xl__externalLinks__l": "x"}), "other"),
    _refused("password on the parts", encrypted, "password"),
    _refused("not well formed", lambda: workbook("<worksheet><sheetData>"), "damaged"),
    _refused("unknown encoding", lambda: workbook(ODD_ENCODING), "damaged"),
    _refused("cut off", lambda: workbook()[:-200], "damaged"),
    _refused("cut in the middle", lambda: workbook()[: len(workbook()) // 2], "damaged"),
    _refused("something after the archive", lambda: workbook() + b"<script>", "built in a way"),
    _refused("archive behind a picture", within, "picture"),
    _refused("no sheet", lambda: packed([("xl/workbook.xml", "<workbook/>")]), "damaged"),
    _refused("empty sheet", lambda: workbook(sheet()), "empty"),
    _refused("Word document", lambda: packed([("word/document.xml", "<d/>")]), "Word document"),
    _refused("OpenDocument", lambda: packed([("content.xml", "<d/>")]), "OpenDocument"),
    _refused("binary workbook", lambda: packed([("xl/workbook.bin", "x")]), ".xlsb"),
    _refused("archive of something else", lambda: packed([("readme.txt", "x")]), "not an XLSX"),
    _refused("empty archive", lambda: packed([]), "not an XLSX"),
)
