"""Where the sets are, and what was read: every file with its SHA-256."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
ESCO_ARCHIVE = "esco/ESCO dataset - v1.1.1 - classification - en - csv.zip"
ESCO_RELATIONS = "esco/ESCO dataset - v1.1.1 - classification -  - csv.zip"


class Missing(Exception):
    """A file of a set is not here: the set is named and skipped."""


class Files:
    """Opens files of the data folder and remembers their SHA-256."""

    def __init__(self, root: Path = DATA) -> None:
        self.root = root
        self.sha256: dict[str, str] = {}

    def bytes_of(self, name: str) -> bytes:
        path = self.root / name
        if not path.is_file():
            raise Missing(name)
        content = path.read_bytes()
        self.sha256[name] = hashlib.sha256(content).hexdigest()
        return gzip.decompress(content) if name.endswith(".gz") else content

    def text(self, name: str) -> io.StringIO:
        return io.StringIO(self.bytes_of(name).decode("utf-8-sig"), newline="")

    def rows(self, name: str, delimiter: str = ",") -> list[dict[str, str]]:
        return list(csv.DictReader(self.text(name), delimiter=delimiter))

    def lines(self, name: str) -> Iterator[list[str]]:
        for line in self.text(name):
            if line.strip():
                yield line.rstrip("\r\n").split("\t")

    def zipped_rows(self, archive: str, member: str) -> list[dict[str, str]]:
        with zipfile.ZipFile(io.BytesIO(self.bytes_of(archive))) as file:
            text = file.read(member).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def parts_of(self, pattern: str) -> list[str]:
        """Names of the files that fit, in order."""
        return sorted(str(path.relative_to(self.root)) for path in self.root.glob(pattern))


def qrels(files: Files, name: str) -> dict[str, dict[str, float]]:
    """query → document → grade."""
    found: dict[str, dict[str, float]] = {}
    for query, _, document, grade, *_ in files.lines(name):
        found.setdefault(query, {})[document] = float(grade)
    return found


def first_existing(files: Files, *names: str) -> str:
    """The plain or the packed file, whichever is here."""
    for name in names:
        if (files.root / name).is_file():
            return name
    raise Missing(names[0])
