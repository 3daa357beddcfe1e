"""The form of a packed person: little-endian 32-bit words, read a whole register at a time.

    layout · the numbers of NUMBERS · how many facts of each list of LISTS · facts · CRC-32

Numbers are stored one higher, so that 0 says "unknown". A fact is `name << 3 | evidence`, names by
their number in `feature_names`; occupations add their months and languages their level (1–7). A
value of another layout, of another length or with another checksum is as good as missing.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.enums import CefrLevel, Evidence, JobseekerStatus

Ints = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint32]

NUMBERS = (
    "person",
    "registered",
    "education",
    "available_from",
    "available_to",
    "passport_valid_until",
    "birth",
    "citizenship",
    "status",
)
LISTS: Mapping[str, int] = {
    "occupations": 2,
    "skills": 1,
    "languages": 2,
    "licences": 1,
    "desired_countries": 1,
}
"""List → words for each fact."""

STATUSES = tuple(JobseekerStatus)
_EVIDENCE = {evidence.value: place for place, evidence in enumerate(Evidence)}
_LEVEL = {level.value: level.order for level in CefrLevel}
_FORM = repr((1, NUMBERS, sorted(LISTS.items()), STATUSES, tuple(Evidence), tuple(CefrLevel)))
LAYOUT = zlib.crc32(_FORM.encode())
"""Names the form and the enums it counts on: after a change of either, nothing old is believed."""

LAYOUT_BYTES = LAYOUT.to_bytes(4, "little")
HEAD = 1 + len(NUMBERS) + len(LISTS)
_WHOLE = 0x2144DF1C
"""CRC-32 of anything that ends with its own CRC-32."""


@dataclass(frozen=True)
class Facts:
    """A list of many people, one entry a fact; its value is months (-1 unknown), a level, or 0."""

    row: Ints
    name: Ints
    evidence: npt.NDArray[np.uint8]
    value: Ints


@dataclass(frozen=True)
class People:
    """Many people unpacked, ascending by person; numbers are -1 where unknown."""

    numbers: Mapping[str, Ints]
    lists: Mapping[str, Facts]

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.numbers["person"])


def fact(name: int, evidence: str) -> int:
    """The word of a named fact."""
    return name << 3 | _EVIDENCE[evidence]


def level_word(level: str) -> int:
    """The word of a CEFR level."""
    return _LEVEL[level]


def pack(numbers: Sequence[int | None], lists: Sequence[Sequence[int]]) -> bytes:
    """One person: numbers in the order of NUMBERS, words of the lists in the order of LISTS."""
    stored = [0 if number is None else number + 1 for number in numbers]
    counts = [len(words) // width for words, width in zip(lists, LISTS.values(), strict=True)]
    words = [LAYOUT, *stored, *counts, *(word for part in lists for word in part)]
    body = struct.pack(f"<{len(words)}I", *words)
    return body + zlib.crc32(body).to_bytes(4, "little")


def unpack(packed: Sequence[bytes]) -> People:
    """Everybody whose value is whole; the others are left out, for their tables to be read."""
    whole = [value for value in packed if zlib.crc32(value) == _WHOLE and len(value) % 4 == 0]
    lengths = np.fromiter(map(len, whole), np.int64, len(whole)) // 4
    words = np.frombuffer(b"".join(whole), "<u4")
    starts = np.cumsum(lengths) - lengths
    fits = lengths > HEAD
    fits[fits] &= words[starts[fits]] == LAYOUT
    lengths, starts = lengths[fits], starts[fits]
    counts = _columns(words, starts + 1 + len(NUMBERS), len(LISTS)).astype(np.int64)
    fits = lengths == HEAD + 1 + counts @ np.array(list(LISTS.values()), np.int64)
    starts, counts = starts[fits], counts[fits]
    numbers = _columns(words, starts + 1, len(NUMBERS)).astype(np.int64) - 1
    order = np.argsort(numbers[:, 0], kind="stable")
    starts, counts, numbers = starts[order], counts[order], numbers[order]
    return People(
        {
            name: np.ascontiguousarray(numbers[:, i]).astype(np.int32)
            for i, name in enumerate(NUMBERS)
        },
        _lists(words, starts + HEAD, counts),
    )


def person_in(packed: bytes) -> int:
    """Whose whole value this is."""
    return int.from_bytes(packed[4:8], "little") - 1


def _columns(words: Words, starts: npt.NDArray[np.int64], width: int) -> Words:
    places = starts[:, None] + np.arange(width)
    return words[places] if len(words) else np.zeros((0, width), np.uint32)


def _lists(
    words: Words, starts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for i, (name, width) in enumerate(LISTS.items()):
        count = counts[:, i]
        row = np.repeat(np.arange(len(count), dtype=np.int32), count)
        before = np.cumsum(count) - count
        places = np.repeat(starts - before * width, count) + np.arange(len(row)) * width
        heads = words[places] if len(row) else np.zeros(0, np.uint32)
        value = np.zeros(len(row), np.int32)
        if width == 2 and len(row):
            value = words[places + 1].astype(np.int32) - (name == "occupations")
        evidence = (heads & 7).astype(np.uint8)
        found[name] = Facts(row, (heads >> 3).astype(np.int32), evidence, value)
        starts = starts + count * width
    return found
