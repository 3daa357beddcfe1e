"""Tables as text: wrong encodings, wrong shapes, what is no table at all."""

import codecs

from tests.bad_files.kinds import BadFile, Door, plain

HEADER = "external_id,name,born\n"
GEORGIAN = HEADER + "P-1,ნინო,1990-02-01\nP-2,გიორგი,01.03.1991\n"
RUSSIAN = "номер,имя\n1,Наталья Петрова\n2,Сергей Иванов\n3,Ольга Смирнова\n"
GERMAN = "number,title\n1,Müller für Bäckerei\n2,Gärtner in Köln\n3,Straßenbauer\n"
ACADNUSX = "external_id,name\n" + "".join(
    f"P-{at},{name}\n"
    for at, name in enumerate(["TamTa", "SoTa", "xaTuna", "giorgi", "cicino", "jemal", "wiwino"])
)
EIGHT_BIT = "".join(
    chr(ord(c) - 0x10D0 + 0xC0) if c >= "ა" else c for c in "id,name\n1,თამარ\n2,გიორგი\n"
).encode("latin-1")
MTAVRULI = "".join(
    chr(ord(c) - 0x10D0 + 0x1C90) if "ა" <= c <= "ჰ" else c for c in "id,name\n1,ნინო\n"
)
OLD = bytes.fromhex("d0cf11e0a1b11ae1")
SURROGATE = codecs.BOM_UTF16_LE + b"i\0,\0n\0\n\x001\0,\0\x00\xd8\n\0"
HALF = codecs.BOM_UTF16_LE + GEORGIAN.encode("utf-16-le")[:-1]
MILLION = b"external_id,name\n" + b"1,a\n" * 1_000_000


def _read(kind: str, content: bytes, rows: int, rejected: int = 0) -> BadFile:
    return BadFile(kind, Door.TABLE, plain(content), rows=rows, rejected=rejected)


def _refused(kind: str, content: bytes, says: str) -> BadFile:
    return BadFile(kind, Door.TABLE, plain(content), says=says)


def _asked(kind: str, content: bytes, encoding: str) -> BadFile:
    return BadFile(kind, Door.TABLE, plain(content), says="", asked=encoding)


TABLES = (
    _read("UTF-8 with mark", GEORGIAN.encode("utf-8-sig"), 2),
    _read("UTF-16 with mark", GEORGIAN.encode("utf-16"), 2),
    _read("UTF-16 LE without mark", GEORGIAN.encode("utf-16-le"), 2),
    _read("UTF-16 BE without mark", GEORGIAN.encode("utf-16-be"), 2),
    _read("UTF-32", GEORGIAN.encode("utf-32"), 2),
    _read("decomposed letters", "id,name\n1,Ju\u0308rgen\n".encode(), 1),
    _read("Mtavruli capitals", MTAVRULI.encode(), 1),
    _read("direction override", "id,name\n1,\u202egpj.exe\u202c\n".encode(), 1),
    _read("zero-width letters", "id,name\n1,ni\u200bno\u2060\n".encode(), 1),
    _read("stacked marks", ("id,name\n1,n" + "\u0300" * 2_000 + "\n").encode(), 1),
    _read("formulas in text", b"id,name\n1,=1+1\n2,@SUM(A1)\n3,+995\n4,-x\n", 4),
    _read("dynamic data exchange", b"id,name\n1,=cmd|'/c calc'!A0\n", 1),
    _read("semicolons", b"id;name\n1;a\n2;b\n", 2),
    _read("tabs", b"id\tname\n1\ta\n", 1),
    _read("declared separator", b"sep=;\nid;name\n1;a\n", 1),
    _read("only carriage returns", b"id,name\r1,a\r2,b\r", 2),
    _read("title above", b"List of people,\n\nid,name\n1,a\n", 1),
    _read("blank rows", b"id,name\n\n1,a\n,\n2,b\n", 2),
    _read("ragged rows", b"id,name,x\n1,a\n2,b,c\n3,d,e,f\n", 3, rejected=2),
    _read("cell too long", b"id,name\n1," + b"x" * 50_001 + b"\n2,b\n", 2, rejected=1),
    _read("line separators of Unicode", "id,name\n1,a\u2028b\n".encode(), 1),
    _asked("cp1251", RUSSIAN.encode("cp1251"), "cp1251"),
    _asked("cp1252", GERMAN.encode("cp1252"), "cp1252"),
    _asked("eight-bit Georgian", EIGHT_BIT, "georgian-academy"),
    _asked("AcadNusx", ACADNUSX.encode(), "acadnusx"),
    _refused("lone surrogates", SURROGATE, "utf-16"),
    _refused("half a letter at the end", HALF, ""),
    _refused("mark of another encoding", codecs.BOM_UTF32_LE + GEORGIAN.encode(), "utf-32"),
    _refused("zero bytes", b"id,name\n1,\0a\n", "zero bytes"),
    _refused("open quotation mark", b'id,name\n1,"open\n2,x\n3,y\n', "quotation marks"),
    _refused("quotation mark in the middle", b'id,name\n1,"x"y\n', "row 2"),
    _refused("two columns of one name", b"id,Name,name\n1,2,3\n", "Two columns are named"),
    _refused("column without a name", b"id,,name\n1,2,3\n", "Column B has no name"),
    _refused("no header", b"1,2,3\n4,5,6\n", "names of the columns"),
    _refused("nothing", b"", "empty"),
    _refused("blank lines", b"\n ,\n\n", "empty"),
    _refused("header alone", b"id,name\n", "no rows"),
    _refused("200,000 columns", ",".join(f"c{n}" for n in range(200_000)).encode(), "columns"),
    _refused("a million rows", MILLION, "1000000 rows"),
    _refused("larger than allowed", b"a,b\n" + b"x" * 15_000_000, "15.0 MB"),
    _refused("PDF as table", b"%PDF-1.7\n...", "PDF"),
    _refused("web page as table", b"<!DOCTYPE html><html><table>", "web page"),
    _refused("old spreadsheet XML", b'<?xml version="1.0"?><Workbook/>', "web page"),
    _refused("picture as table", b"\x89PNG\r\n\x1a\n", "picture"),
    _refused("JSON as table", b'[{"id": 1}]', "JSON"),
    _refused("rich text as table", b"{\\rtf1 id}", "text document"),
    _refused("packed table", b"\x1f\x8b\x08\0abc", "packed"),
    _refused("database as table", b"SQLite format 3\0", "database"),
    _refused("old workbook", OLD + bytes(600), ".xls"),
    _refused("workbook with a password", OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
)
