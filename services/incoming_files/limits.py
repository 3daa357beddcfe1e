"""What reading a file may use, from `services/parameters/incoming_files.yaml`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from services.dated_rules import in_force, stored_rules


class FileKind(StrEnum):
    """What kinds of file are read apart."""

    TABLE = "table"
    ATTACHMENT = "attachment"
    MAPPING = "mapping"
    SIGNATURE = "signature"
    CLASSIFICATION = "classification"


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """Of one process; bytes and seconds."""

    memory_bytes: int
    cpu_seconds: int
    seconds: int
    answer_bytes: int

    def plain(self) -> dict[str, int]:
        """As JSON's own types."""
        return asdict(self)


def reader_limits(kind: FileKind, day: date) -> ReaderLimits:
    """The limits in force on that day."""
    entry = _entry(day)
    return ReaderLimits(
        **{f.name: int(entry[f"{kind.value}_{f.name}"]) for f in fields(ReaderLimits)}
    )


def readers_at_once(day: date) -> int:
    """How many files one process of the app reads at the same moment."""
    return int(_entry(day)["at_once"])


def mapping_bytes(day: date) -> int:
    """How large a mapping may be."""
    return int(_entry(day)["mapping_bytes"])


def _entry(day: date) -> dict[str, Any]:
    return dict(in_force(stored_rules("incoming_files"), day))
