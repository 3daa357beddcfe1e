"""Opens what was downloaded: says which tables a file holds, and streams their rows.

The official archives hold one CSV a table, named `occupations_en.csv`; relations stand in an
archive without a language or, depending on the version, beside the tables of each language.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import PurePath
from typing import Any, BinaryIO

from domain.exceptions import UnusableFile
from domain.texts import N_
from services.esco.rules import rules
from services.incoming_files.archives import Oddity, sound_archive

Row = Mapping[str, str]

TABLES: Mapping[str, tuple[str, ...]] = {
    "occupations": ("conceptUri", "iscoGroup", "preferredLabel", "altLabels"),
    "skills": ("conceptUri", "skillType", "preferredLabel", "altLabels"),
    "skillGroups": ("conceptUri", "preferredLabel"),
    "skillsHierarchy": (
        "Level 0 URI",
        "Level 1 URI",
        "Level 2 URI",
        "Level 3 URI",
        "Level 0 code",
    ),
    "occupationSkillRelations": ("occupationUri", "relationType", "skillUri"),
    "broaderRelationsSkillPillar": ("conceptUri", "broaderType", "broaderUri"),
}
"""The tables that are read, each with the columns it must have."""

JOB_TITLES = ("conceptUri", "lang", "esco_version", "isco08", "preferredLabel", "altLabels")
SKILL_NAMES = ("conceptUri", "lang", "preferredLabel")
"""Tables of labels in many languages, as other projects publish them."""

LANGUAGE_TABLES = ("occupations", "skills")
RELATION_TABLES = ("occupationSkillRelations", "broaderRelationsSkillPillar")
GZIP_MARK = b"\x1f\x8b"
_MEMBER = re.compile(r"(?:.*/)?([A-Za-z]+?)(?:_([a-z]{2,3}))?\.csv")
_VERSION = re.compile(r"(?<![0-9a-z])v ?([0-9]+(?:\.[0-9]+){1,2})(?![0-9])", re.IGNORECASE)
_BROKEN = (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error, zipfile.BadZipFile)
_CANT_READ = N_("{file} can't be read as CSV in UTF-8.")
_DAMAGED = N_("{file} is damaged: download it again.")
_NOT_ESCO = N_(
    "{file} holds none of the tables of ESCO. Give the archives as downloaded from the ESCO portal:"
    " the content “classification” in the format CSV."
)
_ODD = N_("{file} is not built like an archive of ESCO. Download it again from the portal.")
_TOO_LARGE = N_("{file} is larger than an archive of ESCO can be: {limit} MB.")


@dataclass(frozen=True)
class EscoFile:
    """A file as given: its name tells the version, its content everything else."""

    name: str
    content: BinaryIO

    @property
    def version(self) -> str | None:
        """`1.1.1` of “ESCO dataset - v1.1.1 - classification - en - csv.zip”."""
        found = _VERSION.search(PurePath(self.name).name)
        return found.group(1) if found else None


@dataclass(frozen=True)
class Holding:
    """One table that a file holds; `part` is its name within an archive."""

    file: EscoFile
    table: str
    language: str | None
    part: str | None = None

    def rows(self) -> Iterator[Row]:
        """Its rows; UnusableFile where it is damaged, too large, or lacks a column."""
        try:
            with _opened(self) as text:
                yield from _checked_rows(text, self)
        except (*_BROKEN, RuntimeError) as error:
            raise UnusableFile(_CANT_READ, file=self.part or self.file.name) from error


@dataclass(frozen=True)
class Opened:
    """What a file holds, and a SHA-256 of its content: packed anew it is the same file."""

    file: EscoFile
    sha256: str
    holdings: tuple[Holding, ...] = field(default=())


def open_file(file: EscoFile) -> Opened:
    """Look into a file; UnusableFile says what to do with one that isn't ESCO's."""
    size = file.content.seek(0, io.SEEK_END)
    file.content.seek(0)
    if size > rules().archive_bytes:
        raise UnusableFile(_TOO_LARGE, file=file.name, limit=rules().archive_bytes // 1_000_000)
    if zipfile.is_zipfile(file.content):
        return Opened(file, _digest_of_parts(file), _members(file))
    return Opened(file, _digest(file), (_label_table(file),))


def _members(file: EscoFile) -> tuple[Holding, ...]:
    why = dict.fromkeys(Oddity, _ODD) | {Oddity.DAMAGED: _DAMAGED}
    with sound_archive(file.content, rules(), why, file=file.name) as archive:
        named = [(name, _MEMBER.fullmatch(name)) for name in archive.names]
        for name in archive.names:
            for _ in archive.chunks(name):
                pass  # what comes out is counted: what the archive says of its sizes may be a lie
    found = []
    for name, parts in named:
        if parts and parts.group(1) in TABLES:
            language = None if parts.group(1) in RELATION_TABLES else parts.group(2)
            found.append(Holding(file, parts.group(1), language, name))
    if not found:
        raise UnusableFile(_NOT_ESCO, file=file.name)
    return tuple(found)


def _label_table(file: EscoFile) -> Holding:
    holding = Holding(file, "", None)
    try:
        with _opened(holding) as text:
            header = next(csv.reader(text), [])
    except _BROKEN as error:
        raise UnusableFile(_CANT_READ, file=file.name) from error
    if not set(JOB_TITLES) - set(header):
        return Holding(file, "job titles", None)
    if not set(SKILL_NAMES) - set(header) and not {"iscoGroup", "isco08"} & set(header):
        return Holding(file, "skill names", None)
    if "conceptUri" not in header:
        raise UnusableFile(_NOT_ESCO, file=file.name)
    raise UnusableFile(
        N_("{file} lacks the columns {columns}."),
        file=file.name,
        columns=tuple(name for name in JOB_TITLES if name not in header),
    )


def _opened(holding: Holding) -> io.TextIOWrapper:
    return io.TextIOWrapper(_bytes_of(holding), encoding="utf-8-sig", newline="")


def _bytes_of(holding: Holding) -> Any:
    content = holding.file.content
    content.seek(0)
    if holding.part is not None:
        return zipfile.ZipFile(content).open(holding.part)
    is_packed = content.read(2) == GZIP_MARK
    content.seek(0)
    return gzip.GzipFile(fileobj=content) if is_packed else _Kept(content)


class _Kept(io.BufferedReader):
    """Leaves the given file open for the next table."""

    def __init__(self, content: BinaryIO) -> None:
        super().__init__(content)  # type: ignore[arg-type]

    def close(self) -> None:
        self.detach()


def _checked_rows(text: io.TextIOWrapper, holding: Holding) -> Iterator[Row]:
    limits = rules()
    reader = csv.reader(_counted(text, holding), strict=True)
    header = next(reader, [])
    _check_header(header, holding)
    for number, cells in enumerate(reader, start=1):
        if not any(cells):
            continue
        if number > limits.rows or len(cells) > len(header):
            raise UnusableFile(
                N_("{file}: row {row} is not like the others. Download the archive again."),
                file=holding.part or holding.file.name,
                row=number + 1,
            )
        # Some tables leave out the empty cells at the end of a row.
        yield dict(zip_longest(header, cells, fillvalue=""))


def _counted(text: io.TextIOWrapper, holding: Holding) -> Iterator[str]:
    """The lines, as long as the table stays within what an archive may unpack to."""
    limits, size = rules(), 0
    while line := text.readline(limits.cell_characters):
        size += len(line)
        _check_size(size, holding.file)
        yield line


def _check_header(header: list[str], holding: Holding) -> None:
    wanted = TABLES.get(holding.table) or (
        JOB_TITLES if holding.table == "job titles" else SKILL_NAMES
    )
    missing = tuple(name for name in wanted if name not in header)
    if missing:
        raise UnusableFile(
            N_("{file} lacks the columns {columns}."),
            file=holding.part or holding.file.name,
            columns=missing,
        )


def _digest_of_parts(file: EscoFile) -> str:
    try:
        with zipfile.ZipFile(file.content) as packed:
            parts = sorted((p.filename, p.CRC, p.file_size) for p in packed.infolist())
    except _BROKEN as error:
        raise UnusableFile(_DAMAGED, file=file.name) from error
    return hashlib.sha256(repr((file.version, parts)).encode()).hexdigest()


def _digest(file: EscoFile) -> str:
    digest, size = hashlib.sha256(), 0
    try:
        with _bytes_of(Holding(file, "", None)) as stream:
            while chunk := stream.read(1 << 20):
                size += len(chunk)
                _check_size(size, file)
                digest.update(chunk)
    except _BROKEN as error:
        raise UnusableFile(_CANT_READ, file=file.name) from error
    return digest.hexdigest()


def _check_size(size: int, file: EscoFile) -> None:
    if size > rules().unzipped_bytes:
        raise UnusableFile(_TOO_LARGE, file=file.name, limit=rules().unzipped_bytes // 1_000_000)
