"""Workbooks that no spreadsheet program would save, made part by part."""

import io
import zipfile

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
FORMATS = "http://schemas.openxmlformats.org"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def relationships(kind: str, target: str) -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="{FORMATS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{FORMATS}/officeDocument/2006/relationships/{kind}"'
        f' Target="{target}"/></Relationships>'
    )


CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{FORMATS}/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>'
)
BOOK = (
    f'{DECLARATION}<workbook xmlns="{FORMATS}/spreadsheetml/2006/main"'
    f' xmlns:r="{FORMATS}/officeDocument/2006/relationships">'
    '<sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET_START = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(*rows: str) -> str:
    return SHEET_START + "".join(rows) + SHEET_END


HEADER = f'<row r="1">{text_cell("A1", "external_id")}{text_cell("B1", "phone")}</row>'
ONE_ROW = f'<row r="2">{text_cell("A2", "P-1")}{text_cell("B2", "555")}</row>'


def workbook(sheet_xml: str | None = None, **more: str | bytes) -> bytes:
    """A workbook with one sheet; `more` are further parts, `__` in a name stands for `/`."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relationships("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": relationships("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet_xml or sheet(HEADER, ONE_ROW),
    }
    parts.update({name.replace("__", "/"): content for name, content in more.items()})
    return packed(parts.items())


def packed(parts: object) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:  # type: ignore[attr-defined]
            archive.writestr(name, part)
    return content.getvalue()
