"""A file on its way in: how its columns are read, what was found, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.enums import ImportKind
from domain.texts import Sentence


@dataclass(frozen=True)
class ColumnRule:
    """How one of our columns is filled from a file's; without a source, by the constant."""

    target: str
    sources: tuple[str, ...] = ()
    """Columns of the file; several are joined."""
    constant: str | None = None
    joined_by: str = " "
    split_by: str | None = None
    part: int = 1
    """Which part counts after `split_by`, from 1; the last one is -1."""
    date_format: str | None = None
    """As in `strptime`, for dates that are written in no usual way."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What a value of the file means: "Deutschland" → "DE"."""
    otherwise: str | None = None
    """What an empty cell stands for."""


@dataclass(frozen=True)
class ImportMapping:
    """How another organisation's columns map to ours."""

    kind: ImportKind
    rules: tuple[ColumnRule, ...]
    name: str | None = None

    def rule(self, target: str) -> ColumnRule | None:
        """The rule that fills our column."""
        return next((rule for rule in self.rules if rule.target == target), None)

    def sources(self) -> frozenset[str]:
        """All columns of the file that are used."""
        return frozenset(source for rule in self.rules for source in rule.sources)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell, or a whole row, that can't be accepted, and what is expected."""

    row: int
    """As a spreadsheet program numbers rows; the column names stand in row 1."""
    column: str
    """As the file calls it; empty for the row as a whole."""
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class PastImport:
    """A file that was imported before."""

    file_name: str
    kind: ImportKind
    accepted: int
    rejected: int
    unchanged: int
    imported_at: datetime
    by_ka: str | None
    by_en: str | None

    def by(self, language: str) -> str | None:
        """Who imported it; None for the command line of old."""
        return self.by_ka if language == "ka" else self.by_en


@dataclass(frozen=True)
class ImportPreview:
    """What would happen if the file were imported with this mapping."""

    kind: ImportKind
    encoding: str
    headers: tuple[str, ...]
    mapping: ImportMapping
    missing: tuple[str, ...]
    """Our required columns that nothing fills yet: the file can't be imported before."""
    notices: tuple[Sentence, ...]
    first_rows: tuple[Mapping[str, str], ...]
    rows: int
    accepted: int
    problems: tuple[CellProblem, ...]
    imported_before: PastImport | None = None

    @property
    def rejected(self) -> int:
        """Rows that would come back."""
        return self.rows - self.accepted


@dataclass(frozen=True)
class ImportResult:
    """What came of an import. Every row of the file is in exactly one of the four counts."""

    kind: ImportKind
    created: int
    updated: int
    unchanged: int
    rejected: int
    problems: tuple[CellProblem, ...]
    notices: tuple[Sentence, ...]
    rejected_file: bytes | None
    """The rejected rows as CSV with the reason in front; None when there are none."""
    imported_before: PastImport | None = None

    @property
    def accepted(self) -> int:
        """Rows that are in the register now, with whatever they said."""
        return self.created + self.updated + self.unchanged
