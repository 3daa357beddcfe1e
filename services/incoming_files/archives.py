"""The one look into a ZIP archive, whatever it carries: a workbook, a document, a classification.

What an archive says of itself is not believed: parts are counted as they are unpacked. Runs in
the reading process (`services.incoming_files.child`).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import BinaryIO, Protocol
from xml.parsers import expat

from domain.exceptions import UnusableFile

CHUNK = 1 << 16
_LAST_RECORD, _LAST_RECORD_BYTES = b"PK\x05\x06", 22
_LOCAL_HEADER_BYTES = 30


class Oddity(StrEnum):
    """Why an archive is not opened."""

    DAMAGED = "damaged"
    PASSWORD = "password"
    ODD = "odd"
    """No office program builds it so: parts twice, outside, over each other, something before."""
    MACROS = "macros"
    FOREIGN = "foreign"
    """Holds or fetches other files."""
    DECLARED = "declared"
    """Markup that declares a document type or entities of its own."""
    BOMB = "bomb"


class OddArchive(Exception):
    """The archive can't be opened; whoever asked has the sentence for it."""

    def __init__(self, oddity: Oddity) -> None:
        super().__init__(oddity.value)
        self.oddity = oddity


class ArchiveLimits(Protocol):
    """How much an archive may unpack to; sizes in bytes."""

    @property
    def unzipped_bytes(self) -> int: ...
    @property
    def unzipped_ratio(self) -> int: ...
    @property
    def unzipped_ratio_from_bytes(self) -> int: ...
    @property
    def parts(self) -> int: ...


class Archive:
    """An open archive whose names and places have been checked."""

    def __init__(self, packed: zipfile.ZipFile, size: int, limits: ArchiveLimits) -> None:
        self.packed, self.size, self.limits = packed, size, limits
        self.names = [part.filename for part in packed.infolist()]
        self.unpacked = 0

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Every part, whole; OddArchive as soon as too much has come out."""
        for part in self.packed.infolist():
            yield part.filename, b"".join(self.chunks(part.filename))

    def chunks(self, name: str) -> Iterator[bytes]:
        """One part as it is unpacked."""
        with self.packed.open(name) as stream:
            while chunk := stream.read(CHUNK):
                self.unpacked += len(chunk)
                is_dense = self.unpacked > self.limits.unzipped_ratio * self.size
                if self.unpacked > self.limits.unzipped_bytes or (
                    is_dense and self.unpacked > self.limits.unzipped_ratio_from_bytes
                ):
                    raise OddArchive(Oddity.BOMB)
                yield chunk


@contextmanager
def sound_archive(
    content: bytes | BinaryIO, limits: ArchiveLimits, why: Mapping[Oddity, str], **said: object
) -> Iterator[Archive]:
    """The archive, opened; inside the block too, what is wrong with it becomes UnusableFile.

    `why` has the sentence for each oddity, `said` its values.
    """
    try:
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        size = stream.seek(0, io.SEEK_END)
        with zipfile.ZipFile(stream) as packed:
            _check_places(packed, stream, size)
            _check_names(packed.infolist(), limits)
            yield Archive(packed, size, limits)
    except UnusableFile:
        raise
    except OddArchive as odd:
        raise UnusableFile(why[odd.oddity], **said) from odd
    except NotImplementedError as error:  # packed in a way that no office program uses
        raise UnusableFile(why[Oddity.DAMAGED], **said) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise UnusableFile(why[Oddity.DAMAGED], **said) from error
    except RuntimeError as error:  # how the library says that a password is needed
        raise UnusableFile(why[Oddity.PASSWORD], **said) from error


def _check_places(packed: zipfile.ZipFile, stream: BinaryIO, size: int) -> None:
    """Nothing stands before the first part or after the last record, no part in another."""
    stream.seek(max(0, size - _LAST_RECORD_BYTES))
    if stream.read(4) != _LAST_RECORD:
        raise OddArchive(Oddity.ODD)
    parts = sorted(packed.infolist(), key=lambda part: part.header_offset)
    end = 0
    for part in parts:
        if part.header_offset < end or (not end and part.header_offset):
            raise OddArchive(Oddity.ODD)
        end = part.header_offset + _LOCAL_HEADER_BYTES + part.compress_size
    if end > packed.start_dir:
        raise OddArchive(Oddity.ODD)


def _check_names(parts: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    names = [part.filename.lower() for part in parts]
    if len(names) > limits.parts or len(set(names)) < len(names):
        raise OddArchive(Oddity.ODD)
    # The library cuts a name at a zero byte; the name as it stands tells.
    whole = [part.orig_filename for part in parts]
    if any(".." in n.split("/") or n.startswith("/") or "\\" in n or "\0" in n for n in whole):
        raise OddArchive(Oddity.ODD)
    if any(part.flag_bits & 1 for part in parts):
        raise OddArchive(Oddity.PASSWORD)
    if any("vbaproject" in n or "vbadata" in n or "/macrosheets/" in n for n in names):
        raise OddArchive(Oddity.MACROS)
    if any(f"/{kind}/" in n for n in names for kind in _FOREIGN):
        raise OddArchive(Oddity.FOREIGN)


_FOREIGN = ("embeddings", "activex", "externallinks")


def markup_parser() -> expat.XMLParserType:
    """A parser for which a document type or an entity of its own is an oddity."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def parse_markup(parser: expat.XMLParserType, content: bytes) -> None:
    """The whole part at once; OddArchive where it is not well formed."""
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError) as error:
        raise OddArchive(Oddity.DAMAGED) from error


def _refuse(*_declaration: object) -> None:
    raise OddArchive(Oddity.DECLARED)
