"""Mappings, signatures and classifications."""

import gzip
import io
import zipfile

from tests.bad_files.kinds import BadFile, Door, plain

LAUGHS = b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (97 + n, 97 + n, b", ".join([b"*%c" % (96 + n)] * 10)) for n in range(1, 9)
)


def esco(name: str, content: bytes) -> bytes:
    """An archive with one part."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return written.getvalue()


def _mapping(kind: str, content: bytes, says: str) -> BadFile:
    return BadFile(kind, Door.MAPPING, plain(content), says=says)


def _signature(kind: str, content: bytes) -> BadFile:
    return BadFile(kind, Door.SIGNATURE, plain(content), says="unreadable")


def _esco(kind: str, content: bytes, says: str, name: str = "ESCO - v1.0.0 - en.zip") -> BadFile:
    return BadFile(kind, Door.CLASSIFICATION, plain(content), says=says, name=name)


OTHERS = (
    _mapping("not YAML", b"kind: [", "line"),
    _mapping("object of Python", b"!!python/object/apply:os.system ['true']", "line"),
    _mapping("aliases without end", LAUGHS, ""),
    _mapping("alias of itself", b"&a [*a]", ""),
    _mapping("ten thousand brackets", b"[" * 10_000, ""),
    _mapping("bytes", b"a: !!binary aGVsbG8=", "neither text nor numbers"),
    _mapping("not UTF-8", b"kind: \xff\xfe", "UTF-8"),
    _mapping("novel", b"a: " + b"x" * 300_000, "kB"),
    _signature("nothing", b""),
    _signature("text", b"signed by me"),
    _signature("length without end", b"\x30\x84\xff\xff\xff\xff"),
    _signature("indefinite length", b"\x30\x80\x00\x00"),
    _signature("ten thousand levels", b"\x30\x82\xff\xff" * 10_000),
    _esco("text as archive", b"hello", "none of the tables", "a.csv"),
    _esco("other archive", esco("readme.txt", b"x"), "none of the tables"),
    _esco("bomb of a table", esco("skills_en.csv", b"0" * 40_000_000), "not built like"),
    _esco("table above the archive", esco("../skills_en.csv", b"conceptUri"), "not built like"),
    _esco("cut archive", esco("skills_en.csv", b"conceptUri")[:-8], "", "a.csv"),
    _esco("packed bomb", gzip.compress(b"0" * 450_000_000), "", "a.csv.gz"),
    _esco("packed and damaged", gzip.compress(b"a,b\n" * 100)[:-9], "", "a.csv.gz"),
)
